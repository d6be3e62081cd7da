"""Helps whoever writes a bank: a first question, advice, a preview, a comparison."""

from drill.authoring.advice import advise
from drill.authoring.compare import Change, compare
from drill.authoring.functions import Offered, defined, offered
from drill.authoring.preview import Acceptance, Tried, accept, tried
from drill.authoring.template import template

__all__ = [
    "Acceptance",
    "Change",
    "Offered",
    "Tried",
    "accept",
    "advise",
    "compare",
    "defined",
    "offered",
    "template",
    "tried",
]
