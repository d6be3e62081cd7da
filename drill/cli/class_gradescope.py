"""drill class gradescope: an autograder that Gradescope can run."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drill.cli.options import Whole, bank_option
from drill.cli.stdio import say_error
from drill.errors import UsageError
from drill.library.tickets import random_seed
from drill.visible import counted, shown

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.classroom.deal import Deal

SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when the image is built.
set -euo pipefail
cd "${AUTOGRADER_ROOT:-/autograder}/source"
python=python3
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    apt-get update && apt-get install -y python3.11 python3.11-venv
    python=python3.11
fi
"$python" -m venv venv
if [ -d wheels ]; then
    venv/bin/pip install --no-index --find-links wheels -r requirements.txt
else
    venv/bin/pip install -r requirements.txt
fi
"""
RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission; nothing is fetched.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
cd "$root/source"
python=venv/bin/python
[ -x "$python" ] || python="${AUTOGRADER_PYTHON:-python3}"
PYTHONPATH=. exec "$python" -m drill.cli.autograder "$root" autograder.json
"""
REQUIREMENTS = ("click", "fsrs", "msgspec", "numpy", "platformdirs", "PyYAML", "rich")


@click.command(name="gradescope", short_help="Make an autograder for Gradescope.")
@click.argument("names", nargs=-1, required=True, metavar="QUESTION|TOPIC...")
@click.option("--seed", type=Whole(0, 10**12), metavar="N",
              help="The numbers, the same for all (default: at random).")  # fmt: skip
@click.option(
    "--deal", "deal_path", metavar="FILE", type=click.Path(path_type=Path, exists=True),
    help="A deal.json: each student is graded on their own numbers.",
)  # fmt: skip
@click.option("--points", type=click.FloatRange(0, min_open=True), default=10.0,
              show_default=True, help="For each question.")  # fmt: skip
@click.option(
    "--wheels", metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Bundle these wheels, so that no network is needed at set-up.",
)  # fmt: skip
@click.option(
    "-o", "--output", "output", required=True, metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False), help="Where to write the zip.",
)  # fmt: skip
@bank_option
def command(
    names: tuple[str, ...],
    seed: int | None,
    deal_path: Path | None,
    points: float,
    wheels: Path | None,
    output: Path,
    bank: tuple[Path, ...],
) -> None:
    """Make an autograder for Gradescope: upload the zip as it is.

    Students hand in a file for each question, named by its ticket or by the question,
    such as max-pool-forward.npy. Each gets points, or is told which mistake it was.

    \b
    Example:
      drill class gradescope max-pool-forward --seed 7 -o autograder.zip
      drill class gradescope cnn-sizes --deal week3/deal.json -o autograder.zip
    """
    from drill.bank import load_bank
    from drill.classroom.deal import DEAL_FILE, read_deal
    from drill.drawing.ticket import issue
    from drill.library.selection import named, only
    from drill.locate import bank_directories

    directories = bank_directories(bank)
    topics, chosen = named(directories, names)
    questions = only(load_bank(directories, topics).questions, chosen)
    first = random_seed() if seed is None else seed
    tickets = [str(issue(question, first)) for question in questions]
    deal: Deal | None = None
    if deal_path is not None:
        deal = read_deal(deal_path / DEAL_FILE if deal_path.is_dir() else deal_path)
    config = {
        "tickets": tickets,
        "points": points,
        "dealt": _dealt(deal, questions),
        "bank": "bank" if bank else None,
    }
    data = _zip(config, directories if bank else (), wheels)
    try:
        output.write_bytes(data)
    except OSError as error:
        where = shown(str(output))
        raise UsageError(f"'{where}' cannot be written: {error.strerror}") from None
    for ticket in tickets:
        click.echo(ticket)
    count = len(questions)
    say_error(
        f"{shown(str(output))}: {counted(count, 'question')},"
        f" {count * points:g} points; upload it as the assignment's autograder"
    )


def _dealt(
    deal: Deal | None, questions: tuple[Question, ...]
) -> dict[str, list[str]] | None:
    """Return each student's tickets, by every name that the deal knows them by."""
    if deal is None:
        return None
    wanted = {question.id for question in questions}
    found: dict[str, list[str]] = {}
    for student in deal.students:
        own = [t for t in student.tickets if t.partition("@")[0] in wanted]
        for key in (student.id, student.name, student.email, *student.keys):
            if key:
                found[key] = own
    return found


def _zip(
    config: dict[str, object], bank: tuple[Path, ...], wheels: Path | None
) -> bytes:
    """Pack the scripts, the program itself, its bank and what was bundled."""
    here = Path(__file__).resolve().parent.parent
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, data: bytes, *, runs: bool = False) -> None:
            # One moment for all: the same command makes the same bytes.
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.external_attr = (0o755 if runs else 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)

        add("setup.sh", SETUP.encode(), runs=True)
        add("run_autograder", RUN.encode(), runs=True)
        add("autograder.json", json.dumps(config, indent=1).encode())
        add("requirements.txt", ("\n".join(REQUIREMENTS) + "\n").encode())
        for path in sorted(here.rglob("*")):
            if path.suffix in (".py", ".sql", ".yaml", ".typed") and path.is_file():
                add(f"drill/{path.relative_to(here).as_posix()}", path.read_bytes())
        if not (here / "question_bank").is_dir():
            for path in sorted((here.parent / "question_bank").glob("*.yaml")):
                add(f"drill/question_bank/{path.name}", path.read_bytes())
        for folder in bank:
            for path in sorted(folder.glob("*.yaml")):
                add(f"bank/{path.name}", path.read_bytes())
        for path in sorted(wheels.glob("*.whl")) if wheels else ():
            add(f"wheels/{path.name}", path.read_bytes())
    return file.getvalue()
