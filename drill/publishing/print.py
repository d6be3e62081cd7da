"""PDF by way of Typst, an optional package that needs no TeX."""

from __future__ import annotations

from drill.errors import UsageError
from drill.typesetting import typst

INSTALL = (
    "a PDF needs the package typst: install it with"
    " python -m pip install 'exam-drill[papers]', or write .html and print that"
)


def pdf(source: str) -> bytes:
    """Compile a document.

    Parameters
    ----------
    source : str
        In the notation of Typst, without the preamble of `drill.typesetting.typst`.

    Returns
    -------
    bytes
        The same for the same document.

    Raises
    ------
    UsageError
        When the package is missing.
    """
    try:
        from typst import compile as compiled
    except ImportError:
        raise UsageError(INSTALL) from None
    made = compiled((typst.PREAMBLE + source).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made
