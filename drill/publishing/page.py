"""Pages of HTML: one file each, with nothing from the network."""

from __future__ import annotations

from collections.abc import Iterable

from drill.typesetting import html

STYLE = """
body { font: 11pt/1.5 Georgia, 'Times New Roman', serif; margin: 2.5em auto;
  max-width: 44em; padding: 0 1em; color: #111; background: #fff; }
h1 { font-size: 1.5em; margin: 0 0 .4em; }
p { margin: .5em 0; }
ol.options { list-style: lower-alpha; margin: .5em 0; padding-left: 2.2em; }
ol.options li { margin: .2em 0; }
.quiet { color: #555; font-size: .9em; }
dt { margin-top: .4em; }
dd { margin-left: 1.5em; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


def page(title: str, body: Iterable[str], style: str = "") -> str:
    """Write a whole page.

    Parameters
    ----------
    title : str
        Plain text.
    body : iterable of str
        HTML, each in lines of its own.
    style : str
        What is added to the style of all pages.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.safe(title)}</title>\n<style>{STYLE}{html.STYLE}{style}</style>\n"
        "</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )
