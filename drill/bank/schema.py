"""The format of a bank file, field by field.

These classes are the schema: the loader checks files against them, the JSON
Schema for editors is generated from them, and nothing else describes the format.
A value that is a formula stays text here; `drill.bank.question` holds the checked
form that the rest of the program works with.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

FORMAT = 1

Id = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9-]{0,63}$",
        description="lower-case letters, digits and hyphens (at most 64)",
    ),
]
Name = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$",
        description="a letter, then letters, digits and underscores (at most 32)",
    ),
]
Text = Annotated[str, Meta(min_length=1, max_length=20_000)]
Group = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]{0,31}$",
        description="a lower-case word (at most 32 letters, digits and hyphens)",
    ),
]
Formula = Annotated[str, Meta(min_length=1, max_length=4_096)]
FormulaLike = Formula | int | float | bool
Scalar = int | float | bool | str
# A bank may come from anybody: what is computed for one instance has an end.
MANY = Meta(max_length=60)
Cells = Scalar | list[Scalar | list[Scalar]]
# Draw has a field named `int`, so the type needs another name inside that class.
Whole = int


class Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Anything in a bank file that has named fields."""


class Draw(Entry, frozen=True, kw_only=True):
    """How one name gets its value: exactly one of `int` and `one_of`.

    `int: [low, high]` draws integers, both ends included; `one_of: [...]` draws
    from a list (an item may itself be a list, which becomes an array, or text).
    With `shape` the draw is an array; with `distinct` its entries all differ.
    Bounds and sizes may be formulas of names drawn earlier.
    """

    int: Annotated[list[FormulaLike], Meta(min_length=2, max_length=2)] | UnsetType = (
        UNSET
    )
    one_of: Annotated[list[Cells], Meta(min_length=1)] | UnsetType = UNSET
    shape: FormulaLike | list[FormulaLike] | UnsetType = UNSET
    exclude: list[Whole] = []
    distinct: bool = False


class Mistake(Entry, frozen=True, kw_only=True):
    """A known wrong way: its value, and the sentence for whoever went it.

    With `must_differ` (the default) an instance in which the mistake gives the
    right answer is drawn again; without, the mistake is off for that instance.
    """

    value: FormulaLike
    say: Text
    must_differ: bool = True


class Option(Entry, frozen=True, kw_only=True):
    """One option of a choice: its text, whether it is right, and why."""

    text: Text
    right: FormulaLike = False
    why: Text | UnsetType = UNSET


class Integer(Entry, frozen=True, kw_only=True, tag_field="kind", tag="integer"):
    """A whole number, exactly.

    With `calculation: false`, here and below, a reply such as `(30 - 3)//2 + 1` is
    not worked out: the arithmetic is the point.
    """

    value: FormulaLike
    calculation: bool = True


class Shape(Entry, frozen=True, kw_only=True, tag_field="kind", tag="shape"):
    """The shape of an array, exactly."""

    value: FormulaLike


class Number(Entry, frozen=True, kw_only=True, tag_field="kind", tag="number"):
    """A number: exact, to `decimals` places, or within a `relative` share."""

    value: FormulaLike
    decimals: Annotated[int, Meta(ge=0, le=12)] | UnsetType = UNSET
    relative: Annotated[float, Meta(gt=0, lt=0.1)] | UnsetType = UNSET
    percent: bool = False
    calculation: bool = True


class Array(Entry, frozen=True, kw_only=True, tag_field="kind", tag="array"):
    """An array, entry by entry: exact, or as for a number.

    A vector may be given as a row or a column unless `strict`.
    """

    value: FormulaLike
    decimals: Annotated[int, Meta(ge=0, le=12)] | UnsetType = UNSET
    relative: Annotated[float, Meta(gt=0, lt=0.1)] | UnsetType = UNSET
    strict: bool = False
    calculation: bool = True


class Choice(Entry, frozen=True, kw_only=True, tag_field="kind", tag="choice"):
    """One option of several.

    Either `options` (one right, the others with their reasons), or `value` with
    `distractors`, the names of mistakes whose values become the wrong options.
    `show` says how many options are dealt; their order is drawn.  Several options
    may be right when `show` always leaves all but one of them out.  With `ordered`
    they keep the file's order (for "error", "yes", "no").
    """

    options: Annotated[list[Option], MANY] = []
    value: FormulaLike | UnsetType = UNSET
    distractors: Annotated[list[str], MANY] = []
    show: Annotated[int, Meta(ge=2, le=9)] | UnsetType = UNSET
    ordered: bool = False


class Choices(Entry, frozen=True, kw_only=True, tag_field="kind", tag="choices"):
    """Every right option of several: select all that apply."""

    options: Annotated[list[Option], Meta(min_length=2, max_length=60)]
    show: Annotated[int, Meta(ge=2, le=9)] | UnsetType = UNSET


class Expression(Entry, frozen=True, kw_only=True, tag_field="kind", tag="expression"):
    """A formula or numpy lines, run on hidden draws.

    `names` are the drawn names that the learner may use; `result` is the name the
    answer should be assigned to; `cases` fix some drawn names, one hidden draw for
    each; `form` chooses the dialect.
    """

    value: Formula
    names: Annotated[list[str], Meta(min_length=1, max_length=60)]
    result: str | UnsetType = UNSET
    form: Literal["numpy", "formula"] = "numpy"
    cases: Annotated[list[dict[str, Cells]], Meta(max_length=20)] = []
    relative: Annotated[float, Meta(gt=0, lt=0.1)] = 1e-6
    stable: dict[str, Cells] | UnsetType = UNSET
    starter: Text | UnsetType = UNSET


Answer = Integer | Shape | Number | Array | Choice | Choices | Expression


WalkCall = Annotated[
    dict[str, Annotated[dict[str, FormulaLike], MANY]],
    Meta(min_length=1, max_length=1),
]


class Part(Entry, frozen=True, kw_only=True):
    """One step of a question with several; later formulas may use its name.

    `walk` is as for a question.
    """

    name: Name
    ask: Text
    answer: Answer
    cross_check: Formula | UnsetType = UNSET
    mistakes: Annotated[dict[str, Mistake], MANY] = {}
    hints: Annotated[list[Text], Meta(max_length=9)] = []
    walk: WalkCall | UnsetType = UNSET


class Question(Entry, frozen=True, kw_only=True):
    """One question; either `answer` (with its checks) or several `parts`.

    `ties` lists the names of `draw` and `let` in which a tie or a kink (equal
    largest entries, a zero where a slope jumps) is meant to come up, because the
    prompt says what holds there.  `walk` names the function that shows the solution
    step by step, with its arguments: `{conv2d: {x: X, w: K}}`; or names with formulas,
    worked out in turn: `{formulas: {mu: np.mean(z), answer: z - mu}}`.
    """

    id: Id
    skill: Id
    ask: Text
    solution: Text
    level: Annotated[int, Meta(ge=1, le=3)] = 1
    minutes: Annotated[float, Meta(gt=0, le=60)] = 2.0
    was: Annotated[list[Id], MANY] = []
    draw: Annotated[dict[str, Draw], MANY] = {}
    let: Annotated[dict[str, FormulaLike], MANY] = {}
    require: Annotated[list[Formula], MANY] = []
    ties: Annotated[list[Name], MANY] = []
    answer: Answer | UnsetType = UNSET
    cross_check: Formula | UnsetType = UNSET
    mistakes: Annotated[dict[str, Mistake], MANY] = {}
    hints: Annotated[list[Text], Meta(max_length=9)] = []
    parts: Annotated[list[Part], Meta(min_length=2, max_length=6)] | UnsetType = UNSET
    walk: WalkCall | UnsetType = UNSET


class Topic(Entry, frozen=True, kw_only=True):
    """A bank file: one topic and its questions.

    `group` is what lists put it under, and a name for all of its topics at once.
    `functions` defines functions, in the language of formulas with loops and
    `return`, for every formula of the file: `def area(b): …`, as one block of text.
    """

    format: int
    topic: Id
    title: Text
    group: Group | UnsetType = UNSET
    summary: Text | UnsetType = UNSET
    conventions: Text | UnsetType = UNSET
    functions: Text | UnsetType = UNSET
    questions: Annotated[list[Question], Meta(min_length=1, max_length=200)]
