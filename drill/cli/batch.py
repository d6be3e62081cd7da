"""A quiz without a terminal: the answers come from a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from drill.answer import read_source, split_answers
from drill.asking import Answered
from drill.asking.grading import answer_once
from drill.cli.asking import show_lines
from drill.drawing import Instance, draw
from drill.errors import UnreadableError
from drill.screen import question as show
from drill.screen.data import VERSION, dumps, verdict_data
from drill.screen.summary import Summary, tally
from drill.visible import counted, shown

if TYPE_CHECKING:
    from rich.console import Console

    from drill.bank import Question

MAX_TEXT = 65_536
NOTHING = ("skip", "-", "?", "??")


def run_batch(
    console: Console,
    chosen: list[tuple[Question, int]],
    answers: Path,
    *,
    as_json: bool,
) -> int:
    """Grade a file of answers, in the order in which the questions are asked.

    Returns
    -------
    int
        0 when all are right, 1 when one is wrong or missing, 2 when one cannot be
        read.
    """
    texts = iter(read_answers(answers))
    done: list[Answered] = []
    for question, seed in chosen:
        instance = draw(question, seed)
        found = grade_texts(instance, texts)
        done += found
        for answered in found:
            if as_json:
                console.file.write(dumps(answered_data(answered)) + "\n")
            else:
                show_lines(console, _lines(answered))
    left = sum(1 for _ in texts)
    if left:
        sys.stderr.write(f"drill: left over: {counted(left, 'answer')}\n")
    if not as_json:
        console.print()
        rows = ((a.instance.question.topic, a.outcome) for a in done)
        console.print(Summary(tuple(tally(rows))))
    outcomes = {answered.outcome for answered in done}
    return 2 if "unread" in outcomes else 0 if outcomes <= {"right"} else 1


def read_answers(path: Path) -> list[str]:
    """Read a file of answers: one a line, or blocks between blank lines."""
    return split_answers(_read(path))


def _read(path: Path) -> str:
    if str(path) != "-":
        return read_source(path, pipes=True)
    text = sys.stdin.read(MAX_TEXT + 1)
    if len(text) > MAX_TEXT:
        raise UnreadableError("the answers on standard input are over 64 kB")
    return text


def grade_texts(instance: Instance, texts: Iterator[str]) -> tuple[Answered, ...]:
    """Grade the next answers, one for each part."""
    given = list(islice(texts, len(instance.targets)))
    missing = len(instance.targets) - len(given)
    none = [None if text.strip().lower() in NOTHING else text for text in given]
    return answer_once(instance, none + [None] * missing)


def _name(answered: Answered) -> str:
    part = answered.instance.targets[answered.part].part.name
    return f"{answered.instance.ticket}{f' ({part})' if part else ''}"


def _lines(answered: Answered) -> show.Lines:
    from rich.text import Text

    from drill.screen import theme

    head = Text(_name(answered), theme.STRONG)
    if answered.outcome == "skipped":
        return [head, Text("  no answer")]
    if answered.verdict is None:
        return [head, Text(f"  could not be read: {shown(answered.problem)}")]
    lines = show.judged(answered.verdict, answered.target, final=False)
    # A matrix brings an indent of its own.
    return [
        head,
        *(Text("  ") + line if isinstance(line, Text) else line for line in lines),
    ]


def answered_data(answered: Answered) -> dict[str, object]:
    """Describe what became of one part, for ``--json``."""
    verdict = answered.verdict
    return {
        "version": VERSION,
        "ticket": str(answered.instance.ticket),
        "question": answered.instance.question.id,
        "topic": answered.instance.question.topic,
        "part": answered.instance.targets[answered.part].part.name,
        "outcome": answered.outcome,
        "answer": answered.text,
        "problem": answered.problem or None,
        **({"verdict": verdict_data(verdict)} if verdict else {"verdict": None}),
    }
