"""Several lines, several answers: where one ends."""

from __future__ import annotations

_OPENING, _CLOSING = "[(［（", "])］）"


def pending(text: str) -> bool:
    """Tell whether brackets are still open, so that more lines belong to it.

    A tall bracket drawn over several lines counts too; what follows ``#`` does not.

    Examples
    --------
    >>> pending("[[1, 2],"), pending("[1, 2]"), pending("⎡ 1 2 ⎤")
    (True, False, True)
    """
    if "#" in text:
        text = "\n".join(line.partition("#")[0] for line in text.split("\n"))
    opened = sum(text.count(sign) for sign in _OPENING)
    closed = sum(text.count(sign) for sign in _CLOSING)
    return opened > closed or text.count("⎡") > text.count("⎣")


def split_answers(text: str) -> list[str]:
    """Split a file of answers.

    An answer ends with its line or, in a file that has blank lines between answers,
    with the next blank line; but never while a bracket is open.  Lines that start
    with ``#`` are remarks.

    Examples
    --------
    >>> split_answers("12\\n[[1, 2],\\n [3, 4]]\\n")
    ['12', '[[1, 2],\\n [3, 4]]']
    >>> split_answers("1 2\\n3 4\\n\\n12\\n")
    ['1 2\\n3 4', '12']
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    pieces = _pieces([line for line in lines if not line.lstrip().startswith("#")])
    while pieces and not pieces[-1]:
        pieces.pop()
    while pieces and not pieces[0]:
        pieces.pop(0)
    if "" not in pieces:
        return pieces
    answers: list[str] = []
    fresh = True
    for piece in pieces:
        if piece and fresh:
            answers.append(piece)
        elif piece:
            answers[-1] += f"\n{piece}"
        fresh = not piece
    return answers


def _pieces(lines: list[str]) -> list[str]:
    """Join the lines within brackets; a line of its own stays so, blank ones too."""
    pieces: list[str] = []
    depth = 0
    held: list[str] = []
    for line in lines:
        held.append(line)
        code = line.partition("#")[0]
        depth += sum(code.count(sign) for sign in f"{_OPENING}⎡")
        depth -= sum(code.count(sign) for sign in f"{_CLOSING}⎣")
        if depth <= 0:
            pieces.append("\n".join(held))
            held, depth = [], 0
    if held:
        pieces.append("\n".join(held).rstrip())
    return pieces
