"""The JSON Schema of a bank file, for editors that check while one types.

``python -m drill.bank.json_schema > docs/bank.schema.json`` writes it anew.
"""

from __future__ import annotations

import json
import sys
from inspect import cleandoc
from typing import Any

import msgspec

from drill.bank import schema


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `drill.bank.schema.Topic`.

    It says less than the loader checks: formulas are only text to it.
    """
    made = _dedented(msgspec.json.schema(schema.Topic))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A bank file of drill, format {schema.FORMAT}",
        **made,
    }


def _dedented(node: Any) -> Any:
    """Write descriptions alike everywhere: Python 3.13 dedents docstrings itself."""
    if isinstance(node, dict):
        return {
            key: cleandoc(value)
            if key == "description" and isinstance(value, str)
            else _dedented(value)
            for key, value in node.items()
        }
    return [_dedented(one) for one in node] if isinstance(node, list) else node


def rendered() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(rendered())
