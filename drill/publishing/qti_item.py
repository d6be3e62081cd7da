"""One variant as an item of QTI 1.2, in the types of question that Canvas knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from drill.publishing import embedded, fields

if TYPE_CHECKING:
    from drill.publishing.published import PublishedPart, Variant

TYPES = {
    "integer": "numerical_question",
    "number": "numerical_question",
    "shape": "short_answer_question",
    "array": "fill_in_multiple_blanks_question",
    "choice": "multiple_choice_question",
    "choices": "multiple_answers_question",
    "expression": "essay_question",
}


def ident(*names: str) -> str:
    """Return a name as Canvas makes them, the same for the same thing."""
    return f"g{hashlib.sha256(' '.join(names).encode()).hexdigest()[:31]}"


def metadata(label: str, entry: str) -> str:
    """Write one field of metadata."""
    return (
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel>"
        f"<fieldentry>{escape(entry)}</fieldentry></qtimetadatafield>"
    )


def item(variant: Variant) -> Iterator[str]:
    """Write one variant."""
    ticket = str(variant.ticket)
    several = len(variant.parts) > 1
    (first, *_) = variant.parts
    kind = TYPES["array" if several else first.kind]
    yield f'<item ident="{ident("item", ticket)}" title="{escape(ticket)}">'
    yield "<itemmetadata><qtimetadata>"
    yield metadata("question_type", kind) + metadata("points_possible", "1")
    yield "</qtimetadata></itemmetadata>"
    if kind == TYPES["array"]:
        yield from _blanks(variant)
    elif first.options:
        yield from _options(variant, first)
    elif kind == TYPES["expression"]:
        yield _presentation(fields.asked(variant, first), _FIB.format(""))
        yield _processing([_condition("<other/>", "general_fb")])
    elif kind == TYPES["shape"]:
        yield from _spelled(variant, first)
    else:
        yield from _number(variant, first)
    yield from _feedback("general_fb", embedded.blocks(variant.solution))
    if kind == TYPES["expression"]:
        yield from _feedback("solution", embedded.listing(first.answer))
    elif kind in (TYPES["integer"], TYPES["array"]) and (
        wrong := "".join(map(_wrong, variant.parts))
    ):
        yield from _feedback("general_incorrect_fb", wrong)
    yield "</item>"


def _wrong(part: PublishedPart) -> str:
    """List the known wrong answers that have no feedback of their own."""
    rows = "".join(
        f"<li>{embedded.runs(answer)}: {embedded.runs(said)}</li>"
        for answer, said in part.explained
    )
    name = f" ({embedded.safe(part.name)})" if part.name else ""
    return f"<p>Was it one of these?{name}</p><ul>{rows}</ul>" if rows else ""


# Kinds

_FIB = (
    '<response_str ident="response1" rcardinality="Single"><render_fib{}>'
    '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str>'
)


def _number(variant: Variant, part: PublishedPart) -> Iterator[str]:
    allowed = part.target.tolerance
    right = float(part.target.reference[()])
    exact = fields.number(right, allowed)
    low, high = (fields.number(right + side, allowed) for side in (-allowed, allowed))
    within = (
        f'<or><varequal respident="response1">{exact}</varequal><and>'
        f'<vargte respident="response1">{low}</vargte>'
        f'<varlte respident="response1">{high}</varlte></and></or>'
    )
    yield _presentation(fields.asked(variant, part), _FIB.format(' fibtype="Decimal"'))
    yield _processing([_condition("<other/>", "general_fb"), _right(within), _OTHER])


def _spelled(variant: Variant, part: PublishedPart) -> Iterator[str]:
    right, conditions, notes = "", [_condition("<other/>", "general_fb")], []
    for place, (text, worth, said) in enumerate(fields.shape_answers(part)):
        matches = f'<varequal respident="response1">{escape(text)}</varequal>'
        if worth == "100":
            right += matches
        else:
            conditions.append(_condition(matches, f"{1000 + place}_fb"))
            notes += [*_feedback(f"{1000 + place}_fb", said)]
    yield _presentation(fields.asked(variant, part), _FIB.format(""))
    yield _processing([*conditions, _right(right), _OTHER])
    yield from notes


def _options(variant: Variant, part: PublishedPart) -> Iterator[str]:
    single = part.kind == "choice"
    labels, conditions, notes = "", [_condition("<other/>", "general_fb")], []
    wanted = ""
    for place, option in enumerate(part.options):
        name = str(1000 + place)
        labels += (
            f'<response_label ident="{name}">{_material(embedded.runs(option.runs))}'
        )
        labels += "</response_label>"
        matches = f'<varequal respident="response1">{name}</varequal>'
        if option.why:
            conditions.append(_condition(matches, f"{name}_fb"))
            notes += [
                *_feedback(f"{name}_fb", f"<p>{embedded.runs(option.why_runs)}</p>")
            ]
        if option.right:
            wanted += matches
        elif not single:
            wanted += f"<not>{matches}</not>"
    many = "Single" if single else "Multiple"
    yield _presentation(
        fields.asked(variant, part),
        f'<response_lid ident="response1" rcardinality="{many}"><render_choice>'
        f"{labels}</render_choice></response_lid>",
    )
    yield _processing(
        [*conditions, _right(wanted if single else f"<and>{wanted}</and>"), _OTHER]
    )
    yield from notes


def _blanks(variant: Variant) -> Iterator[str]:
    text, lids, conditions = embedded.blocks(variant.stem), "", []
    found = [
        (part, _cells(part, f"p{place + 1}"))
        for place, part in enumerate(variant.parts)
    ]
    many = sum(len(cells) for _, cells in found)
    for place, (part, cells) in enumerate(found):
        if len(variant.parts) > 1:
            text += f"<p><strong>Part {place + 1} of {len(variant.parts)}</strong></p>"
        text += embedded.blocks(part.prompt) + _lettered(part)
        text += _table(part, f"p{place + 1}")
        text += fields.told(_form(part))
        for name, answers in cells:
            labels = ""
            for number, answer in enumerate(answers):
                label = f"{name}_{number}"
                labels += f'<response_label ident="{label}">'
                labels += f"<material><mattext>{escape(answer)}</mattext></material>"
                labels += "</response_label>"
            lids += f'<response_lid ident="response_{name}">'
            lids += f"<material><mattext>{name}</mattext></material>"
            lids += f"<render_choice>{labels}</render_choice></response_lid>"
            conditions.append(
                "<respcondition><conditionvar>"
                f'<varequal respident="response_{name}">{name}_0</varequal>'
                f'</conditionvar><setvar varname="SCORE" action="Add">'
                f"{100 / many:.2f}</setvar></respcondition>"
            )
    yield _presentation(text, lids)
    yield _processing([_condition("<other/>", "general_fb"), *conditions, _OTHER])


def _lettered(part: PublishedPart) -> str:
    """List the options of a choice whose letter goes into a blank."""
    return "".join(
        f"<p>{option.letter}) {embedded.runs(option.runs)}</p>"
        for option in part.options
    )


def _form(part: PublishedPart) -> str:
    """Say how an answer is typed where texts are compared."""
    answer = part.target.part.answer
    where = " in each field" if part.kind == "array" else ""
    if part.kind not in ("array", "number"):
        return fields.form(part)
    if answer.decimals is None:
        return f"a whole number or a short decimal{where}"
    noun = "decimal" if answer.decimals == 1 else "decimals"
    return f"a number with exactly {answer.decimals} {noun}{where}"


def _cells(part: PublishedPart, name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the blanks of a part, each with the texts that are right in it."""
    reference = part.target.reference
    if part.kind == "shape":
        return [(name, fields.spellings(reference))]
    if part.options:
        letters = [option.letter for option in part.options if option.right]
        joined = (sign.join(letters) for sign in (", ", ",", " ", ""))
        return [(name, tuple(dict.fromkeys(joined)))]
    return [
        (_blank(name, place), fields.typed(part.target, float(reference[place])))
        for place in np.ndindex(reference.shape)
    ]


def _blank(name: str, place: tuple[int, ...]) -> str:
    return name + "".join(f"_{index}" for index in place)


def _table(part: PublishedPart, name: str) -> str:
    shape = part.target.reference.shape
    if part.kind == "shape" or part.options or not shape:
        return f"<p>[{name}]</p>"
    rows = shape if len(shape) > 1 else (1, *shape)
    made = []
    for lead in np.ndindex(*rows[2:]) if len(rows) > 2 else [()]:
        body = ""
        for row in range(rows[0]):
            places = (
                (row, column, *lead) if len(shape) > 1 else (column,)
                for column in range(rows[1])
            )
            cells = "".join(f"<td>[{_blank(name, place)}]</td>" for place in places)
            body += f"<tr>{cells}</tr>"
        named = f"<p>[..., {', '.join(map(str, lead))}]</p>" if lead else ""
        made.append(f"{named}<table><tbody>{body}</tbody></table>")
    return "".join(made)


# Pieces


def _material(html: str) -> str:
    text = escape(html, quote=False)
    return f'<material><mattext texttype="text/html">{text}</mattext></material>'


def _presentation(html: str, response: str) -> str:
    return f"<presentation>{_material(f'<div>{html}</div>')}{response}</presentation>"


def _processing(conditions: Sequence[str]) -> str:
    return (
        '<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE"'
        f' vartype="Decimal"/></outcomes>{"".join(conditions)}</resprocessing>'
    )


def _condition(matches: str, feedback: str) -> str:
    return (
        f'<respcondition continue="Yes"><conditionvar>{matches}</conditionvar>'
        f'<displayfeedback feedbacktype="Response" linkrefid="{feedback}"/>'
        "</respcondition>"
    )


def _right(matches: str) -> str:
    return (
        f'<respcondition continue="No"><conditionvar>{matches}</conditionvar>'
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )


_OTHER = _condition("<other/>", "general_incorrect_fb")


def _feedback(name: str, html: str) -> Iterator[str]:
    if html:
        yield f'<itemfeedback ident="{name}"><flow_mat>{_material(html)}</flow_mat>'
        yield "</itemfeedback>"
