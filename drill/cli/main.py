"""The command tree, and the one funnel through which every failure leaves."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from keyword import iskeyword

import click

from drill.cli.stdio import is_terminal, prepare, say_error
from drill.errors import DrillError
from drill.version import __version__
from drill.visible import shown

# Name, module and one line of help: so that `drill --help` and completion import no
# command.  A test holds the lines against the commands themselves.
COMMANDS = {
    "today": "Practise what is due (what `drill` alone does).",
    "quiz": "Be asked questions with fresh numbers.",
    "topics": "List the topics, or show a topic's formula sheet and questions.",
    "show": "Show a question, or the instance that a ticket names.",
    "new": "Make a folder with a problem and its input arrays.",
    "due": "Count what is due today, quickly.",
    "exam": "Sit a mock exam, or write one on paper.",
    "publish": "Write variants of questions for pages and platforms.",
    "plan": "Plan the days until an exam, and see the road.",
    "stats": "Show how you stand, and what you get wrong.",
    "history": "List what you answered.",
    "undo": "Take the last answer back.",
    "reset": "Start afresh; the old history stays in a file.",
    "export": "Write your history to a file.",
    "import": "Merge a history from another machine.",
    "check": "Grade answers that were saved to files.",
    "class": "Deal to a class, mark, and report.",
    "help": "Explain the keys of a quiz, or the language of programs.",
    "bank": "Write a bank: start, check, preview, compare.",
    "doctor": "Look whether everything is in order.",
    "completions": "Print a shell's completion script.",
    "selftest": "Prove the bank: right answers, questions that discriminate.",
}

INTERRUPTED = 130
BROKEN_PIPE = 141
INTERNAL = 70


class Commands(click.Group):
    """A group that imports a command when it is called, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command's module and return its command."""
        if name not in COMMANDS:
            return None
        # "import" cannot name a module.
        module = f"{name}_" if iskeyword(name) else name
        command = import_module(f"drill.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that does not exist."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"there is no command '{shown(args[0], 40)}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="Start with:  drill quiz cnn-sizes",
)
@click.version_option(__version__, "--version", message="drill %(version)s")
def cli() -> None:
    """Drill deep-learning exam questions: fresh numbers, named mistakes."""


def _give_up_output() -> None:
    """Point stdout at nothing when it takes no more: Python flushes it at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    arguments : list of str
        Without the program's name.

    Returns
    -------
    int
        0 right or done, 1 wrong, 2 not gradable or bad usage, 130 interrupted.
    """
    prepare()
    arguments = arguments or ["today"]
    # A plain exit lets `finally` blocks run: the cursor comes back, files close.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if is_terminal() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Started by a script in the background, which ignores it: here is a person.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = cli.main(arguments, prog_name="drill", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except DrillError as error:
        say_error(str(error))
        return error.exit_code
    except click.ClickException as error:
        say_error(error.format_message())
        if isinstance(error, click.UsageError) and error.ctx is not None:
            say_error(f"Try '{error.ctx.command_path} --help'.", name=False)
        return 2
    except (click.Abort, KeyboardInterrupt):
        say_error("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return BROKEN_PIPE
    except OSError as error:
        _give_up_output()
        where = f"{shown(str(error.filename))}: " if error.filename else ""
        say_error(f"{where}{error.strerror or error}")
        return 2
    except Exception as error:  # the last door: what comes here is our mistake
        if os.environ.get("DRILL_DEBUG"):
            raise
        say_error(
            f"this is a mistake in drill itself ({type(error).__name__}); please report"
            " the command. DRILL_DEBUG=1 shows where it happened."
        )
        return INTERNAL
