"""drill help: the keys of a quiz, and the language of programs."""

from __future__ import annotations

import click

KEYS = """\
Type the answer and press Enter.
  ?      the next hint
  ??     give up and see the solution
  skip   leave this question out
  edit   write the answer in your editor; so does e, unless e can be the answer
  report set a doubtful question aside, with a note; it is not asked again
  quit   stop here, with the summary
  step   after a wrong answer: walk through the solution, where that is offered
A matrix may be typed as 1 2; 3 4, or pasted as numpy prints it; fractions such
as 1/3 will do. A reply that cannot be read is not counted."""


@click.command(
    name="help",
    short_help="Explain the keys of a quiz, or the language of programs.",
)
@click.argument(
    "subject",
    type=click.Choice(["keys", "language"]),
    default="keys",
    metavar="SUBJECT",
)
def command(subject: str) -> None:
    """Explain the keys of a quiz, or the language of programs.

    SUBJECT is keys or language.

    \b
    Example:
      drill help language
    """
    if subject == "keys":
        click.echo(KEYS)
        return
    from drill.cli.stdio import is_terminal
    from drill.language.manual import manual

    if is_terminal():
        click.echo_via_pager(manual())
    else:
        click.echo(manual(), nl=False)
