"""What a cell shows: the same thing as HTML and as plain text."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from drill.asking import HintGiven, Judged, Unread
from drill.drawing import Instance, Target
from drill.notebook.markup import (
    TINTS,
    blocks,
    explained,
    paragraph,
    quiet,
    runs,
    strong,
    table,
)
from drill.publishing import PublishedPart, Variant, embedded
from drill.screen import words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from drill.grading import Verdict
    from drill.walk import Walk

WIDTH = 80


@dataclass(frozen=True, eq=False)
class Page:
    """Something that a cell shows.

    Attributes
    ----------
    text, html : str
    verdict : Verdict or None
        Of the answer that was graded last, when one was.
    """

    text: str
    html: str
    verdict: Verdict | None = None

    @property
    def right(self) -> bool:
        """Whether an answer was graded, and right."""
        return self.verdict is not None and self.verdict.right

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def page(html: Iterable[str], lines: list[RenderableType]) -> Page:
    """Put a page together of both of its forms."""
    inside = "".join(html)
    return Page(plain(lines), f'<div class="drill">{inside}</div>')


def plain(lines: Iterable[RenderableType]) -> str:
    """Return what a terminal of 80 columns would show, without colours."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=WIDTH, color_system=None, markup=False, emoji=False,
        highlight=False, legacy_windows=False, force_jupyter=False,
    )  # fmt: skip
    for line in lines:
        console.print(line)
    return out.getvalue().rstrip("\n")


def question(instance: Instance, name: str = "q") -> Page:
    """Show a question: all of its parts, and what to type."""
    from drill.screen import question as screen

    variant = Variant(instance)
    about = f"{instance.question.topic}, level {instance.question.level}"
    html = [
        f'<p style="margin:.4em 0">{strong(str(instance.ticket))}'
        f' <span style="opacity:.7">{embedded.safe(about)}</span></p>',
        blocks(variant.stem),
    ]
    lines = screen.heading(instance)
    for part in variant.parts:
        if len(variant.parts) > 1:
            count = f"Part {part.place + 1} of {len(variant.parts)}: {part.name}"
            html.append(quiet(count))
        html += [blocks(part.prompt), options(part), quiet(f"Answer: {part.form}.")]
        lines += [*screen.asked(instance, part.place), *screen.gap()]
    told = how(instance, name)
    return page([*html, quiet(told)], [*lines, screen.quiet(told)])


def how(instance: Instance, name: str) -> str:
    """Say what may be typed in the next cell."""
    arrays = [
        f"{name}.{value}"
        for value in instance.question.inputs
        if hasattr(instance.values[value], "shape")
    ]
    given = f"{', '.join(arrays)}; " if arrays else ""
    parts = [target.part.name for target in instance.targets]
    what = ", ".join(parts) if len(parts) > 1 else "answer"
    hint = f" · {name}.hint()" if any(t.part.hints for t in instance.targets) else ""
    return f"{given}{name}.check({what}){hint} · {name}.solution() · {name}.step()"


def options(part: PublishedPart) -> str:
    """List what a choice was dealt."""
    return "".join(
        f'<div style="margin:.15em 0 .15em 1.5em">{one.letter})&nbsp;'
        f"{runs(one.runs)}</div>"
        for one in part.options
    )


def judged(found: Judged, note: str = "") -> Page:
    """Say what became of an answer, and mark its wrong entries."""
    from drill.screen import question as screen

    verdict, target, final = found.verdict, found.target, not found.again
    lines = screen.judged(verdict, target, final=final)
    if note:
        lines.append(screen.quiet(note))
    if verdict.right:
        html = [paragraph(f"✓ {words.right(verdict)}", _verdict("right"))]
    else:
        html = [paragraph(f"✗ {_read_as(verdict, target)}", _verdict("wrong"))]
        if verdict.assumed:
            html.append(paragraph(words.sentence(verdict.assumed)))
        html += map(explained, words.diagnosis(verdict))
        # What was read, and a program's values, are no formulas of a prompt.
        told = words.counterexample(verdict)
        told += words.details(verdict, target, final=final)
        html += map(paragraph, told)
    html += [_listing(words.printed(verdict)), _marked(verdict, target, final)]
    html.append(quiet(note) if note else "")
    made = page(html, lines)
    return Page(made.text, made.html, verdict)


def _verdict(role: str) -> str:
    return f"font-weight:bold;padding:.2em .5em;background:{TINTS[role]}"


def _read_as(verdict: Verdict, target: Target) -> str:
    from drill.answer import echo

    if verdict.read is None or target.cases or target.options:
        return "Not right."
    return f"Not right. Read as {echo(verdict.read, target.part.answer.kind)}"


def _listing(lines: list[str]) -> str:
    text = embedded.safe("\n".join(lines))
    return f"<pre>{text}</pre>" if lines else ""


def _marked(verdict: Verdict, target: Target, final: bool) -> str:
    from drill.screen.question import wrong_slice

    found = wrong_slice(verdict, target, final=final)
    if found is None:
        return ""
    tables = [("yours", table(found.mine, "", found.wrong))]
    if final:
        expected = table(found.right, found.spec, found.wrong, "right")
        tables.append(("expected", expected))
    beside = "".join(
        f'<div style="margin-right:2em"><span style="opacity:.7">{label}</span>{one}'
        "</div>"
        for label, one in tables
    )
    head = paragraph(found.name) if found.name else ""
    return f'{head}<div style="display:flex;flex-wrap:wrap">{beside}</div>'


def unread(found: Unread) -> Page:
    """Say why a reply was no answer."""
    from drill.screen import question as screen

    text = plain(screen.unread(found.text, found.error))
    first, _, rest = text.partition("\n")
    below = _listing([rest]) if rest else ""
    return Page(text, f'<div class="drill">{paragraph(first)}{below}</div>')


def hint(given: HintGiven, part: PublishedPart) -> Page:
    """Show a hint of a part, and how many there are."""
    from drill.screen import question as screen

    if given.prose is None:
        return note("No more hints; q.solution() gives up and shows how it is done.")
    head = strong(f"Hint {given.number} of {given.of}:")
    html = [
        f'<p style="margin:.4em 0">{head}</p>',
        blocks(part.hints[given.number - 1]),
    ]
    return page(html, screen.hint(given.prose, given.number, given.of))


def note(text: str) -> Page:
    """Say one thing."""
    return Page(text, f'<div class="drill">{paragraph(text)}</div>')


def solved(instance: Instance, before: str = "") -> Page:
    """Show the right answers and the worked solution."""
    from drill.screen import question as screen

    variant = Variant(instance)
    html = [quiet(before)] if before else []
    html += [*map(_answer, variant.parts), blocks(variant.solution)]
    lines = [screen.quiet(before)] if before else []
    return page(html, [*lines, *screen.solved(instance)])


def _answer(part: PublishedPart) -> str:
    from drill.screen.question import spec_of

    head = strong(f"Answer {part.name}".rstrip() + ":")
    target = part.target
    if part.kind == "expression":
        return f"<p>{head}</p>{_listing(part.answer.split(chr(10)))}"
    if target.reference.ndim == 2 and not target.options:
        return f"<p>{head}</p>{table(target.reference, spec_of(target))}"
    return f'<p style="margin:.4em 0">{head} {runs(part.answer_runs)}</p>'


def step(walk: Walk, place: int, told: str) -> Page:
    """Show one step of a walk: its picture, whose description says it all."""
    from drill.screen import question as screen
    from drill.screen.picture import Picture, sentence, setting
    from drill.screen.svg_frame import frame_svg

    shared = setting(walk)
    picture = b64encode(frame_svg(walk, place, shared).encode()).decode()
    said = escape(sentence(walk, place))
    html = [
        # In an image of its own, the picture's styles cannot touch the page.
        f'<img src="data:image/svg+xml;base64,{picture}" alt="{said}">',
        quiet(told),
    ]
    return page(html, [Picture(walk, place), screen.quiet(told)])


def both(pages: list[Page]) -> Page:
    """Show pages one beneath the other, with a verdict that is wrong if one is."""
    if len(pages) == 1:
        return pages[0]
    verdicts = [one.verdict for one in pages if one.verdict]
    wrong = [one for one in verdicts if not one.right]
    told = [*wrong, *verdicts][:1] if len(verdicts) == len(pages) else []
    return Page(
        "\n\n".join(one.text for one in pages),
        "".join(one.html for one in pages),
        told[0] if told else None,
    )
