"""QTI 1.2 as Canvas imports it: a bank for each question, and a quiz that picks.

Each question's variants are a question bank; the quiz takes one of each. Canvas grades
a number within a range, letters, and text in blanks as it is written: so a matrix has
a blank for each entry, in which those few texts are right that have as many decimals as
were asked for.  Canvas has feedback for each option and each known spelling, and one
for all other wrong answers: there stand the known wrong numbers with their sentences.

Written after what the importer of Canvas reads (instructure/QTIMigrationTool:
``lib/imsqtiv1.py`` and ``schemas/ims_qtiasiv1p2p1.dtd``; instructure/canvas-lms:
``gems/plugins/qti_exporter``).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drill.publishing import fields
from drill.publishing.qti_item import ident, item, metadata
from drill.publishing.tolerance import accepted

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.drawing import Target
    from drill.publishing.published import Published, Variant

SUFFIX = ".zip"
SMALLEST = 1e-4
"""Canvas keeps four decimals of a number's bounds."""
BLANKS = ("integer", "number", "shape", "array", "choice", "choices")
_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<questestinterop'
    ' xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">\n'
)
_STAMP = (2020, 1, 1, 0, 0, 0)


def carries(question: Question) -> str:
    """Say why Canvas cannot hold a question; empty where it can."""
    kinds = {part.answer.kind for part in question.parts}
    if len(question.parts) > 1 and not kinds <= set(BLANKS):
        return "a program among several parts has no blank"
    return ""


def refused(variant: Variant) -> str:
    """Say why a variant cannot be published; empty where it can."""
    if why := fields.untypable(variant):
        return why
    for part in variant.parts:
        target = part.target
        if part.options:
            continue
        if part.kind == "array" or len(variant.parts) > 1:
            if not fields.spellable(target):
                return "its answer is right within a share, and blanks are texts"
            if not 0 < target.reference.size <= fields.MOST_CELLS:
                return f"its answer has {target.reference.size} entries: too many"
        elif part.kind == "number" and _too_fine(target):
            return f"its answer {part.answer} is finer than Canvas's four decimals"
    return accepted(variant, lambda target: target.tolerance)


def _too_fine(target: Target) -> bool:
    """Tell whether Canvas would round the answer, or its bounds, to something else."""
    value = abs(float(target.reference[()]))
    if 0 < target.tolerance < SMALLEST and not value.is_integer():
        exact = abs(round(value, 4) - value) <= target.tolerance
        return not exact or target.part.answer.decimals is not None
    return 0 < value < SMALLEST


def without(variant: Variant) -> Iterator[str]:
    """Yield what of a variant is not carried."""
    if variant.hinted:
        yield "hints"
    kinds = {part.kind for part in variant.parts}
    if "expression" in kinds:
        yield "grading of programs: a person marks them"
    if kinds & {"number", "integer", "array"} and any(p.known for p in variant.parts):
        yield "feedback to each wrong number: they stand in that for all wrong answers"
    if len(variant.parts) > 1:
        yield "wrong parts carried forward"


def write(found: Sequence[Published]) -> bytes:
    """Write the package; the same questions give the same bytes."""
    files: dict[str, str] = {}
    banks = []
    for one in found:
        name = ident("bank", one.question.id)
        files[f"{name}/{name}.xml"] = "".join(_bank(one, name))
        banks.append(name)
    quiz = ident("quiz", *banks)
    files[f"{quiz}/{quiz}.xml"] = "".join(_quiz(found, quiz))
    manifest = "".join(_manifest([quiz, *banks]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in {"imsmanifest.xml": manifest, **files}.items():
            archive.writestr(
                zipfile.ZipInfo(path, _STAMP), text.encode(), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _manifest(resources: Sequence[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<manifest'
    yield f' identifier="{ident("manifest", *resources)}"'
    yield ' xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">\n'
    yield "<metadata><schema>IMS Content</schema>"
    yield "<schemaversion>1.1.3</schemaversion></metadata>\n"
    yield "<organizations/>\n<resources>\n"
    for name in resources:
        yield f'<resource identifier="{name}" type="imsqti_xmlv1p2">'
        yield f'<file href="{name}/{name}.xml"/></resource>\n'
    yield "</resources>\n</manifest>\n"


def _quiz(found: Sequence[Published], name: str) -> Iterator[str]:
    yield f'{_START}<assessment ident="{name}" title="drill">\n'
    yield '<section ident="root_section">\n'
    for one in found:
        question = one.question.id
        yield f'<section ident="{ident("group", question)}" title="{question}">'
        yield "<selection_ordering><selection>"
        yield f"<sourcebank_ref>{ident('bank', question)}</sourcebank_ref>"
        yield "<selection_number>1</selection_number>"
        yield "</selection></selection_ordering></section>\n"
    yield "</section>\n</assessment>\n</questestinterop>\n"


def _bank(one: Published, name: str) -> Iterator[str]:
    question = one.question
    title = f"drill {question.topic}: {question.id}"
    yield f'{_START}<objectbank ident="{name}">\n'
    yield f"<qtimetadata>{metadata('bank_title', title)}</qtimetadata>\n"
    for variant in one.variants:
        yield from item(variant)
        yield "\n"
    yield "</objectbank>\n</questestinterop>\n"
