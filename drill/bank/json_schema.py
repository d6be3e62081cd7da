"""The JSON Schema of a bank file, for editors that check while one types.

``python -m drill.bank.json_schema > docs/bank.schema.json`` writes it anew.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec

from drill.bank import schema


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `drill.bank.schema.Topic`.

    It says less than the loader checks: formulas are only text to it.
    """
    made = msgspec.json.schema(schema.Topic)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A bank file of drill, format {schema.FORMAT}",
        **made,
    }


def rendered() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(rendered())
