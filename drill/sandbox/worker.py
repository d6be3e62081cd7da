"""The grader's side of the worker: a wall clock, and a verdict when it strikes."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from drill.errors import LanguageError
from drill.language import Value
from drill.sandbox.outcome import Outcome
from drill.sandbox.wire import Message, pack, unpack

WALL_SECONDS = 2.0
START_SECONDS = 30.0
MOST_REQUESTS = 500
_ROOT = str(Path(__file__).resolve().parent.parent.parent)
# -I keeps the folder that is being graded off the import path: a student's numpy.py
# would be imported instead of numpy.
_START = (
    f"import sys; sys.path.insert(0, {_ROOT!r});"
    "from drill.sandbox.child import main; main()"
)


class Worker:
    """Runs programs in a process of their own; use it in a ``with`` block.

    The process is started with the first program, and replaced when it was killed or
    has served long enough.

    Parameters
    ----------
    seconds : float
        How long one program may take on the wall clock.
    """

    def __init__(self, seconds: float = WALL_SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process that will run the next program, when there is one already."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def run(
        self,
        source: str,
        cases: Sequence[Mapping[str, Value]],
        *,
        names: Sequence[str],
        form: str,
        result: str | None,
    ) -> list[Outcome]:
        """Check a program and run it once for each case.

        Returns
        -------
        list of Outcome
            When the time is up or the process died, each says so.

        Raises
        ------
        LanguageError
            When the program is refused.
        """
        request = {
            "source": source,
            "names": list(names),
            "form": form,
            "result": result,
            "cases": [dict(values) for values in cases],
        }
        reply = self._ask(request)
        if isinstance(reply, str):
            return [Outcome(None, reply) for _ in cases]
        if "refused" in reply:
            raise LanguageError(
                str(reply["refused"]),
                source,
                line=int(reply["line"]),
                column=int(reply["column"]),
            )
        return [
            Outcome(o["got"], str(o["error"]), tuple(map(str, o["printed"])))
            for o in reply["outcomes"]
        ]

    def _ask(self, request: Message) -> Message | str:
        """Send a request; text when there is no reply, saying why."""
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(pack(request))
            process.stdin.flush()
            reply = _receive(process, self._seconds)
        except TimeoutError:
            self.close()
            return f"took longer than {self._seconds:g} s"
        except (OSError, ValueError):
            reply = None
        if reply is None:
            code = process.wait()
            self.close()
            return (
                f"took longer than {self._seconds:g} s of processor time"
                if code == -signal.SIGXCPU
                else "used more memory than is allowed, or made the evaluator fail"
            )
        return reply

    def _started(self) -> subprocess.Popen[bytes]:
        if self._served >= MOST_REQUESTS:
            self.close()
        if self._process is None:
            self._served = 0
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            _receive(self._process, START_SECONDS)
        self._served += 1
        return self._process


def _receive(process: subprocess.Popen[bytes], seconds: float) -> Message | None:
    """Read one message before the clock strikes.

    Raises
    ------
    TimeoutError
        When it does.
    """
    assert process.stdout is not None
    end = time.monotonic() + seconds
    pipe = process.stdout.fileno()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)

        def read(count: int) -> bytes:
            found = bytearray()
            while len(found) < count:
                left = end - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise TimeoutError
                piece = os.read(pipe, min(count - len(found), 1 << 20))
                if not piece:
                    break
                found += piece
            return bytes(found)

        return unpack(read)
