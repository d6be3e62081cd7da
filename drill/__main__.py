"""The `drill` command: the environment is set here, before anything is imported."""

from __future__ import annotations

import gc
import os
import sys


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - pathlib is not needed so early
    except OSError:
        return ""  # the folder was removed under our feet


def main() -> None:
    """Run the command line; every way out of the program leads through here."""
    # Threads cost more than they bring on small arrays; only the command decides
    # this, never the library.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Starting makes thousands of functions and classes, and nothing to collect:
    # looking for it after every 700 took a tenth of the time.
    gc.set_threshold(10_000)
    from drill.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    # `python -m drill` puts the current folder first: a student's numpy.py would be
    # imported instead of numpy.
    if sys.path and sys.path[0] in ("", _here()):
        del sys.path[0]
    main()
