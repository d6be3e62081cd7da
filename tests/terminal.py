"""A real terminal for tests: a pseudo-terminal with a program in it."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]")


class Terminal:
    """A program in a pseudo-terminal; use it in a ``with`` block."""

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        program: tuple[str, ...] = ("-m", "drill"),
        ignoring: tuple[signal.Signals, ...] = (),
        **environment: str,
    ) -> None:
        self.primary, secondary = pty.openpty()
        self.resize(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=secondary,
            stdout=secondary,
            stderr=secondary,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            start_new_session=True,
            preexec_fn=lambda: _begin(ignoring),
        )
        os.close(secondary)
        self.raw = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def resize(self, columns: int, rows: int = 24) -> None:
        """Change the size; the program is sent SIGWINCH by the kernel."""
        self.columns, self.rows = columns, rows
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.primary, termios.TIOCSWINSZ, size)

    @property
    def modes(self) -> list[object]:
        """The terminal's modes, as `termios.tcgetattr` gives them."""
        return termios.tcgetattr(self.primary)

    @property
    def screen(self) -> list[str]:
        """What stands in the terminal, lines that scrolled away included."""
        return screen(self.raw, self.columns)

    @property
    def text(self) -> str:
        """Everything printed so far, without control sequences."""
        return _CONTROL.sub("", self.raw).replace("\r", "")

    def read(self, seconds: float) -> bool:
        """Read what comes within `seconds`; False when the program is gone."""
        ready, _, _ = select.select([self.primary], [], [], seconds)
        if not ready:
            return self.process.poll() is None
        try:
            data = os.read(self.primary, 65_536)
        except OSError:
            return False
        self.raw += self.decoder.decode(data)
        return bool(data)

    def expect(self, text: str, seconds: float = 20) -> str:
        """Wait until `text` has been printed since the last call; return that."""
        end = time.monotonic() + seconds
        start = getattr(self, "seen", 0)
        while text not in self.text[start:]:
            if time.monotonic() > end or not self.read(0.2):
                while self.read(0.1) and text not in self.text[start:]:
                    if time.monotonic() > end:
                        break
                if text in self.text[start:]:
                    break
                raise AssertionError(f"no {text!r} in:\n{self.text[start:]}")
        place = self.text.index(text, start) + len(text)
        found = self.text[start:place]
        self.seen = place
        return found

    def send(self, text: str) -> None:
        """Type `text`."""
        os.write(self.primary, text.encode())

    def settle(self) -> None:
        """Let the program go from printing its prompt to waiting for input.

        A signal between the two would be noticed only with the next key.
        """
        quiet, end = 0, time.monotonic() + 20
        while quiet < 5 and time.monotonic() < end:
            time.sleep(0.05)
            quiet = quiet + 1 if self.asleep else 0

    @property
    def asleep(self) -> bool:
        """Whether the program waits, where the system tells; a loaded one may not."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        return (
            not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "S"
        )

    def wait(self, seconds: float = 20) -> int:
        """Read to the end and return the exit code."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(0.2):
            pass
        return self.process.wait(timeout=5)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.primary)


def _begin(ignoring: tuple[signal.Signals, ...]) -> None:
    """Make the pseudo-terminal the program's own, and ignore what is to be ignored."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number in ignoring:
        signal.signal(number, signal.SIG_IGN)


def screen(raw: str, columns: int) -> list[str]:
    """Return the lines that a terminal makes of what a program writes.

    It knows what our programs send: text, styles, and the cursor up and down; it
    refuses anything else.
    """
    lines, row, column = [""], 0, 0
    for piece in re.findall(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b.|.", raw, re.DOTALL):
        if piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
        elif piece == "\x1b[J":
            lines[row + 1 :] = []
            lines[row] = lines[row][:column]
        elif re.fullmatch(r"\x1b\[\d+A", piece):
            row -= int(piece[2:-1])
            assert row >= 0
        elif piece.startswith("\x1b"):
            assert re.fullmatch(r"\x1b\[([0-9;]*m|\?2004[hl])", piece), repr(piece)
        else:
            if column == columns:
                row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
            line = lines[row].ljust(column)
            lines[row] = line[:column] + piece + line[column + 1 :]
            column += 1
        lines += [""] * (row + 1 - len(lines))
    return [line.rstrip() for line in lines]
