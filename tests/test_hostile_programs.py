"""Programs with loops that want too much: stopped or refused, with nothing reached."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pytest
from hostile_programs import DEEP, ENDLESS, GROWING, REACHING

from drill.errors import EvaluationError, LanguageError
from drill.language import BANK, LEARNER, define, parse, run

M = np.arange(6.0).reshape(2, 3)
PATIENCE = 2.0
"""Seconds of processor time: far above what each takes, far below not ending."""
MEMORY = 200 * 2**20


def attempt(source: str) -> LanguageError:
    """Run a program; return how it failed."""
    with pytest.raises(LanguageError) as caught:
        run(parse(source, names=["M"], table=LEARNER, statements=True), {"M": M})
    error = caught.value
    assert len(error.problem) < 300
    assert error.problem.isprintable()
    return error


@pytest.mark.parametrize("source", [*ENDLESS, *GROWING], ids=ascii)
def test_what_wants_too_much_is_stopped(source: str) -> None:
    """It fails as it runs, with its line, while the rest of the machine is left alone."""
    start = time.process_time()

    error = attempt(source)

    assert time.process_time() - start < PATIENCE
    assert isinstance(error, EvaluationError)
    assert 1 <= error.line <= source.count("\n") + 1


@pytest.mark.parametrize("source", GROWING[::3], ids=ascii)
def test_what_grows_is_stopped_in_little_memory(source: str) -> None:
    """Containers grow only as far as the budget pays for them."""
    tracemalloc.start()
    try:
        attempt(source)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("source", REACHING, ids=ascii)
def test_what_reaches_out_reaches_nothing(source: str) -> None:
    """No attribute, module, file or frame: most are refused before anything runs."""
    before = M.copy()

    attempt(source)

    assert np.array_equal(M, before)


@pytest.mark.parametrize("source", DEEP, ids=lambda text: ascii(text)[:40])
def test_what_is_deep_or_long_is_refused(source: str) -> None:
    """Before it is run, and before Python's own stack is at its end."""
    start = time.process_time()

    error = attempt(source)

    assert time.process_time() - start < PATIENCE
    assert not isinstance(error, EvaluationError)


@pytest.mark.parametrize("source", REACHING, ids=ascii)
def test_a_banks_function_reaches_nothing_either(source: str) -> None:
    """The same texts in `functions:` of a bank are refused or fail as they are called."""
    body = "\n".join(f"    {line}" for line in source.split("\n"))

    with pytest.raises(LanguageError):
        table, _ = define(f"def h(M):\n{body}", BANK)
        run(parse("h(M)", names=["M"], table=table), {"M": M})
