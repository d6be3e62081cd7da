"""GIFT: Moodle's format in plain text, which others read too.

It has no field for a matrix entry, so questions whose answer is a matrix, or that have
several parts, are left out; the format ``moodle`` holds them.

Written after Moodle's own reader (moodle/moodle: ``question/format/gift/format.php``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drill.publishing import embedded, fields
from drill.publishing.tolerance import accepted

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.published import Published, PublishedPart, Variant

SUFFIX = ".gift"
# A colon begins a tolerance, the others an answer, its feedback or its end.
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\#=~{}:"} | {"\n": "\\n"})


def carries(question: Question) -> str:
    """Say why the format cannot hold a question; empty where it can."""
    if len(question.parts) > 1:
        return "it has several parts, and GIFT has one answer"
    if question.parts[0].answer.kind == "array":
        return "its answer is an array, and GIFT has no field for each entry"
    return ""


def refused(variant: Variant) -> str:
    """Say why a variant cannot be published; empty where it can."""
    return fields.untypable(variant) or accepted(variant, lambda t: t.tolerance)


def without(variant: Variant) -> Iterator[str]:
    """Yield what of a variant is not carried."""
    if variant.hinted:
        yield "hints"
    if any(part.kind == "expression" for part in variant.parts):
        yield "grading of programs: a person marks them"


def write(found: Sequence[Published]) -> bytes:
    """Write the questions, each on a line of its own."""
    lines = []
    for one in found:
        question = one.question
        lines.append(f"$CATEGORY: $course$/top/drill/{question.topic}/{question.id}")
        lines += [_question(variant) for variant in one.variants]
    return ("\n\n".join(lines) + "\n").encode()


def safe(text: str) -> str:
    r"""Write a text so that no character of it belongs to the format.

    Examples
    --------
    >>> print(safe("a{b}=c"))
    a\{b\}\=c
    """
    return text.translate(_SIGNS)


def _question(variant: Variant) -> str:
    (part,) = variant.parts
    prompt = fields.asked(variant, part)
    solution = safe(embedded.blocks(variant.solution))
    answers = _ANSWERS[part.kind](part)
    name = safe(str(variant.ticket))
    return f"::{name}::[html]{safe(prompt)}{{{answers}####{solution}}}"


def _numerical(part: PublishedPart) -> str:
    allowed = part.target.tolerance
    right = fields.number(float(part.target.reference[()]), allowed)
    found = [f"=%100%{right}:{fields.margin(allowed)}"]
    for wrong in fields.wrong_values(part):
        value = fields.number(wrong.value, wrong.tolerance)
        said = safe("".join(f"<p>{embedded.runs(one)}</p>" for one in wrong.said))
        found.append(f"=%0%{value}:{fields.margin(wrong.tolerance)}#{said}")
    return "#" + "".join(found)


def _shape(part: PublishedPart) -> str:
    return "".join(
        f"=%{share}%{safe(text)}" + (f"#{safe(said)}" if said else "")
        for text, share, said in fields.shape_answers(part)
    )


def _choice(part: PublishedPart) -> str:
    found = []
    for option, worth in fields.shares(part):
        text = safe(embedded.runs(option.runs))
        why = f"#{safe(embedded.runs(option.why_runs))}" if option.why else ""
        alone = part.kind == "choice"
        start = "=" if alone and option.right else "~" if alone else f"~%{worth}%"
        found.append(f"{start}{text}{why}")
    return "".join(found)


def _essay(part: PublishedPart) -> str:
    return ""


_ANSWERS = {
    "integer": _numerical,
    "number": _numerical,
    "shape": _shape,
    "choice": _choice,
    "choices": _choice,
    "expression": _essay,
}
