"""Single keys, read without Enter; the terminal is as before however it ends."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections import deque
from types import FrameType
from typing import Any, Literal, Protocol

Key = Literal[
    "next", "back", "first", "last", "opening", "write", "quit", "help", "redraw",
    "other",
]  # fmt: skip

# How long an escape key by itself may be told from the start of an arrow key.
ESCAPE_SECONDS = 0.05
# Who drags a window's edge sends many signals; one picture will do.
SETTLE_SECONDS = 0.08
KEYS: dict[bytes, Key] = {
    b" ": "next", b"\r": "next", b"\n": "next", b"n": "next", b"\x1b[C": "next",
    b"\x1bOC": "next", b"\x1b[B": "next", b"\x1bOB": "next", b"\x1b[6~": "next",
    b"p": "back", b"b": "back", b"\x7f": "back", b"\x08": "back", b"\x1b[D": "back",
    b"\x1bOD": "back", b"\x1b[A": "back", b"\x1bOA": "back", b"\x1b[5~": "back",
    b"g": "first", b"\x1b[H": "first", b"\x1bOH": "first", b"\x1b[1~": "first",
    b"G": "last", b"\x1b[F": "last", b"\x1bOF": "last", b"\x1b[4~": "last",
    b"q": "quit", b"Q": "quit", b"\x1b": "quit", b"\x03": "quit", b"\x04": "quit",
    b"?": "help", b"h": "help", b"\x0c": "redraw", b"d": "opening", b"w": "write",
}  # fmt: skip


class Keys(Protocol):
    """Where keys come from."""

    def __enter__(self) -> Keys:
        """Get ready to read keys."""
        ...

    def __exit__(self, *why: object) -> None:
        """Leave the terminal as it was."""
        ...

    def next(self) -> Key:
        """Wait for a key; the end of the input is ``quit``."""
        ...


def keyboard() -> Keys:
    """Return the keyboard: single keys, or lines where there are none to be had."""
    try:
        import termios
    except ImportError:
        return Lines()
    try:
        termios.tcgetattr(sys.stdin.fileno())
    except termios.error:
        return Lines()
    return Single(sys.stdin.fileno())


def split(data: bytes) -> list[bytes]:
    r"""Split what was read at once into keys.

    Examples
    --------
    >>> split(b"nn\x1b[Cq\x1b")
    [b'n', b'n', b'\x1b[C', b'q', b'\x1b']
    """
    found = []
    while data:
        size = 1
        if data[:2] == b"\x1bO":
            size = 3
        elif data[:2] == b"\x1b[":
            size = 3
            # A sequence ends with a letter or a tilde.
            while size < len(data) and not 0x40 <= data[size - 1] <= 0x7E:
                size += 1
        found.append(data[:size])
        data = data[size:]
    return found


class Single:
    """Keys of a terminal, unbuffered and not echoed."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.waiting: deque[bytes] = deque()
        self.undo = contextlib.ExitStack()

    def __enter__(self) -> Single:
        """Turn off echo and line editing; Ctrl-C still interrupts."""
        with contextlib.ExitStack() as undo:
            self._quiet(undo)
            self._wake(undo)
            self.undo = undo.pop_all()
        return self

    def __exit__(self, *why: object) -> None:
        """Leave the terminal as it was, also after a signal."""
        self.undo.close()

    def next(self) -> Key:
        """Wait for a key, or for a window of another size."""
        if not self.waiting and not self._read():
            return "redraw"
        return KEYS.get(self.waiting.popleft(), "other")

    def _quiet(self, undo: contextlib.ExitStack) -> None:
        import termios

        before = termios.tcgetattr(self.descriptor)
        undo.callback(
            termios.tcsetattr, self.descriptor, termios.TCSADRAIN, list(before)
        )
        self._hush()

    def _hush(self) -> None:
        import termios

        mode: list[Any] = termios.tcgetattr(self.descriptor)
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self.descriptor, termios.TCSADRAIN, mode)

    def _wake(self, undo: contextlib.ExitStack) -> None:
        """Let a signal end the wait for a key."""
        self.wakened, writing = os.pipe()
        undo.callback(os.close, self.wakened)
        undo.callback(os.close, writing)
        os.set_blocking(self.wakened, False)
        os.set_blocking(writing, False)
        undo.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(writing))
        for number, act in (
            (signal.SIGWINCH, lambda *_: None),
            (signal.SIGCONT, self._continued),
        ):
            undo.callback(signal.signal, number, signal.signal(number, act))

    def _continued(self, number: int, frame: FrameType | None) -> None:
        # Ctrl-Z gave the terminal back to the shell, with the shell's own mode.
        self._hush()

    def _read(self) -> bool:
        """Read keys; False when a signal came instead."""
        ready, _, _ = select.select([self.descriptor, self.wakened], [], [])
        if self.wakened in ready:
            while select.select([self.wakened], [], [], SETTLE_SECONDS)[0]:
                os.read(self.wakened, 4096)
            return False
        data = os.read(self.descriptor, 4096)
        if data.endswith(b"\x1b"):
            more, _, _ = select.select([self.descriptor], [], [], ESCAPE_SECONDS)
            data += os.read(self.descriptor, 4096) if more else b""
        self.waiting.extend(split(data) or [b"\x04"])
        return True


class Lines:
    """Keys where there are no single ones: the first letter of a line, and Enter."""

    def __enter__(self) -> Lines:
        """Nothing to prepare."""
        return self

    def __exit__(self, *why: object) -> None:
        """Nothing to restore."""

    def next(self) -> Key:
        """Read a line."""
        line = sys.stdin.readline()
        if not line:
            return "quit"
        return KEYS.get(line[:1].encode(), "other")
