"""A page for each student: what was read, which mistake it was, the right way."""

from __future__ import annotations

import io
from collections.abc import Iterable
from html import escape

from rich.console import Console

from drill.analysis.marks import Marked
from drill.drawing import Instance
from drill.screen import question as show
from drill.screen.question import Lines
from drill.visible import shown

WIDTH = 88
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:54rem;margin:2rem auto;"
    "padding:0 1rem}pre{background:#8881;padding:.8rem;border-radius:.4rem;"
    "overflow-x:auto}.right{color:#1a7f37}.wrong{color:#b35900}"
    "h2{margin-top:2.2rem;font-size:1.15rem}"
)
_WORDS = {
    "right": "Right.",
    "wrong": "Not right.",
    "missing": "Nothing was handed in.",
    "unreadable": "It could not be read.",
    "another ticket": "It was made for another ticket.",
}


def plain(lines: Lines, width: int = WIDTH) -> str:
    """Return lines as text without colours."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, color_system=None, highlight=False)
    for line in lines:
        console.print(line, markup=False)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def feedback(name: str, parts: Iterable[tuple[Marked, Instance | None]]) -> str:
    """Write one student's page.

    Parameters
    ----------
    name : str
        What the page calls them.
    parts : iterable of (Marked, Instance or None)
        Their marks, with the instance whose numbers they had; None when the question
        is no longer what was dealt.
    """
    pieces = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        f"<title>{escape(name)}</title><style>{_STYLE}</style><h1>{escape(name)}</h1>",
    ]
    for mark, instance in parts:
        part = f" ({escape(mark.part)})" if mark.part else ""
        kind = "right" if mark.outcome == "right" else "wrong"
        pieces.append(f"<h2>{escape(mark.ticket)}{part}</h2>")
        late = " Handed in late." if mark.late else ""
        word = _WORDS.get(mark.outcome, "")
        pieces.append(f"<p class={kind}><b>{word}</b>{late}</p>")
        if mark.read:
            pieces.append(f"<p>Read as {escape(mark.read)}.</p>")
        if mark.says:
            pieces.append(f"<p>{escape(shown(mark.says, 400))}</p>")
        if instance is None:
            pieces.append("<p>The question has changed since it was dealt.</p>")
            continue
        place = next(
            (
                n
                for n, target in enumerate(instance.targets)
                if target.part.name == mark.part
            ),
            0,
        )
        asked = plain(show.asked(instance, place))
        pieces.append(f"<pre>{escape(asked)}</pre>")
        if mark.outcome != "right":
            solved = plain(show.solved(instance))
            pieces.append(f"<h3>On your own numbers</h3><pre>{escape(solved)}</pre>")
            pieces.append(
                f"<p>Step by step: <code>drill show {escape(mark.ticket)} --step</code>"
                "</p>"
            )
    return "\n".join([*pieces, "</html>", ""])
