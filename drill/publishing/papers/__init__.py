"""Exam papers, their keys and marking sheets, as PDF, HTML or Markdown."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from drill.publishing.papers.sheet import (
    Sheet,
    Table,
    key_sheet,
    marking_table,
    paper_sheet,
)

__all__ = ["PAGES", "WRITTEN", "Sheet", "Table", "key_sheet", "marking_table",
           "paper_sheet", "write"]  # fmt: skip

WRITTEN = {".md": "markdown", ".html": "html", ".pdf": "typst"}
"""What a file's ending stands for, and the module that writes it."""
PAGES = ("A4", "Letter")


def write(sheet: Sheet | Table, suffix: str, page: str = "A4") -> bytes:
    """Write a sheet.

    Parameters
    ----------
    sheet : Sheet or Table
    suffix : str
        One of `WRITTEN`.
    page : str
        One of `PAGES`.

    Raises
    ------
    UsageError
        When a PDF is wanted and the package for it is missing.
    """
    module = import_module(f"drill.publishing.papers.{WRITTEN[suffix]}")
    return cast(bytes, module.write(sheet, page))
