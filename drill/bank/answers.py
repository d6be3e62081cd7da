"""Answers, checked: what is asked for, its options and its known mistakes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import UNSET

from drill.bank import schema
from drill.bank.document import Path, nearest, quoted
from drill.bank.draws import constant
from drill.bank.formulas import Formulas, Names, Scope, nothing, same
from drill.bank.question import Answer, Constant, Mistake, Option
from drill.language import Program


def given(value: Any) -> Any:
    """Return a field's value, or None when the file leaves it out."""
    return None if value is UNSET else value


def compose_answer(
    entry: schema.Answer,
    scope: Scope,
    mistakes: Mapping[str, schema.Mistake],
    path: Path,
    formulas: Formulas,
) -> Answer:
    """Check one answer.

    Parameters
    ----------
    entry : schema.Answer
    scope : Scope
        What its formulas may read; the cases of an expression fix draws.
    mistakes : mapping
        The mistakes of the same part, which a choice may deal as options.
    path : tuple
    formulas : Formulas
    """
    names = scope.names
    if isinstance(entry, schema.Choice):
        return _choice(entry, names, mistakes, path, formulas)
    if isinstance(entry, schema.Choices):
        options = _options(entry.options, names, (*path, "options"), formulas)
        _check_options("choices", options, given(entry.show), path, formulas)
        return Answer("choices", options=options, show=given(entry.show))
    if isinstance(entry, schema.Expression):
        return _expression(entry, scope, path, formulas)
    value = formulas.formula(entry.value, names, (*path, "value"))
    if isinstance(entry, schema.Integer):
        return Answer("integer", value, calculation=entry.calculation)
    if isinstance(entry, schema.Shape):
        return Answer("shape", value)
    decimals, relative = given(entry.decimals), given(entry.relative)
    if decimals is not None and relative is not None:
        formulas.problems.add(path, "give 'decimals' or 'relative', not both")
    if isinstance(entry, schema.Number):
        return Answer(
            "number",
            value,
            decimals=decimals,
            relative=relative,
            percent=entry.percent,
            calculation=entry.calculation,
        )
    return Answer(
        "array",
        value,
        decimals=decimals,
        relative=relative,
        strict=entry.strict,
        calculation=entry.calculation,
    )


def _choice(
    entry: schema.Choice,
    names: Names,
    mistakes: Mapping[str, schema.Mistake],
    path: Path,
    formulas: Formulas,
) -> Answer:
    problems = formulas.problems
    show = given(entry.show)
    made = entry.value is not UNSET or bool(entry.distractors)
    if made == bool(entry.options):
        problems.add(
            path, "a choice has either 'options', or a 'value' with 'distractors'"
        )
        made = False
    options = _options(entry.options, names, (*path, "options"), formulas)
    if not made:
        if options:
            _check_options("choice", options, show, path, formulas)
        return Answer("choice", options=options, show=show, ordered=entry.ordered)
    value = None
    if entry.value is UNSET:
        problems.add(path, "missing key 'value': the right option")
    else:
        value = formulas.formula(entry.value, names, (*path, "value"))
    if not entry.distractors:
        problems.add(
            path, "missing key 'distractors': mistakes that make wrong options"
        )
    for place, name in enumerate(entry.distractors):
        where = (*path, "distractors", place)
        if name not in mistakes:
            near = nearest(name, mistakes)
            problems.add(where, f"there is no mistake {quoted(name)}{near}")
        elif name in entry.distractors[:place]:
            problems.add(where, f"the distractor {quoted(name)} is given twice")
    count = 1 + len(entry.distractors)
    if show is not None and show > count:
        problems.add((*path, "show"), f"cannot show {show} of {count} options")
    if entry.ordered:
        problems.add(
            (*path, "ordered"),
            "'ordered' would put the right option first; it belongs to 'options'",
        )
    return Answer("choice", value, distractors=tuple(entry.distractors), show=show)


def _options(
    entries: list[schema.Option], names: Names, path: Path, formulas: Formulas
) -> tuple[Option, ...]:
    options = []
    seen: dict[str, int] = {}
    for place, entry in enumerate(entries):
        where = (*path, place)
        text = " ".join(entry.text.split())
        if seen.setdefault(text, place) != place:
            formulas.problems.add(
                (*where, "text"), f"says the same as option {seen[text] + 1}"
            )
        why = given(entry.why)
        option = Option(
            text=formulas.prose(entry.text, names, (*where, "text")),
            right=formulas.formula(entry.right, names, (*where, "right")),
            why=None if why is None else formulas.prose(why, names, (*where, "why")),
        )
        sure = always(option.right, (*where, "right"), formulas)
        if why is None and sure is not True and option.right is not nothing():
            formulas.problems.add(
                where, "missing key 'why': what to say to whoever picks it wrongly"
            )
        options.append(option)
    return tuple(options)


def always(program: Program, path: Path, formulas: Formulas) -> bool | None:
    """Return a constant truth value; None when it depends on the draw."""
    if formulas.trusted or program.names or program is nothing():
        return None
    value = formulas.constant(program, path)
    return bool(value) if isinstance(value, bool | int | float) else None


def _check_options(
    kind: str,
    options: tuple[Option, ...],
    show: int | None,
    path: Path,
    formulas: Formulas,
) -> None:
    problems = formulas.problems
    where = (*path, "options")
    right = [
        always(option.right, (*where, place, "right"), formulas)
        for place, option in enumerate(options)
    ]
    sure, known = right.count(True), None not in right
    wrong = len(options) - sure
    if known and not sure:
        problems.add(where, "at least one option must be right")
    # One right option of several is dealt, if enough wrong ones go with it.
    if kind == "choice" and sure > 1 and (show is None or show > wrong + 1):
        problems.add(
            where,
            f"one option of a choice is right, not {sure}; or let 'show' deal at most"
            f" {wrong + 1} of them",
        )
    if (known and sure == len(options)) or len(options) < 2:
        problems.add(where, "at least one option must be wrong")
    if show is not None and show > len(options):
        problems.add((*path, "show"), f"cannot show {show} of {len(options)} options")


def _expression(
    entry: schema.Expression,
    scope: Scope,
    path: Path,
    formulas: Formulas,
) -> Answer:
    own = list(dict.fromkeys(entry.names))
    for place, name in enumerate(entry.names):
        where = (*path, "names", place)
        if name not in scope.made:
            problem = (
                f"there is no draw or let {quoted(name)}{nearest(name, scope.made)}"
            )
            formulas.problems.add(where, problem)
        elif name in entry.names[:place]:
            formulas.problems.add(where, f"the name {quoted(name)} is given twice")
    formulas.used.update(own)
    result = given(entry.result)
    if result is not None and not result.isidentifier():
        formulas.problems.add(
            (*path, "result"),
            f"{quoted(result)} is no name to assign to; write a letter first",
        )
        result = None
    stable = given(entry.stable)
    return Answer(
        "expression",
        formulas.formula(
            entry.value,
            own,
            (*path, "value"),
            statements=True,
            formula=entry.form == "formula",
            result=result,
        ),
        relative=entry.relative,
        names=tuple(own),
        result=result,
        form=entry.form,
        cases=tuple(
            _case(case, scope.drawn, (*path, "cases", place), formulas)
            for place, case in enumerate(entry.cases)
        ),
        stable=(
            None
            if stable is None
            else _case(stable, scope.drawn, (*path, "stable"), formulas)
        ),
        starter=given(entry.starter),
    )


def _case(
    case: Mapping[str, Any], drawn: Names, path: Path, formulas: Formulas
) -> Mapping[str, Constant]:
    for name in case:
        if name not in drawn:
            near = nearest(name, drawn)
            formulas.problems.add(
                (*path, name), f"there is no draw {quoted(name)}{near}"
            )
    return {
        name: constant(value, (*path, name), formulas) for name, value in case.items()
    }


def compose_mistakes(
    entries: Mapping[str, schema.Mistake],
    answer: Answer,
    names: Names,
    path: Path,
    formulas: Formulas,
) -> tuple[Mistake, ...]:
    """Check the mistakes of one part; those of an expression are programs as it is."""
    expression = answer.kind == "expression"
    readable: Collection[str] = answer.names if expression else names
    mistakes = []
    for name, entry in entries.items():
        where = (*path, name)
        value = formulas.formula(
            entry.value,
            readable,
            (*where, "value"),
            statements=expression,
            formula=answer.form == "formula",
            result=answer.result,
        )
        if same(value, answer.value):
            formulas.problems.add(
                (*where, "value"), "a mistake cannot be the answer's own formula"
            )
        say = formulas.prose(entry.say, names, (*where, "say"))
        mistakes.append(Mistake(name, value, say, entry.must_differ))
    return tuple(mistakes)
