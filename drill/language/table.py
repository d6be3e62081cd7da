"""The two tables: what a learner may name, and what the bank may."""

from __future__ import annotations

from dataclasses import replace

from drill.language.function import Table
from drill.language.rows import ALIASES, ALSO_METHODS, BUILTINS, CONSTANTS, GROUPS
from drill.language.rows import METHODS as OWN_METHODS

_ROWS = {row.name: row for _, rows in GROUPS for row in rows}
_FUNCTIONS = _ROWS | {alias: _ROWS[name] for alias, name in ALIASES.items()}
_METHODS = {name: _ROWS[name] for name in ALSO_METHODS}
_METHODS |= {row.name: row for row in OWN_METHODS}

LEARNER = Table(
    "learner",
    functions=_FUNCTIONS,
    builtins={row.name: row for row in BUILTINS},
    methods=_METHODS,
    constants=CONSTANTS,
)
BANK = replace(LEARNER, name="bank", text=True)
