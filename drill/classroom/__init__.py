"""Marks what was handed in: files and folders become verdicts."""

from drill.classroom.gather import Handed, gather
from drill.classroom.mark import Mark, mark, mark_text, read_as

__all__ = ["Handed", "Mark", "gather", "mark", "mark_text", "read_as"]
