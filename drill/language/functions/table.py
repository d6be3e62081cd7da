"""The two tables: what a learner may name, and what the bank may."""

from __future__ import annotations

from dataclasses import replace

from drill.language.functions.entries import (
    ALIASES,
    ALSO_METHODS,
    BUILTINS,
    CONSTANTS,
    GROUPS,
    LEARNERS_OWN,
    METHODS,
)
from drill.language.functions.function import Function, Table


def _named(rows: tuple[Function, ...]) -> dict[str, Function]:
    return {row.name: row for row in rows}


_ROWS = _named(tuple(row for rows in GROUPS.values() for row in rows))

LEARNER = Table(
    "learner",
    functions=_ROWS | {alias: _ROWS[name] for alias, name in ALIASES.items()},
    builtins=_named(BUILTINS + LEARNERS_OWN),
    methods={name: _ROWS[name] for name in ALSO_METHODS} | _named(METHODS),
    constants=CONSTANTS,
)
BANK = replace(LEARNER, name="bank", builtins=_named(BUILTINS), text=True)
