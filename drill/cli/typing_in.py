"""Reading what is typed: line editing, pastes and unfinished brackets."""

from __future__ import annotations

import sys
from collections.abc import Callable

from drill.errors import UsageError
from drill.visible import shown

MAX_TYPED = 65_536
_MARKERS = ("\x1b[200~", "\x1b[201~")


def line_editing() -> None:
    """Turn on history and arrow keys, and pastes that arrive as one answer."""
    try:
        import readline
    except ImportError:  # no line editing on this platform: plain input works
        return
    # An answer to one question must not come back on arrow-up in the next session,
    # so no history file is read or written.
    readline.set_auto_history(True)
    readline.parse_and_bind("set enable-bracketed-paste on")


def forget() -> None:
    """Forget the lines typed so far: they answer another question."""
    readline = sys.modules.get("readline")
    if readline is not None:
        readline.clear_history()


def read_reply(prompt: str, unfinished: Callable[[str], bool]) -> str:
    """Read one reply, which may take several lines.

    Parameters
    ----------
    prompt : str
        Printed before the first line; plain text, so that erasing works.
    unfinished : callable
        Tells whether what was typed so far needs another line.

    Raises
    ------
    EOFError
        When the input ends.
    """
    reply = _clean(input(prompt))
    while len(reply) <= MAX_TYPED and unfinished(reply):
        following = _clean(input(" " * (len(prompt) - 2) + "… "))
        reply = f"{reply}\n{following.rstrip()}"
    return reply[:MAX_TYPED].rstrip("\n")


def in_editor(text: str, extension: str) -> str | None:
    """Let the person write in their editor: VISUAL, else EDITOR.

    Parameters
    ----------
    text : str
        What is there to begin with.
    extension : str
        Of the file, so that editors know its language.

    Returns
    -------
    str or None
        None when nothing was saved.

    Raises
    ------
    UsageError
        When the editor cannot be started, or fails.
    """
    import click

    try:
        found = click.edit(text, extension=extension)
    except click.ClickException as error:
        raise UsageError(
            f"{shown(error.format_message())}; name an editor with VISUAL or EDITOR"
        ) from None
    except UnicodeDecodeError:
        raise UsageError("your editor did not save text, so nothing is read") from None
    except (OSError, ValueError):
        # Its file is gone, or its name has a quote that nothing closes.
        raise UsageError(
            "your editor gave nothing back; name another with VISUAL or EDITOR"
        ) from None
    return None if found is None else found[:MAX_TYPED].rstrip("\n")


def _clean(text: str) -> str:
    for marker in _MARKERS:
        text = text.replace(marker, "")
    return text
