"""The bank: questions from YAML files, checked when they are loaded."""

from __future__ import annotations

from drill.bank.load import (
    Opened,
    find_question,
    load_bank,
    load_topic,
    open_files,
    topic_files,
)
from drill.bank.prose import Field, Prose, parse_prose
from drill.bank.question import (
    Answer,
    Bank,
    Constant,
    Draw,
    Kind,
    Mistake,
    Option,
    Part,
    Question,
    Size,
    Topic,
    WalkCall,
    Where,
)
from drill.bank.vocabulary import vocabulary
from drill.bank.walk_calls import FORMULAS
from drill.locate import bank_directories, topic_names

__all__ = [
    "FORMULAS",
    "Answer",
    "Bank",
    "Constant",
    "Draw",
    "Field",
    "Kind",
    "Mistake",
    "Opened",
    "Option",
    "Part",
    "Prose",
    "Question",
    "Size",
    "Topic",
    "WalkCall",
    "Where",
    "bank_directories",
    "find_question",
    "load_bank",
    "load_topic",
    "open_files",
    "parse_prose",
    "topic_files",
    "topic_names",
    "vocabulary",
]
