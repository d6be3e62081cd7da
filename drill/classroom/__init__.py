"""Marks what was handed in: files and folders become verdicts."""

from drill.classroom.gather import Handed, gather
from drill.classroom.mark import Mark, grade_text, mark, mark_text, read_as

__all__ = ["Handed", "Mark", "gather", "grade_text", "mark", "mark_text", "read_as"]
