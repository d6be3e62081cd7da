"""What an author reads: problems and advice, a preview, what two editions differ in."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from drill.authoring import Acceptance, Change, Offered, Tried
from drill.authoring.compare import counts
from drill.drawing import Instance, hints, walk_of
from drill.drawing.walking import COMPUTED
from drill.errors import DrillError, Problem
from drill.screen import question as screen
from drill.screen import theme
from drill.screen.hanging import Hanging
from drill.screen.question import Lines
from drill.visible import shown

LONGEST = 200
_WHAT = {
    "gone": "is gone; its tickets open no more",
    "reused": "is a new question under an old one's id",
    "renamed": "was",
    "redrawn": "deals other numbers for the same seed",
    "changed": "deals the same numbers, asked or judged otherwise",
    "prose": "explains otherwise; its tickets stay",
    "new": "is new",
}


def noted(problem: Problem, what: str = "") -> Text:
    """Write a problem, or a piece of advice, with its place first.

    Examples
    --------
    >>> noted(Problem("a.yaml", 3, "questions[0].ask", "is long"), "advice").plain
    'a.yaml:3: advice: questions[0].ask: is long'
    """
    line = f":{problem.line}" if problem.line else ""
    text = Text(f"{problem.file}{line}: ")
    text.append(f"{what}: " if what else "", theme.HINT)
    text.append(f"{problem.path}: " if problem.path else "")
    return text.append(problem.message)


def annotation(problem: Problem, level: str) -> str:
    """Write a problem as GitHub's runner shows it beside the line of the file.

    Examples
    --------
    >>> annotation(Problem("a.yaml", 3, "questions", "50 % of it"), "error")
    '::error file=a.yaml,line=3::questions: 50 %25 of it'
    """
    place = f"file={_escaped(problem.file, ':,')}"
    place += f",line={problem.line}" if problem.line else ""
    message = f"{problem.path}: {problem.message}" if problem.path else problem.message
    return f"::{level} {place}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def checked(
    topics: int, questions: int, problems: Sequence[Problem], advice: Sequence[Problem]
) -> Text:
    """Say in one line how the check ended."""
    what = ", ".join(
        (
            _counted(topics, "topic", "topics"),
            _counted(questions, "question", "questions"),
            _counted(len(problems), "problem", "problems"),
            _counted(len(advice), "piece of advice", "pieces of advice"),
        )
    )
    return Text(what, theme.BAD if problems else theme.GOOD)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number or 'no'} {one if number == 1 else several}"


def preview(instance: Instance, tries: Sequence[Sequence[Tried]]) -> Lines:
    """Show everything that a question can say, on one instance's numbers."""
    lines: Lines = screen.heading(instance)
    for part in range(len(instance.targets)):
        lines += screen.asked(instance, part)
        advice = hints(instance, part)
        lines += [Text()] if advice else []
        for place, hint in enumerate(advice):
            lines += screen.hint(hint, place + 1, len(advice))
        lines += [Text(), *_mistakes(instance, part, tries[part])]
    return [*lines, *screen.solved(instance), *_steps(instance)]


def _steps(instance: Instance) -> Lines:
    """Say whether the solution can be walked through."""
    kinds = {target.part.answer.kind for target in instance.targets}
    if kinds.isdisjoint(COMPUTED):
        return []
    try:
        walk = walk_of(instance)
    except DrillError as error:
        return [Text(), Text(f"Its steps fail: {error}", theme.BAD)]
    if walk is None:
        told = "No steps: say with 'walk' what a student computes from the prompt."
        return [Text(), Text(told, theme.QUIET)]
    return [Text(), Text(f"Steps: {len(walk.frames)}; 'drill show' has --step.")]


def _mistakes(instance: Instance, part: int, tries: Sequence[Tried]) -> Lines:
    """List the mistakes, or the reasons of written options."""
    target = instance.targets[part]
    if target.options and not tries:
        return [
            *(
                Hanging(f"  {'right' if one.right else 'wrong'}  ", _reason(one.why))
                for one in target.options
            ),
            Text(),
        ]
    if not tries:
        return []
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("mistake", overflow="fold")
    table.add_column("gives", overflow="fold", max_width=26)
    table.add_column("and is told", overflow="fold")
    for one in tries:
        table.add_row(one.name, shown(one.value or "–", LONGEST), _told(one))
    return [table, Text()]


def _reason(why: str) -> Text:
    return Text(why or "(no reason)")


def _told(one: Tried) -> Text:
    said = Text(one.say)
    if not one.value:
        return said.append("  (off: undefined here)", theme.QUIET)
    if one.right:
        return said.append("  (off: right here)", theme.QUIET)
    if one.named == (one.name,):
        return said
    others = [name for name in one.named if name != one.name]
    note = f"told as {', '.join(others)}" if others else "not told"
    if one.name in one.named:
        note = f"the same here as {', '.join(others)}"
    return said.append(f"  ({note})", theme.BAD)


def accepted(found: Acceptance) -> Lines:
    """Say how many seeds gave an instance, and how many answers differ."""
    lines: Lines = []
    head = f"{found.drawn} of {found.seeds} seeds gave an instance"
    if found.drawn:
        kept = 100 * found.drawn / found.tries
        often = 100 * found.commonest / found.drawn
        head += (
            f"; {kept:.0f} % of the draws were kept."
            f" {_counted(found.answers, 'answer', 'different answers')}, the most"
            f" frequent one on {often:.0f} % of them"
        )
    lines.append(Text(f"{head}."))
    if found.problem:
        lines.append(Text(shown(found.problem, LONGEST), theme.BAD))
    return lines


def functions(found: Sequence[Offered]) -> Lines:
    """List functions: a bank's own, those for answers, those for second routes."""
    lines: Lines = []
    heads = {
        "bank": "This bank's own:",
        "solver": "For an answer's value:",
        "oracle": "For its cross_check:",
    }
    for room, head in heads.items():
        own = [one for one in found if one.room == room]
        lines += [Text(head, theme.STRONG)] if own else []
        for one in own:
            lines += [
                Text(f"  {one}"),
                Hanging("      ", Text(one.summary, theme.QUIET)),
            ]
    return lines or [Text("no function has that in its name or description")]


def changes(found: Sequence[Change]) -> Lines:
    """List what became of the questions, the gravest first, and count it."""
    lines: Lines = []
    for one in found:
        line = Text(one.question, theme.STRONG)
        line.append(f" {_WHAT[one.what]}", theme.BAD if one.breaks else "")
        line.append(f" {one.was}" if one.was else "")
        fields = ", ".join(one.fields)
        line.append(f" ({fields})" if fields else "", theme.QUIET)
        lines.append(line)
    if not found:
        return [Text("The two banks ask the same questions.", theme.GOOD)]
    words = ", ".join(f"{number} {what}" for what, number in counts(found).items())
    return [*lines, Text(f"{words}.")]
