"""What a formula or a program may cost, decided before the work is done."""

from __future__ import annotations

MAX_CHARACTERS = 4_096
MAX_PROGRAM = 16_384
MAX_LINES = 200
MAX_NODES = 600
MAX_PARTS = 2_000
MAX_DEPTH = 48
MAX_LITERAL = 2**63
MAX_CELLS = 1_000_000
MAX_WORK = 20_000_000
MAX_AXES = 8
MAX_BITS = 1_024
MAX_ITEMS = 10_000
MAX_JOINED = 1_000
