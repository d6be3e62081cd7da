"""Packages that few need, and that are installed when they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from drill.errors import UsageError


def needed(package: str, extra: str, what: str, instead: str = "") -> Any:
    """Import a package, or say how to get it.

    Parameters
    ----------
    package, extra : str
        What is imported, and the extra of this program that installs it.
    what : str
        What needs it.
    instead : str
        What can be done without.

    Raises
    ------
    UsageError
        When it is not installed.

    Examples
    --------
    >>> needed("no_such_package", "papers", "a PDF", "or write .html")
    Traceback (most recent call last):
    drill.errors.UsageError: a PDF needs the package no_such_package: python -m pip
    install 'exam-drill[papers]', or write .html
    """
    try:
        return import_module(package)
    except ImportError:
        more = f", {instead}" if instead else ""
        raise UsageError(
            f"{what} needs the package {package}: python -m pip install"
            f" 'exam-drill[{extra}]'{more}"
        ) from None
