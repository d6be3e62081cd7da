"""drill class compare: whose mark changed, and why."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="compare", short_help="Say whose mark changed, and why.")
@click.argument("old", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def command(old: Path, new: Path) -> int:
    """Say whose mark changed between two runs of `drill class mark`, and why.

    Exit code: 0 no mark changed, 1 some did.

    \b
    Example:
      drill class compare before.jsonl marks.jsonl
    """
    from drill.analysis.comparison import compare
    from drill.analysis.marks import read_marks
    from drill.cli.asking import show_lines
    from drill.cli.terminal import make_console
    from drill.screen.class_report import changes

    found = compare(read_marks(old), read_marks(new))
    show_lines(make_console(), changes(found))
    return 1 if found else 0
