"""Mock exams: a paper from a seed, and what its answers are worth."""

from drill.exam.paper import Item, Paper, Place, compose, paper_of, variants
from drill.exam.report import Graded, Score, grade_paper, scores

__all__ = [
    "Graded",
    "Item",
    "Paper",
    "Place",
    "Score",
    "compose",
    "grade_paper",
    "paper_of",
    "scores",
    "variants",
]
