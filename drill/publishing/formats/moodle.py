"""Moodle XML: a category for each question, from which a quiz picks a variant.

A number is a ``numerical`` question, an option a ``multichoice`` one, a shape a
``shortanswer``, a program an ``essay`` that a person marks; a matrix, and whatever has
several parts, is a ``cloze`` with a field for each entry.  Every known mistake is an
answer of its own that is worth nothing and says its sentence.

Written after what the importer of Moodle reads (moodle/moodle:
``question/format/xml/format.php``, and for the fields of a cloze text
``question/type/multianswer/questiontype.php``; how a number is compared is in
``question/type/numerical/question.php``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from drill.publishing import embedded, fields
from drill.publishing.tolerance import accepted

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.fields import Wrong
    from drill.publishing.published import Published, PublishedPart, Variant

SUFFIX = ".xml"
PENALTY = "0.3333333"
MOST_WEIGHT = 5040
# Signs by which a field of a cloze text is read. What it says is HTML that was
# written as HTML once more: the importer takes one layer off.
_CLOZE = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>\"'~=#{}%\\*"})


def carries(question: Question) -> str:
    """Say why Moodle cannot hold a question; empty where it can."""
    kinds = [part.answer.kind for part in question.parts]
    if len(kinds) > 1 and "expression" in kinds:
        return "a program among several parts has no field"
    return ""


def refused(variant: Variant) -> str:
    """Say why a variant cannot be published; empty where it can."""
    for part in variant.parts:
        if part.kind == "array":
            size = part.target.reference.size
            if not 0 < size <= fields.MOST_CELLS:
                return f"its answer has {size} entries: {fields.MOST_CELLS} are fields"
    return fields.untypable(variant) or accepted(variant, lambda t: t.tolerance)


def without(variant: Variant) -> Iterator[str]:
    """Yield what of a variant is not carried."""
    for part in variant.parts:
        if part.kind == "array" and fields.unlike(part):
            yield "mistakes of another shape: the fields tell the shape"
        if part.kind == "expression":
            yield "grading of programs: a person marks them"
    if len(variant.parts) > 1:
        yield "wrong parts carried forward"


def write(found: Sequence[Published]) -> bytes:
    """Write the questions."""
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for one in found:
        pieces += _category(one.question)
        for variant in one.variants:
            pieces += _question(variant)
    pieces.append("</quiz>")
    return ("\n".join(pieces) + "\n").encode()


def _category(question: Question) -> Iterator[str]:
    path = f"$course$/top/drill/{question.topic}/{question.id}"
    yield '<question type="category">'
    yield f"<category>{_text(path)}</category>"
    told = f"{question.id}: {question.skill}, level {question.level}"
    yield f'<info format="html">{_text(embedded.safe(told))}</info>'
    yield "</question>"


def _question(variant: Variant) -> Iterator[str]:
    parts = variant.parts
    (first, *rest) = parts
    if rest or first.kind == "array":
        yield '<question type="cloze">'
        yield from _head(variant, _cloze(variant))
    else:
        kind = _TYPES[first.kind]
        yield f'<question type="{kind}">'
        yield from _head(variant, fields.asked(variant, first))
        yield from _BODIES[kind](first)
    yield from _hints(variant)
    question = variant.instance.question
    tags = (question.topic, question.skill, f"level {question.level}", "drill")
    yield f"<tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in tags)}</tags>"
    yield "</question>"


_TYPES = {
    "integer": "numerical",
    "number": "numerical",
    "shape": "shortanswer",
    "choice": "multichoice",
    "choices": "multichoice",
    "expression": "essay",
}


def _head(variant: Variant, text: str) -> Iterator[str]:
    ticket = str(variant.ticket)
    yield f"<name>{_text(ticket)}</name>"
    yield f'<questiontext format="html">{_text(text)}</questiontext>'
    solution = embedded.blocks(variant.solution)
    yield f'<generalfeedback format="html">{_text(solution)}</generalfeedback>'
    yield f"<defaultgrade>1</defaultgrade><penalty>{PENALTY}</penalty>"
    yield f"<idnumber>{escape(ticket)}</idnumber>"


def _hints(variant: Variant) -> Iterator[str]:
    for part in variant.parts:
        name = f"<p>{embedded.safe(part.name)}:</p>" if part.name else ""
        for hint in part.hints:
            yield f'<hint format="html">{_text(name + embedded.blocks(hint))}</hint>'


def _numerical(part: PublishedPart) -> Iterator[str]:
    allowed = part.target.tolerance
    right = float(part.target.reference[()])
    # The first answer that fits decides, so the right one comes first.
    yield _answer("100", fields.number(right, allowed), "", allowed)
    for wrong in fields.wrong_values(part):
        text = fields.number(wrong.value, wrong.tolerance)
        yield _answer("0", text, _said(wrong), wrong.tolerance)


def _shortanswer(part: PublishedPart) -> Iterator[str]:
    yield "<usecase>0</usecase>"
    for text, worth, said in fields.shape_answers(part):
        yield _answer(worth, text, said)


def _multichoice(part: PublishedPart) -> Iterator[str]:
    single = part.kind == "choice"
    shuffled = not part.target.part.answer.ordered
    yield f"<single>{str(single).lower()}</single>"
    yield f"<shuffleanswers>{str(shuffled).lower()}</shuffleanswers>"
    yield "<answernumbering>abc</answernumbering>"
    for option, share in fields.shares(part):
        why = f"<p>{embedded.runs(option.why_runs)}</p>" if option.why else ""
        yield (
            f'<answer fraction="{share}" format="html">'
            f"{_text(embedded.runs(option.runs))}"
            f'<feedback format="html">{_text(why)}</feedback></answer>'
        )


def _essay(part: PublishedPart) -> Iterator[str]:
    known = "".join(
        f"<li>{embedded.runs(one.text_runs)} {embedded.runs(one.said_runs)}</li>"
        for one in part.known
    )
    wrong = f"<p>Known mistakes:</p><ul>{known}</ul>" if known else ""
    info = embedded.listing(part.answer) + wrong
    starter = part.target.part.answer.starter or ""
    yield "<responseformat>monospaced</responseformat>"
    yield "<responserequired>1</responserequired>"
    yield "<responsefieldlines>10</responsefieldlines><attachments>0</attachments>"
    yield f'<graderinfo format="html">{_text(info)}</graderinfo>'
    yield f'<responsetemplate format="plain_text">{_text(starter)}</responsetemplate>'


_BODIES = {
    "numerical": _numerical,
    "shortanswer": _shortanswer,
    "multichoice": _multichoice,
    "essay": _essay,
}


# Cloze


def _cloze(variant: Variant) -> str:
    sizes = [
        max(part.target.reference.size, 1) if part.kind == "array" else 1
        for part in variant.parts
    ]
    whole = lcm(*sizes)
    text = embedded.blocks(variant.stem)
    for number, (part, size) in enumerate(zip(variant.parts, sizes, strict=True), 1):
        if len(variant.parts) > 1:
            text += f"<p><strong>Part {number} of {len(variant.parts)}</strong></p>"
        # Every part is worth the same, however many fields it has.
        weight = whole // size if whole <= MOST_WEIGHT else 1
        text += embedded.blocks(part.prompt) + _fields(part, weight)
        text += "" if part.options else fields.told(fields.form(part))
    return text


def _fields(part: PublishedPart, weight: int) -> str:
    match part.kind:
        case "integer" | "number":
            return f"<p>{_number_field(part, (), weight)}</p>"
        case "shape":
            return f"<p>{_shape_field(part, weight)}</p>"
        case "choice" | "choices":
            return f"<p>{_choice_field(part, weight)}</p>"
    return _grid(part, weight)


def _grid(part: PublishedPart, weight: int) -> str:
    shape = part.target.reference.shape
    if not shape:
        return f"<p>{_number_field(part, (), weight)}</p>"
    lines = []
    for lead in np.ndindex(*shape[2:]) if len(shape) > 2 else [()]:
        rows = range(shape[0]) if len(shape) > 1 else [None]
        columns = range(shape[1] if len(shape) > 1 else shape[0])
        body = ""
        for row in rows:
            cells = (
                _number_field(
                    part, (column,) if row is None else (row, column, *lead), weight
                )
                for column in columns
            )
            body += f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        named = f"<p>[..., {', '.join(map(str, lead))}]</p>" if lead else ""
        lines.append(f"{named}<table><tbody>{body}</tbody></table>")
    return "".join(lines)


def _number_field(part: PublishedPart, place: tuple[int, ...], weight: int) -> str:
    allowed = part.target.tolerance
    right = fields.number(float(part.target.reference[place]), allowed)
    found = [f"={right}:{fields.margin(allowed)}"]
    for wrong in fields.wrong_values(part, place):
        text = fields.number(wrong.value, wrong.tolerance)
        said = _field_text(_said(wrong))
        found.append(f"{text}:{fields.margin(wrong.tolerance)}#{said}")
    return f"{{{weight}:NUMERICAL:{'~'.join(found)}}}"


def _shape_field(part: PublishedPart, weight: int) -> str:
    found = [
        f"={_field_text(text)}"
        if worth == "100"
        else f"{_field_text(text)}#{_field_text(said)}"
        for text, worth, said in fields.shape_answers(part)
    ]
    return f"{{{weight}:SHORTANSWER:{'~'.join(found)}}}"


def _choice_field(part: PublishedPart, weight: int) -> str:
    found = []
    for option, worth in fields.shares(part):
        text = _field_text(embedded.runs(option.runs))
        why = f"#{_field_text(embedded.runs(option.why_runs))}" if option.why else ""
        start = "=" if worth == "100" else "" if worth == "0" else f"%{worth}%"
        found.append(f"{start}{text}{why}")
    name = "MULTICHOICE_V" if part.kind == "choice" else "MULTIRESPONSE"
    if not part.target.part.answer.ordered:
        name += "S" if part.kind == "choice" else "_S"
    return f"{{{weight}:{name}:{'~'.join(found)}}}"


def _field_text(html: str) -> str:
    """Write HTML for a field: no sign of it ends an answer or its feedback."""
    return html.translate(_CLOZE)


# Pieces


def _said(wrong: Wrong) -> str:
    return "".join(f"<p>{embedded.runs(say)}</p>" for say in wrong.said)


def _answer(fraction: str, text: str, said: str, allowed: float | None = None) -> str:
    given = (
        "" if allowed is None else f"<tolerance>{fields.margin(allowed)}</tolerance>"
    )
    return (
        f'<answer fraction="{fraction}" format="plain_text">{_text(text)}'
        f'<feedback format="html">{_text(said)}</feedback>{given}</answer>'
    )


def _text(content: str) -> str:
    """Write a text element; what would end a CDATA section goes without one."""
    if not content:
        return "<text></text>"
    if "<" not in content and "&" not in content and "]]>" not in content:
        return f"<text>{content}</text>"
    if "]]>" in content:
        return f"<text>{escape(content, quote=False)}</text>"
    return f"<text><![CDATA[{content}]]></text>"
