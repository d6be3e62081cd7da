"""drill doctor: paths, versions, the terminal, the history and the bank."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from drill.cli.options import bank_option
from drill.errors import DrillError
from drill.locate import VARIABLE as BANK_VARIABLE
from drill.visible import counted, shown

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

    Nothing is changed, unless --mend is given, and nothing is made.

    \b
    Example:
      drill doctor
      drill doctor --bank my-bank --json
    """
    found = [
        *(careful("history", mended) if mend else ()),
        *careful("drill", program),
        *careful("terminal", terminal),
        *careful("history", past),
        *careful("bank", lambda: banks(bank)),
    ]
    troubles = sum(one.trouble for one in found)
    if as_json:
        data = [vars(one) for one in found]
        click.echo(json.dumps({"version": 1, "troubles": troubles, "findings": data}))
        return bool(troubles)
    try:
        show(found)
    except ImportError:
        for one in found:
            click.echo(f"{'!' if one.trouble else ' '} {one.name:<13}{one.told}")
    plural = "thing is" if troubles == 1 else "things are"
    ending = f"{troubles} {plural} wrong, marked !" if troubles else "All is in order"
    click.echo(f"\n{ending}.")
    return bool(troubles)


def careful(name: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield what is found; whatever stops the looking is a finding itself."""
    try:
        yield from look()
    except DrillError as error:
        yield Finding(name, shown(str(error), 600), True)
    except ImportError as error:
        said = f"a package is missing or broken ({shown(str(error), 300)})"
        yield Finding(name, f"{said}: install drill again", True)
    except OSError as error:
        where = shown(str(error.filename or "it"), 100)
        said = f"{where} cannot be looked at: {error.strerror}"
        yield Finding(name, f"{said}; name another place", True)
    except Exception as error:  # the doctor is for those for whom all else fails
        what = shown(f"{type(error).__name__}: {error}", 300)
        yield Finding(
            name, f"this cannot be looked at ({what}): please report it", True
        )


def show(found: list[Finding]) -> None:
    """Print what was found, a line each and what wraps beneath it."""
    from rich.text import Text

    from drill.cli.terminal import make_console
    from drill.screen import theme
    from drill.screen.hanging import Hanging

    console = make_console()
    for one in found:
        style = theme.BAD if one.trouble else ""
        mark = "! " if one.trouble else "  "
        console.print(Hanging(f"{mark}{one.name:<13}", Text(one.told, style)))


def mended() -> Iterator[Finding]:
    """Make the schedule anew, where there is a history."""
    from drill.cli.recording import open_history
    from drill.practice import has_history

    if has_history():
        with open_history() as history:
            history.rebuild()
    yield from ()


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
    where = place(folder)
    if where is not None and not health.troubles:
        yield Finding("", f"{where}: name another folder with DRILL_HOME", True)
    for trouble in health.troubles:
        yield Finding("", shown(trouble, 600), True)


def place(folder: Path) -> str | None:
    """Say why nothing can be kept in a folder, which need not be there yet."""
    from drill.practice import NAME

    near = next((p for p in (folder, *folder.parents) if p.exists()), folder)
    told = shown(str(near), 200)
    if not near.is_dir():
        return f"{told} is no folder"
    file = folder / NAME
    for path in (near, file):
        if path.exists() and not os.access(path, os.W_OK):
            return f"{shown(str(path), 200)} cannot be written to"
    return None


def banks(given: tuple[Path, ...]) -> Iterator[Finding]:
    """Tell which banks are used, and whether they load."""
    from drill.bank import load_bank
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
        more = (
            f" (and {counted(len(lines) - 1, 'more line')})" if len(lines) > 1 else ""
        )
        yield Finding("", f"{shown(lines[0], 400)}{more}; see: drill bank check", True)
        return
    questions = len(loaded.questions)
    yield Finding(
        "", f"{counted(len(loaded.topics), 'topic')}, {counted(questions, 'question')}"
    )
