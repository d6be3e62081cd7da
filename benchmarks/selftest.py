"""The self-test beside bare numpy that computes the same arrays, in the same run.

Run ``python benchmarks/selftest.py [SEEDS] [TOPIC…]``.  The floor evaluates, with plain
Python and numpy, what each instance's answer and known mistakes come to, from values
that are drawn already: no draw, no reading, no grading, no rule.
"""

from __future__ import annotations

import builtins
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402

from drill import oracle, solver  # noqa: E402
from drill.bank import Bank, Question, load_bank  # noqa: E402
from drill.drawing import draw  # noqa: E402
from drill.selftest import Plan, certify_bank  # noqa: E402

BARE = {
    **vars(builtins),
    **{n: getattr(np, n) for n in ("sqrt", "exp", "log", "tanh", "mean", "prod")},
    **{n: getattr(oracle, n) for n in oracle.__all__},
    **{n: getattr(solver, n) for n in solver.__all__},
    "np": np,
}


def formulas(question: Question) -> Iterator[CodeType]:
    """Yield what is computed of a question, as Python code; programs are left out."""
    for part in question.parts:
        programs = [part.answer.value, *(mistake.value for mistake in part.mistakes)]
        for program in programs:
            if program is None or part.answer.kind == "expression":
                continue
            try:
                yield compile(program.source.strip(), question.id, "eval")
            except SyntaxError:
                continue


def floor(bank: Bank, seeds: int) -> tuple[float, int, int]:
    """Return the seconds of the bare formulas, how many there were, and failed."""
    work: list[tuple[CodeType, dict[str, Any]]] = []
    for question in bank.questions:
        codes = list(formulas(question))
        for seed in range(seeds):
            values = dict(draw(question, seed).values)
            work += [(code, {**BARE, **values}) for code in codes]
    failed = 0
    start = time.perf_counter()
    for code, names in work:
        try:
            np.asarray(eval(code, names))
        except Exception:
            failed += 1
    return time.perf_counter() - start, len(work), failed


def main() -> None:
    """Print both, and the ratio."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    bank = load_bank(None, sys.argv[2:] or None)
    place = Path(bank.questions[0].where.file).parent
    start = time.perf_counter()
    records = list(certify_bank(bank, Plan((place,), seeds, jobs=1)))
    took = time.perf_counter() - start
    instances = sum(record.instances for record in records)
    np.seterr(all="ignore")
    bare, count, failed = floor(bank, seeds)
    print(
        f"self-test: {instances:,} instances in {took:.1f} s with one process,"
        f" {instances / took:.0f} a second"
    )
    print(
        f"bare numpy: their {count:,} answers and mistakes in {bare:.2f} s"
        f" ({failed:,} undefined), {instances / bare:,.0f} instances a second"
    )
    print(f"the self-test takes {took / bare:.1f} times as long")


if __name__ == "__main__":
    main()
