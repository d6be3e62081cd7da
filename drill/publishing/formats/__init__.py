"""The formats that questions are published in, each a module of this folder.

A module has five names:

``SUFFIX``
    What its files end in, as ``.html``.
``carries(question) -> str``
    Why the format cannot hold a question; empty where it can.
``refused(variant) -> str``
    Why a variant cannot be published; empty where it can. Another takes its place.
``without(variant) -> iterator of str``
    What of a variant the format leaves out.
``write(found) -> bytes``
    The whole file, from a sequence of `Published`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from drill.errors import UsageError
from drill.visible import shown

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.published import Published, Variant

FORMATS = {
    "html": "one page that prints well, solutions folded away",
    "pdf": "questions on paper, their solutions after them",
    "markdown": "text with formulas that MathJax sets",
    "moodle": "Moodle XML, a category for each question",
    "qti": "QTI 1.2 for Canvas, a question bank for each question",
    "gift": "GIFT, text that Moodle and others read",
    "anki": "an Anki package, cards that a new edition updates",
    "notebook": "a Jupyter notebook that checks its answers",
}
"""What there is, with a word on each; the module of a format has its name."""


class Format(Protocol):
    """What a module of this folder offers."""

    SUFFIX: str

    def carries(self, question: Question) -> str:
        """Say why the format cannot hold a question; empty where it can."""

    def refused(self, variant: Variant) -> str:
        """Say why a variant cannot be published; empty where it can."""

    def without(self, variant: Variant) -> Iterator[str]:
        """Yield what of a variant the format leaves out."""

    def write(self, found: Sequence[Published]) -> bytes:
        """Write the whole file."""


def format_named(name: str) -> Format:
    """Import a format.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    if name not in FORMATS:
        raise UsageError(
            f"there is no format '{shown(name, 40)}'; there are {', '.join(FORMATS)}"
        )
    return cast(Format, import_module(f"drill.publishing.formats.{name}"))


def by_suffix(suffix: str) -> str:
    """Return the one format whose files end so; empty where none or several do."""
    found = [name for name in FORMATS if suffix.lower() == format_named(name).SUFFIX]
    return found[0] if len(found) == 1 else ""
