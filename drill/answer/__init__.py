"""Reads answers: untrusted text and files become arrays or programs."""

from drill.answer.arrays import read_array
from drill.answer.files import read_bytes, read_source
from drill.answer.formats import SUFFIXES, TEXTS, parse, read_answer, read_file_bytes
from drill.answer.npy import parse_npy, read_file
from drill.answer.reading import Reading, echo
from drill.answer.several import pending, split_answers
from drill.answer.text import read_program, read_text

__all__ = [
    "SUFFIXES",
    "TEXTS",
    "Reading",
    "echo",
    "parse",
    "parse_npy",
    "pending",
    "read_answer",
    "read_array",
    "read_bytes",
    "read_file",
    "read_file_bytes",
    "read_program",
    "read_source",
    "read_text",
    "split_answers",
]
