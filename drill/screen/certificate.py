"""The self-test's certificate: findings, a table, a verdict, JSON and annotations."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drill.screen import theme
from drill.selftest import Finding, Mutant, Record
from drill.visible import counted, shown

VERSION = 1
# GitHub shows ten errors of a step and drops the others without a word.
MOST_ANNOTATIONS = 9
MOST_CHARACTERS = 500
# Margins beyond this belong to answers that are exact but for rounding.
EXACT = 1e6


def replay(found: Finding, topic: str, seeds: int, bank: Sequence[str] = ()) -> str:
    """Return the command that shows a finding again.

    Parameters
    ----------
    found : Finding
    topic : str
        The topic of its question.
    seeds : int
        How many seeds showed it.
    bank : sequence of str
        The folders that were given with ``--bank``.

    Examples
    --------
    >>> replay(Finding("ties", "relu", "relu@3-0a1b", "…", "relu.yaml", 9), "relu", 20)
    'drill show relu@3-0a1b --solution'
    """
    where = [word for folder in bank for word in ("--bank", folder)]
    if found.ticket:
        return shlex.join(["drill", "show", found.ticket, "--solution", *where])
    return shlex.join(["drill", "selftest", topic, "--seeds", str(seeds), *where])


def finding(found: Finding, command: str) -> list[Text]:
    """Say what was found, where, and how to see it again."""
    head = Text(f"{found.rule}: ", theme.BAD)
    head.append(f"{found.ticket or found.question}: {shown(found.message, 500)}")
    place = Text(f"  {shown(found.file, 300)}:{found.line}   {command}", theme.QUIET)
    return [head, place]


def more(record: Record) -> list[Text]:
    """Say how often the rules complained whose first findings were shown."""
    shown_of = dict.fromkeys(record.counts, 0)
    for found in record.findings:
        shown_of[found.rule] += 1
    return [
        Text(f"{rule}: {record.question}: … and {count - shown_of[rule]} more like it")
        for rule, count in record.counts.items()
        if count > shown_of[rule]
    ]


def certificate(records: Iterable[Record]) -> Table:
    """Show, for each question, what its draws cost and what its mistakes tell.

    `apart` is the mutation score: how often a mistake that was made is named, and
    nothing else with it.  `scored` is how often a mistake gives the right answer: it
    is off there, and whoever makes it does not notice.
    """
    table = Table(
        box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style=theme.STRONG
    )
    table.add_column("question", overflow="fold")
    for name in (
        "drawn",
        "distinct",
        "tries",
        "mistakes",
        "scored",
        "apart",
        "found",
    ):
        table.add_column(name, justify="right")
    for record in records:
        tries = record.tries / record.instances if record.instances else 0.0
        found = sum(record.counts.values())
        table.add_row(
            record.question,
            str(record.instances),
            str(record.distinct),
            f"{tries:.2f}",
            str(len(record.mutants)) if record.mutants else "–",
            _scored(record),
            _share(record.told_apart) if record.mutants else "–",
            Text(str(found), theme.BAD if found else ""),
        )
    return table


def _scored(record: Record) -> str:
    met = sum(mutant.on + mutant.scored for mutant in record.mutants.values())
    scored = sum(mutant.scored for mutant in record.mutants.values())
    return _share(scored / met) if met else "–"


def _share(share: float) -> str:
    # 100 % is said of all, and never of nearly all.
    return f"{math.floor(100 * share)} %"


def verdict(records: Sequence[Record], wanted: int) -> Text:
    """Say in one line how the self-test ended.

    Parameters
    ----------
    records : sequence of Record
    wanted : int
        How many questions were to be examined: fewer records mean an interruption.
    """
    found = sum(sum(record.counts.values()) for record in records)
    instances = sum(record.instances for record in records)
    on = sum(mutant.on for record in records for mutant in record.mutants.values())
    alone = sum(
        mutant.alone for record in records for mutant in record.mutants.values()
    )
    what = f"{counted(len(records), 'question')}, {counted(instances, 'instance')}"
    if on:
        what += f", {counted(on, 'mistake')} made and {_share(alone / on)} told apart"
    if interrupted(records, wanted):
        what += f"; interrupted: wanted were {wanted}"
    if found:
        return Text(f"{counted(found, 'finding')}: {what}", theme.BAD)
    if interrupted(records, wanted):
        return Text(f"Nothing found so far: {what}")
    return Text(f"Nothing found: {what}", theme.GOOD)


def interrupted(records: Sequence[Record], wanted: int) -> bool:
    """Tell whether something was left out."""
    return len(records) < wanted or any(record.stopped for record in records)


def certificate_data(
    records: Sequence[Record],
    wanted: int,
    seeds: int,
    bank: Sequence[str] = (),
    *,
    times: bool = False,
) -> dict[str, object]:
    """Describe a self-test as plain data for ``--json``.

    Without `times`, the same seeds of the same bank give the same bytes.
    """
    found = sum(sum(record.counts.values()) for record in records)
    cut = interrupted(records, wanted)
    return {
        "version": VERSION,
        "verdict": "interrupted" if cut else "failed" if found else "passed",
        "seeds": seeds,
        "questions_wanted": wanted,
        "findings": found,
        "questions": [_question(record, seeds, bank, times) for record in records],
    }


def _question(
    record: Record, seeds: int, bank: Sequence[str], times: bool
) -> dict[str, object]:
    drawn = record.instances
    data: dict[str, object] = {
        "question": record.question,
        "topic": record.topic,
        "digest": record.digest,
        "instances": drawn,
        "tries": record.tries,
        "acceptance": _ratio(drawn, record.tries),
        "distinct": record.distinct,
        "answers": record.answers,
        "commonest_share": _ratio(record.commonest, drawn),
        "work": _ratio(record.work, drawn),
        "digits": record.digits,
        "width": record.width,
        "told_apart": round(record.told_apart, 6) if record.mutants else None,
        "mistakes": {name: _mutant(m, drawn) for name, m in record.mutants.items()},
        "rules": dict(record.counts),
        "findings": [
            {
                "rule": found.rule,
                "ticket": found.ticket or None,
                "message": found.message,
                "file": found.file,
                "line": found.line,
                "replay": replay(found, record.topic, seeds, bank),
            }
            for found in record.findings
        ],
    }
    if times:
        data["seconds"] = round(record.seconds, 3)
    return data


def _mutant(mutant: Mutant, drawn: int) -> dict[str, object]:
    return {
        "on": mutant.on,
        "graded_wrong": mutant.wrong,
        "told_apart": mutant.alone,
        "scored": mutant.scored,
        "within_the_tolerance": mutant.near,
        "undefined": drawn - mutant.on - mutant.scored - mutant.near,
        "least_margin": float(f"{mutant.margin:.6g}")
        if mutant.margin < EXACT
        else None,
    }


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def github(records: Iterable[Record], root: Path) -> Iterator[str]:
    """Yield workflow commands that mark findings in a pull request's YAML.

    Parameters
    ----------
    records : iterable of Record
    root : Path
        The repository's root: the paths of annotations are relative to it.
    """
    findings = [found for record in records for found in record.findings]
    for found in findings[:MOST_ANNOTATIONS]:
        path = _property(_relative(Path(found.file), root))
        title = _property(f"{found.rule}: {found.ticket or found.question}")
        message = _message(shown(found.message, MOST_CHARACTERS))
        yield f"::error file={path},line={found.line},title={title}::{message}"
    left = len(findings) - MOST_ANNOTATIONS
    if left > 0:
        yield f"::error title=drill selftest::and {left} more: see this step's log"


def _relative(path: Path, root: Path) -> str:
    full = path.resolve()
    inside = full.is_relative_to(root.resolve())
    return (full.relative_to(root.resolve()) if inside else full).as_posix()


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
