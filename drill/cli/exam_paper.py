"""Writing exam papers, their keys, and the marking sheet of several."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

import click

from drill.cli.files import write_together
from drill.errors import UsageError
from drill.visible import shown

if TYPE_CHECKING:
    from drill.exam import Paper
    from drill.publishing.papers import Sheet, Table

ENDINGS = (".pdf", ".html", ".md")


def check_endings(*paths: Path | None) -> None:
    """Refuse a file whose ending stands for nothing that is written.

    Raises
    ------
    UsageError
    """
    for path in paths:
        if path is not None and path.suffix not in ENDINGS:
            raise UsageError(f"'{shown(path.name)}' must end in .pdf, .html or .md")


def write(
    paper: Paper, minutes: int, sheet: Path | None, key: Path | None, page: str
) -> None:
    """Write the paper, the key, or both, and say where."""
    from drill.publishing.papers import key_sheet, paper_sheet

    made: list[tuple[Path, Sheet | Table]] = []
    if sheet is not None:
        made.append((sheet, paper_sheet(paper, minutes)))
    if key is not None:
        made.append((key, key_sheet(paper, minutes)))
    _write(made, page, paper.seed)


def write_variants(
    paper: Paper, minutes: int, count: int, sheet: Path, key: Path | None, page: str
) -> None:
    """Write papers A, B, … with their keys, and the answers of all on one sheet."""
    from drill.exam import variants
    from drill.publishing.papers import key_sheet, marking_table, paper_sheet

    key = key or _beside(sheet, "key")
    made: list[tuple[Path, Sheet | Table]] = []
    coded = []
    papers = variants(paper, count)
    for letter, one in zip(ascii_uppercase, papers, strict=False):
        code = f"{letter}-{paper.seed}"
        coded.append((code, one))
        made.append((_beside(sheet, letter), paper_sheet(one, minutes, code)))
        made.append((_beside(key, letter), key_sheet(one, minutes, code)))
    table = marking_table(coded)
    made.append((_beside(sheet, "marking").with_suffix(key.suffix), table))
    _write(made, page, paper.seed)


def _beside(path: Path, word: str) -> Path:
    return path.with_name(f"{path.stem}-{word}{path.suffix}")


def _write(made: list[tuple[Path, Sheet | Table]], page: str, seed: int) -> None:
    """Write all of them, once it is known that all can be written."""
    from drill.publishing.papers import write

    twice = [
        path for path, many in Counter(path for path, _ in made).items() if many > 1
    ]
    if twice:
        raise UsageError(
            f"'{shown(str(twice[0]))}' is to be paper and key: name two files"
        )
    write_together({path: write(one, path.suffix, page) for path, one in made})
    for path, _ in made:
        click.echo(f"{shown(str(path))}  (seed {seed})")
