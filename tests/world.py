"""The world that tests mean: whoever starts them, their programs find the same one."""

from __future__ import annotations

import os
import re
import signal
import time

# What a variable says about where programs are, and how a registry is reached, is
# true of this machine; everything else is said by whoever started the tests.
KEPT = re.compile(
    r"PATH|VIRTUAL_ENV|TMPDIR|LD_LIBRARY_PATH|SSL_CERT_\w+|\w+_CA_BUNDLE"
    r"|(https?|all|no)_proxy|(PIP|UV|PYTEST|HYPOTHESIS|COV|COVERAGE)_\w+",
    re.IGNORECASE,
)
SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT, signal.SIGTSTP)


def settle() -> None:
    """Make this process, and so its children, start from one known state."""
    for name in set(os.environ):
        if not KEPT.fullmatch(name):
            del os.environ[name]
    os.environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC"}
    time.tzset()
    os.umask(0o022)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
