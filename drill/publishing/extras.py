"""Packages that only some formats need: one sentence where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from drill.errors import UsageError


def needed(package: str, extra: str) -> Any:
    """Import a package, or say how to get it.

    Raises
    ------
    UsageError
        When it is not installed.
    """
    try:
        return import_module(package)
    except ImportError:
        raise UsageError(
            f"this format needs {package}: pip install 'exam-drill[{extra}]'"
        ) from None
