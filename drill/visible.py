"""Foreign text made safe to show."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def shown(text: str, limit: int = 200, *, block: bool = False) -> str:
    """Make every hidden character of `text` visible, and cut it at `limit`."""
    cut = text[:limit]
    if not block:
        cut = cut.replace("\n", "\\n").replace("\t", "\\t")
    cut = _HIDDEN.sub(lambda m: _escape(m[0]), cut)
    left = len(text) - limit
    return f"{cut} … ({left} more characters)" if left > 0 else cut


def _escape(sign: str) -> str:
    code = ord(sign)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
