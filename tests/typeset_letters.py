"""The letters and digits of a text, and of what was written from it."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser


def letters(text: str) -> str:
    """Return the letters and digits of a text, those raised or marked as plain ones."""
    spread = unicodedata.normalize("NFKD", text.replace("′", ""))
    return "".join(one for one in spread if one.isalnum() or one in "Σ√").replace(
        "√", ""
    )


class Words(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.found += data


def html_letters(page: str) -> str:
    """Return the letters and digits that a page shows."""
    reader = Words()
    reader.feed(page)
    return letters(reader.found)


COMMANDS = {
    "sum": "Σ", "tanh": "tanh", "exp": "exp", "ln": "ln", "log": "log", "max": "max",
    "min": "min", "sin": "sin", "cos": "cos",
}  # fmt: skip


def markdown_letters(page: str) -> str:
    """Return the letters and digits that Markdown with formulas shows."""
    from drill.typesetting import latex

    for command, shown in COMMANDS.items():
        page = re.sub(rf"\\{command}(?![A-Za-z])", shown, page)
    for letter, name in latex._GREEK.items():
        page = re.sub(rf"\\{name}(?![A-Za-z])", letter, page)
    page = re.sub(r"\\(?:begin|end){bmatrix}", "", page)
    return letters(re.sub(r"\\[A-Za-z]+", "", page).replace("python", ""))


def typst_letters(source: str) -> str:
    """Return the letters and digits that Typst shows: strings, and single letters."""
    found = ""
    source = re.sub(r"#strut\([^)]*\)|, [bt]:|block: true|lang: \"python\"", "", source)
    for string, command, letter in re.findall(
        r'"((?:[^"\\]|\\.)*)"|([A-Za-z][a-z.-]+)|(.)', source, re.DOTALL
    ):
        if command:
            found += "Σ" if command == "sum" else ""
        else:
            found += re.sub(r"\\(.)", r"\1", string.replace("\\n", "")) + letter
    return letters(found)
