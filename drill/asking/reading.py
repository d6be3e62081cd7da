"""Whether what was typed so far is a whole reply."""

from __future__ import annotations

from drill.answer import pending
from drill.bank import Answer


def unfinished(answer: Answer, text: str) -> bool:
    """An open bracket wants another line; so does a program without its result."""
    if answer.kind != "expression":
        return pending(text)
    if pending(text):
        return True
    last = text.strip().rpartition("\n")[2]
    name, equals, value = last.partition("=")
    assigns = bool(equals) and name.strip().isidentifier() and value[:1] != "="
    return assigns and name.strip() != answer.result and answer.form == "numpy"
