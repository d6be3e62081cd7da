r"""What stands around the numbers of a typed answer, and other ways to write them.

One table: each row says what is written, and what the reader takes in its place.  It
takes quotes, fences and comments off, and turns LaTeX, Mathematica's braces, Markdown
tables and paper's fractions into brackets, commas and calculations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drill.errors import UnreadableError

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Framed:
    """A text without its frame.

    Attributes
    ----------
    text : str
        What the reader sees.
    origin : sequence of int
        For each of its characters, and for its end: the place in the typed text.
    """

    text: str
    origin: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Framed:
        """Start from a text as it was typed."""
        return cls(text, range(len(text) + 1))

    def replaced(self, pattern: re.Pattern[str], new: Replacement) -> Framed:
        """Return it with every match replaced; what is new stands in its place."""
        pieces: list[str] = []
        origin: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            made = new(match) if callable(new) else match.expand(new)
            pieces += [self.text[done : match.start()], made]
            origin += self.origin[done : match.start()]
            origin += [self.origin[match.start()]] * len(made)
            done = match.end()
        if not done:
            return self
        origin += self.origin[done:]
        return Framed("".join([*pieces, self.text[done:]]), origin)

    def column(self, column: int) -> int:
        """Return where a column was typed, both counted from 1; 0 stays nowhere."""
        return self.origin[min(column, len(self.origin)) - 1] + 1 if column else 0


_HALVES = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8),
    "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip


def _mixed(match: re.Match[str]) -> str:
    """Write ``1½`` as the fraction that it is: side by side is no product here."""
    above, below = _HALVES[match[2]]
    return f"({int(match[1] or 0) * below + above}/{below})"


def _rule(pattern: str, new: Replacement) -> tuple[re.Pattern[str], Replacement]:
    return re.compile(pattern, re.MULTILINE), new


_AROUND = (
    _rule(r"\r\n?", "\n"),
    _rule(r"\A\ufeff", ""),
    _rule(r"^[ \t]*(?:```|~~~)[ \t]*\w{0,20}[ \t]*$", ""),
    # A prompt with what was asked, when an answer follows; else the prompt alone.
    _rule(r"\A\s*(?:>>> |In ?\[\d{0,6}\]: )[^\n]{0,400}\n(?=\s*[^\s>])", "\n"),
    _rule(r"\A\s*>>> ", ""),
    _rule(r"(?<![^\s\d\])};.,])#[^\n]*", ""),
    _rule(r"\A(\s*)([\"'`])([^\"'`]*)\2([.;]?\s*)\Z", r"\1\3\4"),
    _rule(r"\A(\s*)[“„‘«‚]([^“”„‘’«»‚]*)[”“’»‘](\s*)\Z", r"\1\2\3"),
    _rule(r"(\b(?:matrix|mat|array)[ \t]*\([ \t]*)([\"'])([^\"']*)\2", r"\1[\3]"),
    _rule(r"\A\s*[≈≃~](?=[\s\d.+(−\-½¼¾√\\])", ""),
    _rule(r"\A\s*=(?=[^=])", ""),
    _rule(r"([\])}])[ \t]*[.;]+\s*\Z", r"\1"),
    _rule(r"(\.\d+|[½¼¾])\.\s*\Z", r"\1"),
    _rule(r"(\d)⁄(\d)", r"\1/\2"),
)
_RAISED = _rule(r"\^[ \t]*\{([^{}]*)\}", r"^(\1)")
_LATEX = (
    _rule(r"\\\\(?:\[[-0-9.]{1,6}(?:pt|em|ex|mm|cm)\])?[ \t]*\n?", ";"),
    _rule(r"\$\$?|\\[()\[\]]", ""),
    _rule(r"\\begin\{(?:[bpB]?matrix|smallmatrix)\}|\\begin\{array\}\{[lcr| ]*\}", "⎡"),
    _rule(r";?\s{0,9}\\end\{(?:[bpB]?matrix|smallmatrix|array)\}", "⎦"),
    _rule(r"\\(?:left|right|[bB]igg?)[lr]?[ \t]*(?=[\[\](){}|.⎡⎦])\.?", ""),
    _rule(r"\\[dt]?frac[ \t]*\{([^{}]*)\}[ \t]*\{([^{}]*)\}", r"((\1)/(\2))"),
    _rule(r"\\[dt]?frac[ \t]*(\d)[ \t]*(\d)", r"(\1/\2)"),
    _rule(r"\\sqrt[ \t]*\{([^{}]*)\}", r"sqrt(\1)"),
    _rule(r"[ \t]{0,9}\\(?:cdot|times|ast)(?![a-z])[ \t]{0,9}", "*"),
    _rule(r"[ \t]{0,9}\\div(?![a-z])[ \t]{0,9}", "/"),
    _RAISED,
    _rule(r"\\(exp|ln|log|sqrt|tanh|sin|cos|pi)(?![a-z])", r"\1"),
    _rule(r"\\lfloor|⌊", "floor("),
    _rule(r"\\lceil|⌈", "ceil("),
    _rule(r"\\rfloor|\\rceil|⌋|⌉", ")"),
    _rule(r"\A\s*\\(?:approx|simeq|sim)(?![a-z])", ""),
    _rule(r"\\(?:[,;:! ]|q?quad(?![a-z])|hline(?![a-z])|displaystyle(?![a-z]))", " "),
    _rule(r"\\%", "%"),
)
_PAPER = (
    _rule(r"(\d{0,15})([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒])", _mixed),
    _rule(r"(?<=\d)[ \t]*[xX×·⋅][ \t]*(?=10[ \t]*(?:\^|\*\*|[⁻⁺⁰¹²³⁴-⁹]))", "*"),
    _rule(r"√[ \t]*(\d+(?:\.\d+)?)", r"sqrt(\1)"),
    _rule(r"√(?=[ \t]*\()", "sqrt"),
    _rule(r"[⌊]", "floor("),
    _rule(r"[⌈]", "ceil("),
    _rule(r"[⌋⌉]", ")"),
)
# Most answers have no frame: nothing below could find anything in them.
_ORDINARY = re.compile(r"[0-9 \n\t.,;+\-eE\[\]()]*[0-9\])][ \n\t]*")
_BRACES = str.maketrans("{}", "[]")
_AMPERSANDS = str.maketrans("&", ",")
_ROW_LABELS = re.compile(r"^[ \t]*[Rr]ow[ \t]*(\d{1,4})[ \t]*[:=][ \t]*", re.MULTILINE)
_RULER = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?$")
_MIXED_FRACTION = re.compile(r"\d[ \t]*\\[dt]?frac")


def framed(text: str) -> Framed:
    r"""Take the frame off an answer.

    Raises
    ------
    UnreadableError
        Where what is written can be read in two ways.

    Examples
    --------
    >>> framed(r"$\frac{1}{2}$").text
    '((1)/(2))'
    >>> framed("{{1, 2}, {3, 4}}").text
    '[[1, 2], [3, 4]]'
    """
    if _ORDINARY.fullmatch(text):
        return Framed.of(text)
    found = _applied(Framed.of(text), _AROUND)
    if "\\" in found.text or "$" in found.text or "&" in found.text:
        if match := _MIXED_FRACTION.search(found.text):
            raise UnreadableError(
                "this could be a sum, 1 + 1/2, or a product, 1·(1/2): write which",
                text,
                found.column(match.start() + 1),
            )
        found = _applied(found, _LATEX)
        found = Framed(found.text.translate(_AMPERSANDS), found.origin)
    if not found.text.isascii():
        found = _applied(found, _PAPER)
    elif "^" in found.text or "**" in found.text:
        found = found.replaced(*_PAPER[1])
    if "{" in found.text:
        found = found.replaced(*_RAISED)
        found = Framed(found.text.translate(_BRACES), found.origin)
    if "|" in found.text or "│" in found.text:
        found = _without_table(text, found)
    return _without_row_labels(found)


def _applied(
    found: Framed, rules: Sequence[tuple[re.Pattern[str], Replacement]]
) -> Framed:
    for pattern, new in rules:
        found = found.replaced(pattern, new)
    return found


def _without_row_labels(found: Framed) -> Framed:
    """Take ``row 1:`` off, where every line has it and they count up by one."""
    labels = [int(match[1]) for match in _ROW_LABELS.finditer(found.text)]
    lines = [line for line in found.text.split("\n") if line.strip()]
    counted = all(after == before + 1 for before, after in pairwise(labels))
    if not labels or len(labels) != len(lines) or not counted:
        return found
    # One row is a matrix too, when it is called a row.
    return found.replaced(_ROW_LABELS, lambda match: "⎡" if match.start() < 2 else "")


def _without_table(text: str, found: Framed) -> Framed:
    """Turn a table's bars into commas; refuse bars that could mean something else."""
    lines = found.text.split("\n")
    ruled = [place for place, line in enumerate(lines) if _RULER.match(line)]
    if len(ruled) > 1:
        raise UnreadableError("a table has one line of dashes: leave the others", text)
    start = 0
    if ruled:
        head = [line for line in lines[: ruled[0]] if line.strip()]
        _refuse_numbers_in(text, found, head, lines[ruled[0] + 1 :])
        start = sum(len(line) + 1 for line in lines[: ruled[0] + 1])
    offset = 0
    cuts: list[int] = []
    for line in lines:
        if offset >= start:
            cuts += _cell_ends(text, found, line, offset, ruled=bool(ruled))
        offset += len(line) + 1
    signs = list(found.text)
    for place in cuts:
        signs[place] = ","
    body = "".join(signs)
    if not start:
        return Framed(body, found.origin)
    start = min(start, len(body))
    return Framed(f"⎡{body[start:]}", [found.origin[start], *found.origin[start:]])


def _cell_ends(
    text: str, found: Framed, line: str, offset: int, *, ruled: bool
) -> list[int]:
    """Return the places of the bars between a line's cells: they become commas."""
    bars = [place for place, sign in enumerate(line) if sign in "|│"]
    inner = [p for p in bars if line[:p].strip() and line[p + 1 :].strip()]
    if not inner:
        return []
    cells = re.split(r"[|│]", line.strip().strip("|│"))
    around = line.strip()[0] in "|│" and line.strip()[-1] in "|│"
    if (around or ruled) and all(len(cell.split()) == 1 for cell in cells):
        return [offset + place for place in inner]
    raise UnreadableError(
        "'|' could part rows or columns here: write ';' between rows, blanks between"
        " cells",
        text,
        found.column(offset + inner[0] + 1),
    )


def _refuse_numbers_in(
    text: str, found: Framed, head: list[str], body: list[str]
) -> None:
    """Refuse a table whose first line has numbers: is it a header or a row?"""
    if any(re.search(r"\d", line) for line in head):
        rows = sum(1 for line in body if line.strip())
        raise UnreadableError(
            f"the line above the dashes could be names ({rows} rows are left) or the"
            f" first of {rows + 1} rows: write the rows alone, 1 2; 3 4",
            text,
            found.column(1),
        )
