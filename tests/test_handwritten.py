"""Programs with loops and functions: Python's verdict on each, and ours, are the same."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from handwritten import RIGHT, WRONG

import drill
from drill.classroom import grade_text
from drill.drawing import Instance
from drill.grading import Verdict, inputs, judge
from drill.sandbox import Outcome

BANK = drill.load(None)


@cache
def instance(question: str) -> Instance:
    """Return one instance of a question."""
    return drill.draw(BANK[question], 7)


def unfenced(text: str) -> str:
    """Take a fence and prompts off, as Python would not."""
    lines = [line.removeprefix(">>> ") for line in text.strip().split("\n")]
    return "\n".join(line for line in lines if not line.startswith("```"))


def by_python(text: str, values: Mapping[str, Any], result: str | None) -> Any:
    """Return what Python and numpy themselves make of a program."""
    tree = ast.parse(unfenced(text))
    names: dict[str, Any] = {
        name: value.copy() if isinstance(value, np.ndarray) else value
        for name, value in values.items()
    }
    given = list(names.values())
    names |= {"np": np, "math": math}
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.Assign([ast.Name("value_", ast.Store())], last.value)
    exec(compile(ast.fix_missing_locations(tree), "program", "exec"), names)
    found = names.get(result or "", names.get("value_"))
    if isinstance(last, ast.FunctionDef):
        found = names[last.name]
    if isinstance(last, ast.Assign) and found is None:
        target = last.targets[0]
        assert isinstance(target, ast.Name)
        found = names[target.id]
    return found(*given) if callable(found) else found


def python_outcomes(question: str, text: str) -> list[Outcome]:
    """Run a program on every case of a question by Python itself."""
    target = instance(question).targets[0]
    outcomes = []
    for values in inputs(target):
        order = {name: values[name] for name in target.part.answer.names}
        with np.errstate(all="ignore"):
            got = np.array(by_python(text, order, target.part.answer.result))
        outcomes.append(Outcome(got.astype(np.int64) if got.dtype == bool else got))
    return outcomes


def verdict(question: str, text: str) -> Verdict:
    """Grade what Python makes of a program."""
    return judge(instance(question), 0, python_outcomes(question, text))


RIGHT_ROWS = [
    pytest.param(question, text, id=f"{question}-{number}")
    for question, texts in RIGHT.items()
    for number, text in enumerate(texts)
]
WRONG_ROWS = [
    pytest.param(question, text, name, id=f"{question}-{name}")
    for question, rows in WRONG.items()
    for text, name in rows
]


@pytest.mark.parametrize(("question", "text"), RIGHT_ROWS)
def test_python_says_that_it_is_right(question: str, text: str) -> None:
    """Every program of the table is right when Python runs it."""
    assert verdict(question, text).right


@pytest.mark.parametrize(("question", "text", "name"), WRONG_ROWS)
def test_python_makes_the_mistake(question: str, text: str, name: str) -> None:
    """Every wrong program of the table makes its mistake when Python runs it."""
    found = verdict(question, text)
    assert not found.right
    assert name in [mistake.name for mistake in found.mistakes]


@pytest.mark.parametrize(("question", "text"), RIGHT_ROWS)
def test_it_is_right_here_too(question: str, text: str) -> None:
    """Our own evaluator takes each and finds it right."""
    assert grade_text(instance(question), 0, text, {}).right


@pytest.mark.parametrize(("question", "text", "name"), WRONG_ROWS)
def test_the_mistake_is_named_here_too(question: str, text: str, name: str) -> None:
    """Our own evaluator takes each and names its mistake, like Python's."""
    found = grade_text(instance(question), 0, text, {})
    assert not found.right
    assert name in [mistake.name for mistake in found.mistakes]
