"""drill bank: write a bank of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from drill.cli.bank_check import check
from drill.cli.bank_preview import preview
from drill.cli.options import TOPIC_NAME, bank_option
from drill.errors import UsageError


class InOrder(click.Group):
    """A group that lists its commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands as they were added."""
        return list(self.commands)


@click.group(
    cls=InOrder, name="bank", short_help="Write a bank: start, check, preview, compare."
)
def command() -> None:
    """Write a bank of your own: a folder with a YAML file for each topic.

    \b
    Example:
      drill bank new my-bank pruning
      drill bank check my-bank
      drill bank preview pruning-first --bank my-bank --watch
      drill selftest --bank my-bank
    """


@command.command(name="new", short_help="Start a topic with one question that passes.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("topic", metavar="TOPIC")
def new(folder: Path, topic: str) -> None:
    """Start a topic: a file with one question, explained line by line.

    DIR is made if need be. It also gets bank.schema.json, with which editors complete
    and check what you type.

    \b
    Example:
      drill bank new my-bank pruning
    """
    from drill.authoring.template import SCHEMA_FILE, question_id, template
    from drill.bank.json_schema import rendered
    from drill.visible import shown

    if not TOPIC_NAME.fullmatch(topic):
        raise UsageError(
            f"'{shown(topic, 64)}' is no topic's name: lower-case letters, digits and"
            " hyphens, such as max-pool"
        )
    path = folder / f"{topic}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template(topic))
    except FileExistsError:
        what = path if folder.is_dir() else folder
        raise UsageError(f"'{shown(str(what))}' is there already") from None
    schema = folder / SCHEMA_FILE
    if not schema.exists():
        schema.write_text(rendered(), encoding="utf-8")
    click.echo(path)
    place = shown(str(folder))
    click.echo(
        f"\nNext:  drill bank preview {question_id(topic)} --bank {place} --watch\n"
        f"       drill bank check {place}\n"
        f"       drill selftest --bank {place}",
        err=True,
    )


command.add_command(preview)
command.add_command(check)


@command.command(
    name="diff", short_help="Say which questions changed between two banks."
)
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> int:
    """Say which questions changed between two editions of a bank.

    OLD and NEW are folders. Gone, renamed and redrawn questions come first: tickets
    that were dealt from OLD do not open in NEW as they did.

    Exit code: 0 every ticket opens as it did, 1 some do not.

    \b
    Example:
      drill bank diff last-year my-bank
    """
    from drill.authoring import compare
    from drill.bank import load_bank
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories
    from drill.screen.authoring import changes

    one, other = (load_bank(bank_directories([folder])) for folder in (old, new))
    found = compare(one, other)
    console = make_console()
    for line in changes(found):
        console.print(line)
    return 1 if any(change.breaks for change in found) else 0


@command.command(
    name="functions", short_help="List the functions that formulas may call."
)
@click.argument("word", default="", metavar="[WORD]")
@bank_option
def functions(word: str, bank: tuple[Path, ...]) -> int:
    """List the functions that a bank's formulas may call.

    First those that the bank's own files define under 'functions:', then the reference
    functions. With WORD, those that have it in their name or description. All of numpy
    that formulas know besides is in `drill help language`.

    \b
    Example:
      drill bank functions pool
      drill bank functions --bank my-bank
    """
    from drill.authoring import defined, offered
    from drill.bank import load_bank
    from drill.cli.terminal import make_console
    from drill.locate import bank_directories
    from drill.screen.authoring import functions as show

    own = defined(load_bank(bank_directories(bank)), word) if bank else []
    found = [*own, *offered(word)]
    console = make_console()
    for line in show(found):
        console.print(line)
    return 0 if found else 1


@command.command(name="schema", short_help="Print the JSON Schema of a bank file.")
def schema() -> None:
    """Print the JSON Schema of a bank file, for editors.

    \b
    Example:
      drill bank schema > my-bank/bank.schema.json
    """
    from drill.bank.json_schema import rendered

    click.echo(rendered(), nl=False)
