"""Publishes questions and papers: pages, files that platforms import, and print."""

from drill.publishing.formats import FORMATS, Format, by_suffix, format_named
from drill.publishing.published import (
    Known,
    Option,
    Published,
    PublishedPart,
    Variant,
    publish,
)
from drill.publishing.tolerance import accepted

__all__ = [
    "FORMATS",
    "Format",
    "Known",
    "Option",
    "Published",
    "PublishedPart",
    "Variant",
    "accepted",
    "by_suffix",
    "format_named",
    "publish",
]
