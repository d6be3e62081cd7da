"""PDF by way of Typst, an optional package that needs no TeX."""

from __future__ import annotations

from drill.extras import needed
from drill.typesetting import typst


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
    package = needed("typst", "papers", "a PDF", "or write .html and print that")
    made = package.compile((typst.PREAMBLE + source).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made
