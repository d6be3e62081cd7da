"""Records the golden tickets: run it only when a draw was changed on purpose."""

from __future__ import annotations

import json
from pathlib import Path

from drill.bank import load_bank
from drill.drawing import draw, inline

SEEDS = (7,)


def main() -> None:
    """Write tests/golden.json."""
    golden = {}
    for question in load_bank().questions:
        for seed in SEEDS:
            instance = draw(question, seed)
            golden[str(instance.ticket)] = {
                name: inline(value) for name, value in instance.values.items()
            }
    text = json.dumps(golden, indent=1, ensure_ascii=True)
    (Path(__file__).parent / "golden.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
