"""The worker: a process that runs programs under limits and knows nothing else."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

Message = dict[str, Any]
ADDRESS_SPACE = 1 << 30
CPU_SECONDS = 2


def main() -> None:
    """Answer requests on standard input until it ends."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["MKL_NUM_THREADS"] = "1"
    # Ctrl-C is the grader's to handle; it ends the worker by closing its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from drill.sandbox.wire import pack, unpack

    limit()
    out = sys.stdout.buffer
    out.write(pack({"ready": True}))
    out.flush()
    while (request := unpack(sys.stdin.buffer.read)) is not None:
        more_time()
        out.write(pack(answer(request)))
        out.flush()


def answer(request: Message) -> Message:
    """Check and run one program; what is wrong with it is part of the answer."""
    from drill.answer import read_program
    from drill.errors import LanguageError, UnreadableError
    from drill.sandbox.outcome import run_here

    try:
        program = read_program(
            request["source"],
            names=request["names"],
            form=request["form"],
            result=request["result"],
        )
    except LanguageError as error:
        place = {"line": error.line, "column": error.column}
        return {"refused": error.problem, **place}
    except UnreadableError as error:
        return {"refused": str(error), "line": 1, "column": 0}
    outcomes = run_here(program, request["cases"])
    return {
        "outcomes": [
            {"got": o.got, "error": o.error, "printed": o.printed} for o in outcomes
        ]
    }


def limit() -> None:
    """Take memory, files and core dumps away, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for name, value in (
        ("RLIMIT_AS", ADDRESS_SPACE),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NOFILE", 64),
    ):
        kind = getattr(resource, name, None)
        if kind is not None:
            try:
                resource.setrlimit(kind, (value, value))
            except (ValueError, OSError):
                continue


def more_time() -> None:
    """Allow the next request its own processor time; past it the kernel ends us."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, hard))


if __name__ == "__main__":
    main()
