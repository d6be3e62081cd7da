"""A bank file's bytes to text, and what a YAML parser says to plain words."""

from __future__ import annotations

import re

import yaml

from drill.bank.document import MAX_BYTES, Problems
from drill.visible import shown

MAX_INVISIBLE = 20

INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
# PyYAML's own scanner ends a text in brackets at its question mark; libyaml does not.
_ASKED = re.compile(r"(?<=[^\s,\[\]{}:?-])( *)\?")
MASK = "\ufdd0"
_BREAKS = re.compile(r"\r\n?")

ESCAPE = (
    "a backslash escape that names no character; in single quotes a backslash is just"
    " a backslash"
)
_SYNTAX = (
    (r"document start", "a line of its own that is '...' or starts a second document"),
    (r"directive", "a line that starts with % must be in quotes"),
    (r"escape", ESCAPE),
    (
        r"mapping values are not allowed",
        "a ':' inside a text (put the text in quotes), or an indentation that does not"
        " fit the line before",
    ),
    (
        r"cannot start any token",
        "a text cannot start like this; put it in quotes",
    ),
    (
        r"expected ':'",
        "a key without its ':', or a line that is indented too little",
    ),
    (r"unexpected end of stream", "a quote that is opened before is never closed"),
    (
        r"or '[]}]'",
        "a bracket is never closed, a comma is missing, or a text with braces, brackets"
        " or commas in it needs quotes",
    ),
    (r"node content", "a ':' or ',' with nothing before it"),
    (r"line break", "after | or > the text starts on the next line"),
    (r"alphabetic or numeric", "a text that starts with & or * must be in quotes"),
    (r"'[!>]'|tag|URI", "a text that starts with ! must be in quotes"),
    (
        r"block|expected key|indent|sequence entries",
        "the indentation does not fit the lines before, or a text that starts with a"
        " quote or a bracket needs quotes around all of it",
    ),
)


def decoded(data: bytes, problems: Problems) -> str | None:
    """Return a file's text with line feeds only; None when it is no text to read on.

    What cannot be seen is complained of, and replaced by what both of PyYAML's
    parsers treat alike.
    """
    if len(data) > MAX_BYTES:
        problems.add((), "the file is over 2 MiB; split the topic in two", line=0)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(
            (), "the file is not UTF-8 from here on; save it as UTF-8", line=line
        )
        return None
    text = _BREAKS.sub("\n", text)
    for count, found in enumerate(INVISIBLE.finditer(text)):
        if count == MAX_INVISIBLE:
            problems.add((), "and more invisible characters", line=0)
            break
        line = text.count("\n", 0, found.start()) + 1
        problems.add((), invisible(found[0]), line=line)
    if directive := _DIRECTIVE.search(text):
        line = text.count("\n", 0, directive.start()) + 1
        problems.add((), "a line that starts with % must be in quotes", line=line)
        return None
    # A replaced tab must not become text: the two parsers differ only in tabs.
    return INVISIBLE.sub("\ufffd", text.replace("\t", " "))


def masked(text: str) -> str:
    """Hide the question marks inside texts from the scanner; their places stay."""
    return _ASKED.sub(rf"\1{MASK}", text)


def unmasked(text: str) -> str:
    """Undo `masked`."""
    return text.replace(MASK, "?")


def invisible(character: str) -> str:
    """Say that a character that cannot be seen is not allowed."""
    if character == "\t":
        return "a tab is not allowed; use blanks"
    return f"the invisible character U+{ord(character):04X} is not allowed; remove it"


def plainly(error: yaml.MarkedYAMLError) -> str:
    """Say what is wrong with YAML that could not be parsed, without quoting it."""
    said = str(error.problem or error.context or "")
    for pattern, meaning in _SYNTAX:
        if re.search(pattern, said):
            return f"this is not YAML: {meaning}"
    return f"this is not YAML: {shown(said, 120)}"
