"""Questions, solutions and verdicts as lines of text, ready to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from rich.console import RenderableType
from rich.text import Text

from drill.drawing import (
    Block,
    Filled,
    Instance,
    Target,
    prompt,
    solution,
    stem,
)
from drill.errors import DrillError, LanguageError, UnreadableError
from drill.screen import theme, words
from drill.screen.hanging import Hanging
from drill.screen.matrix import block, compared, matrix
from drill.visible import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drill.grading import Verdict

Lines = list[RenderableType]


def filled(prose: Filled) -> Lines:
    """Turn filled prose into lines: paragraphs wrap, matrices keep their form."""
    lines: Lines = []
    for piece in prose:
        if isinstance(piece, Block):
            lines += block(piece)
        else:
            lines += [Text(line.rstrip()) for line in piece.split("\n")]
    return lines


def heading(instance: Instance, count: str = "") -> Lines:
    """Say which question this is; the ticket stands alone, to be copied."""
    question = instance.question
    line = Text(f"{count}  " if count else "", theme.STRONG)
    line.append(str(instance.ticket), theme.STRONG)
    line.append(f"  {question.topic}, level {question.level}", theme.QUIET)
    return [line, Text()]


def asked(instance: Instance, part: int = 0) -> Lines:
    """Show one part of a question: its prompt, its options, the answer's form."""
    target = instance.targets[part]
    lines: Lines = []
    if part == 0 and stem(instance):
        lines += [*filled(stem(instance)), Text()]
    if len(instance.targets) > 1:
        lines.append(Text(f"Part {part + 1} of {len(instance.targets)}", theme.QUIET))
    lines += filled(prompt(instance, part))
    if target.options:
        lines += [Text(), *_options(target)]
    lines += [Text(), Text(f"Answer: {words.form(target)}.", theme.QUIET)]
    return lines


def _options(target: Target) -> Lines:
    """List the options; a long one goes on under its own first word."""
    return [
        Hanging(f"  {letter})  ", Text(option.text))
        for letter, option in zip(words.LETTERS, target.options, strict=False)
    ]


def judged(verdict: Verdict, target: Target, *, final: bool) -> Lines:
    """Say what became of an answer: which mistake it is, and where it is wrong."""
    printed = [Text(say, theme.QUIET) for say in words.printed(verdict)]
    if verdict.right:
        return [Text(words.right(verdict), theme.GOOD), *printed]
    line = Text("Not right.", theme.BAD)
    if verdict.read is not None and not (target.cases or target.options):
        from drill.answer import echo

        read = echo(verdict.read, target.part.answer.kind)
        line.append(f"  Read as {read}", theme.QUIET)
    lines: Lines = [line]
    if verdict.assumed:
        lines.append(Text(words.sentence(verdict.assumed), theme.QUIET))
    lines += [Text(say) for say in words.diagnosis(verdict)]
    lines += [Text(say) for say in words.counterexample(verdict)]
    lines += [Text(say) for say in words.details(verdict, target, final=final)]
    return [*lines, *printed, *_marked(verdict, target, final=final)]


def _marked(verdict: Verdict, target: Target, *, final: bool) -> Lines:
    """Show the wrong entries in their places; the last time beside the right ones."""
    found = wrong_slice(verdict, target, final=final)
    if found is None:
        return []
    lines: Lines = [Text(found.name)] if found.name else []
    if not final:
        return [*lines, matrix(found.mine, wrong=found.wrong)]
    return [*lines, compared(found.mine, found.right, found.spec, found.wrong)]


class WrongSlice(Struct, frozen=True, eq=False):
    """A matrix of an answer that has wrong entries, and what was wanted there.

    Attributes
    ----------
    mine, right : ndarray, shape (r, c)
    spec : str
        How what was wanted is formatted.
    wrong : tuple of index
    name : str
        Which slice of a deeper array this is.
    """

    mine: NDArray[Any]
    right: NDArray[Any]
    spec: str
    wrong: tuple[tuple[int, ...], ...]
    name: str


def wrong_slice(verdict: Verdict, target: Target, *, final: bool) -> WrongSlice | None:
    """Return what of a wrong array is worth showing; None where nothing is."""
    read = verdict.read
    if target.part.answer.kind != "array" or read is None or not verdict.wrong:
        return None
    if read.shape != verdict.reference.shape or read.ndim < (1 if final else 2):
        return None
    mine, right, at = read, verdict.reference, verdict.wrong
    if read.ndim == 1:
        mine, right, at = mine[None], right[None], tuple((0, *w) for w in at)
    # Of a deeper array one slice will do: the first that is wrong.
    slice_ = at[0][2:]
    at = tuple(w[:2] for w in at if w[2:] == slice_)
    index: Any = (..., *slice_)
    name = f"The slice [..., {', '.join(map(str, slice_))}]:" if slice_ else ""
    return WrongSlice(mine[index], right[index], spec_of(target), at, name)


def spec_of(target: Target) -> str:
    """Return how the entries of a right answer are formatted."""
    decimals = target.part.answer.decimals
    return "" if decimals is None else f".{decimals}f"


def solved(instance: Instance) -> Lines:
    """Show the right answers and the worked solution."""
    lines: Lines = []
    for target in instance.targets:
        name = f"{target.part.name} = " if target.part.name else ""
        answer = words.answer_text(target)
        head = Text("Answer: ", theme.STRONG)
        if "\n" in answer:
            lines.append(head + Text(name.rstrip(" =")))
            lines += [Text(f"  {line}") for line in answer.split("\n")]
        elif target.reference.ndim == 2 and not target.cases and not target.options:
            lines.append(head + Text(name.rstrip(" =")))
            lines.append(matrix(target.reference, spec_of(target)))
        else:
            lines.append(head + Text(f"{name}{answer}"))
    return [*lines, *filled(solution(instance))]


def hint(prose: Filled, number: int, of: int) -> Lines:
    """Show a hint and how many there are."""
    head = Text(f"Hint {number} of {of}: ", theme.HINT)
    lines = filled(prose)
    if lines and isinstance(lines[0], Text):
        return [head + lines[0], *lines[1:]]
    return [head, *lines]


def unread(text: str, error: DrillError) -> Lines:
    """Say why a reply was no answer, and where it stopped making sense."""
    if isinstance(error, LanguageError):
        return _refused(error)
    lines: Lines = [Text(f"Not read, so not counted: {error}")]
    column = error.column if isinstance(error, UnreadableError) else 0
    row = text.split("\n")[0]
    if column and len(row) <= 70 and column <= len(row) + 1 and "\n" not in text:
        lines += [Text(f"  {shown(row, 80)}", theme.QUIET)]
        lines += [Text("  " + " " * (column - 1) + "^", theme.QUIET)]
    return lines


def _refused(error: LanguageError) -> Lines:
    """Show why a formula or a program was not taken, and where."""
    lines: Lines = [Text(f"Not read, so not counted: {error.problem}")]
    lines += [Text(f"  {row}", theme.QUIET) for row in _caret(error)]
    return lines


def _caret(error: LanguageError) -> list[str]:
    rows = error.caret().split("\n")
    if len(rows) < 2 or max(map(len, rows)) > 76:
        return []
    return [shown(rows[0], 80), rows[1]]


def keys(hints: bool) -> Text:
    """Name the words that are commands here, those that apply."""
    hint = "? hint · " if hints else ""
    return Text(f"{hint}?? give up · skip · quit · help", theme.QUIET)


def steps_offered() -> Text:
    """Name what may be typed when the solution can be walked through."""
    return Text("step walks through it · Enter goes on · quit", theme.QUIET)


def quiet(text: str) -> Text:
    """Say something that need not be read."""
    return Text(text, theme.QUIET)


def gap() -> Lines:
    """One empty line."""
    return [Text()]
