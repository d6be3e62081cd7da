"""drill doctor: paths, versions, the terminal, the history and the bank."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from drill.cli.options import VARIABLE as BANK_VARIABLE
from drill.cli.options import bank_option
from drill.visible import shown

PACKAGES = ("click", "fsrs", "msgspec", "numpy", "platformdirs", "PyYAML", "rich")


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    name: str
    told: str
    trouble: bool = False


@click.command(name="doctor", short_help="Look whether everything is in order.")
@click.option("--mend", is_flag=True, help="Make the schedule anew from the log.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@bank_option
def command(mend: bool, as_json: bool, bank: tuple[Path, ...]) -> int:
    """Look whether everything is in order; 1 when something is not.

    Nothing is changed, unless --mend is given.

    \b
    Example:
      drill doctor
    """
    from drill.cli.terminal import make_console
    from drill.screen import theme
    from drill.screen.hanging import Hanging

    if mend:
        from drill.cli.recording import open_history

        with open_history() as history:
            history.rebuild()
    found = [*program(), *terminal(), *past(), *banks(bank)]
    troubles = [one for one in found if one.trouble]
    if as_json:
        data = [vars(one) for one in found]
        text = {"version": 1, "troubles": len(troubles), "findings": data}
        click.echo(json.dumps(text, ensure_ascii=False))
        return bool(troubles)
    from rich.text import Text

    console = make_console()
    for one in found:
        style = theme.BAD if one.trouble else ""
        mark = "! " if one.trouble else "  "
        console.print(Hanging(f"{mark}{one.name:<13}", Text(one.told, style)))
    console.print()
    count = len(troubles)
    plural = "thing is" if count == 1 else "things are"
    ending = f"{count} {plural} wrong, marked !" if count else "All is in order"
    console.print(f"{ending}.")
    return bool(troubles)


def program() -> Iterator[Finding]:
    """Tell the versions."""
    import sqlite3
    from importlib import metadata

    from drill.version import __version__

    where = shown(str(Path(__file__).parent.parent))
    yield Finding("drill", f"{__version__} in {where}")
    system = f"{platform.python_implementation()} {platform.python_version()}"
    yield Finding("python", f"{system} on {platform.system()}")
    for name in PACKAGES:
        try:
            yield Finding(name.lower(), metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name.lower(), "is missing: install drill again", True)
    yield Finding("sqlite", sqlite3.sqlite_version)


def terminal() -> Iterator[Finding]:
    """Tell what the terminal can do."""
    from drill.cli.terminal import colour_wanted, plain_wanted

    encoding = getattr(sys.stdout, "encoding", None) or "none"
    twins = "" if encoding.lower().startswith("utf") else "; signs have ASCII twins"
    yield Finding("encoding", f"{encoding}{twins}")
    size = shutil.get_terminal_size((80, 24))
    kind = os.environ.get("TERM") or "not set"
    there = "at a terminal" if sys.stdout.isatty() else "not at a terminal"
    colour = "colour" if colour_wanted(sys.stdout, "auto") else "no colour"
    plain = ", plain" if plain_wanted() else ""
    told = f"{size.columns}×{size.lines}, TERM {shown(kind, 40)}, {colour}{plain}"
    yield Finding("terminal", f"{there}, {told}")


def past() -> Iterator[Finding]:
    """Tell where the history is, and whether it is sound."""
    from drill.practice import NAME, home
    from drill.practice.health import examine

    folder = home()
    path = folder / NAME
    yield Finding("history", shown(str(path), 400))
    health = examine(path)
    if health.attempts is not None:
        plural = "" if health.attempts == 1 else "s"
        told = f"{health.attempts} answer{plural}, format {health.format}"
        yield Finding("", told)
    elif not health.troubles:
        yield Finding("", "nothing was answered yet")
    near = next((p for p in (folder, *folder.parents) if p.exists()), folder)
    if not os.access(near, os.W_OK):
        said = f"{shown(str(near), 200)} cannot be written to: name another folder with"
        yield Finding("", f"{said} DRILL_HOME", True)
    for trouble in health.troubles:
        yield Finding("", shown(trouble, 600), True)


def banks(given: tuple[Path, ...]) -> Iterator[Finding]:
    """Tell which banks are used, and whether they load."""
    from drill.bank import load_bank
    from drill.errors import DrillError
    from drill.locate import bank_directories

    try:
        folders = bank_directories(given)
    except DrillError as error:
        yield Finding("bank", f"{error}; look at --bank and {BANK_VARIABLE}", True)
        return
    for folder in folders:
        yield Finding("bank", shown(str(folder), 400))
    try:
        loaded = load_bank(folders)
    except DrillError as error:
        lines = str(error).split("\n")
        more = f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""
        yield Finding("", f"{shown(lines[0], 400)}{more}; see: drill bank check", True)
        return
    questions = len(loaded.questions)
    yield Finding("", f"{len(loaded.topics)} topics, {questions} questions")
