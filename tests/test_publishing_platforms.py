"""Files for learning platforms, read as each platform reads them, graded by drill."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import drill
from drill.asking.grading import grade_answer
from drill.errors import DrillError
from drill.publishing import Published, publish
from drill.publishing.fields import shares
from drill.publishing.formats import gift, moodle, qti
from drill.publishing.published import PublishedPart

MODULES = {"moodle": moodle, "gift": gift, "qti": qti}
HOSTILE = (
    "<script>alert(1)</script> ]]> {1:SHORTANSWER:=x} $$\\href{javascript:1}{x}$$"
    " \\(\\unicode{1}\\) ~wrong =right #said %100% :: // {=a} ####b [p1] &#36;&lt;b&gt;"
)


@cache
def drawn() -> tuple[Published, ...]:
    """Draw a variant of each question of the bank, once for all formats."""
    return tuple(publish(question, 1, 7) for question in drill.load().questions)


@cache
def published(name: str) -> tuple[Published, ...]:
    """Publish all of the bank that a format holds."""
    module = MODULES[name]
    found = []
    for one in drawn():
        if module.carries(one.question):
            continue
        if module.refused(one.variants[0]):
            try:
                one = publish(one.question, 1, 8, module.refused)
            except DrillError as error:
                assert "answer" in str(error), error
                continue
        found.append(one)
    return tuple(found)


@cache
def written(name: str) -> bytes:
    """Return the file of the whole bank."""
    return MODULES[name].write(published(name))


@cache
def parts_of(name: str) -> dict[str, tuple[PublishedPart, ...]]:
    """Return what is asked, by ticket."""
    return {
        str(variant.ticket): variant.parts
        for one in published(name)
        for variant in one.variants
    }


def right_by_drill(part: PublishedPart, answer: object) -> bool:
    """Grade an answer as everywhere in drill."""
    given = answer if isinstance(answer, str) else np.asarray(answer)
    return grade_answer(part.instance, part.place, given, {}).right


# Reading Moodle XML


class Answer:
    """An answer of a question: what it is worth, its value and what it says."""

    def __init__(self, share: float, text: str, tolerance: float, said: str) -> None:
        self.share, self.text, self.tolerance, self.said = share, text, tolerance, said

    def fits(self, value: float) -> bool:
        """Tell whether a number counts as this answer, as Moodle compares."""
        near = 1e-14 * max(abs(self.tolerance), abs(float(self.text)), 1e-14)
        return abs(value - float(self.text)) <= self.tolerance + near


def text_of(node: ElementTree.Element, path: str) -> str:
    """Return the text of an element within `path`."""
    found = node.find(f"{path}/text")
    return (found.text or "").strip() if found is not None else ""


def answers_of(question: ElementTree.Element) -> list[Answer]:
    """Read the answers of a question that has them as elements."""
    return [
        Answer(
            float(one.get("fraction", "0")),
            (one.findtext("text") or "").strip(),
            float(one.findtext("tolerance") or 0),
            text_of(one, "feedback"),
        )
        for one in question.findall("answer")
    ]


FIELD = re.compile(r"\{(\d+):([A-Z_]+):((?:\\.|[^}])*)\}")


def fields_of(text: str) -> list[tuple[int, str, list[Answer]]]:
    """Read the fields of a cloze text: weight, type, answers."""
    found = []
    for match in FIELD.finditer(text):
        answers = []
        for piece in match[3].split("~"):
            share = 0.0
            if piece.startswith("="):
                share, piece = 100.0, piece[1:]
            elif given := re.match(r"%(-?[\d.]+)%", piece):
                share, piece = float(given[1]), piece[given.end() :]
            text, _, said = re.match(
                r"((?:&#\d+;|[^#])*)(#?)(.*)", piece, re.S
            ).groups()
            tolerance = 0.0
            if match[2] == "NUMERICAL":
                text, _, allowed = text.partition(":")
                tolerance = float(allowed or 0)
            answers.append(Answer(share, unescape(text), tolerance, unescape(said)))
        found.append((int(match[1]), match[2], answers))
    return found


def moodle_questions() -> Iterator[ElementTree.Element]:
    """Yield the questions, categories left out."""
    for node in ElementTree.fromstring(written("moodle")):
        if node.get("type") != "category":
            yield node


def first_fit(answers: list[Answer], value: float) -> Answer | None:
    """Return the answer that decides."""
    return next((one for one in answers if one.fits(value)), None)


def check_numbers(part: PublishedPart, answers: list[Answer]) -> None:
    """Drill takes what is right there, and refuses everything else that is listed."""
    right, *wrong = answers
    assert right.share == 100
    assert right_by_drill(part, float(right.text))
    for one in wrong:
        assert one.share == 0 and one.said
        assert not right_by_drill(part, float(one.text))
        assert first_fit(answers, float(one.text)) is one


def test_moodle_numbers_are_right_and_wrong_as_in_drill() -> None:
    """Each known mistake of a number is an answer that says its sentence."""
    count = 0
    for node in moodle_questions():
        if node.get("type") != "numerical":
            continue
        (part,) = parts_of("moodle")[text_of(node, "name")]
        answers = answers_of(node)
        check_numbers(part, answers)
        for known in part.known:
            if known.array is None or known.array.ndim:
                continue
            found = first_fit(answers, float(known.array))
            assert found is not None and found.share == 0
            count += 1
    assert count > 300


def test_moodle_shapes_are_right_and_wrong_as_in_drill() -> None:
    """Every spelling is read by drill as the same shape, mistakes as wrong ones."""
    seen = 0
    for node in moodle_questions():
        if node.get("type") != "shortanswer":
            continue
        (part,) = parts_of("moodle")[text_of(node, "name")]
        answers = answers_of(node)
        assert len({one.text for one in answers}) == len(answers)
        for one in answers:
            assert right_by_drill(part, one.text) == (one.share == 100), one.text
            assert "*" not in one.text
            seen += 1
    assert seen > 100


def test_moodle_choices_are_right_and_wrong_as_in_drill() -> None:
    """To tick the right ones is worth all, to tick everything nothing."""
    grades = {100, 50, 33.33333, 25, 20, 16.66667, 14.28571, 12.5, 11.11111}
    for node in moodle_questions():
        if node.get("type") != "multichoice":
            continue
        (part,) = parts_of("moodle")[text_of(node, "name")]
        answers = answers_of(node)
        positive = [one.share for one in answers if one.share > 0]
        assert abs(sum(positive) - 100) < 1e-3
        assert {abs(one.share) for one in answers} - {0} <= grades
        letters = [
            option.letter
            for option, one in zip(part.options, answers, strict=True)
            if one.share > 0
        ]
        assert right_by_drill(part, ", ".join(letters))
        if node.findtext("single") == "false":
            assert abs(sum(one.share for one in answers)) < 1e-3
        for option, one in zip(part.options, answers, strict=True):
            assert bool(one.said) == bool(option.why)


def test_moodle_grids_are_right_and_wrong_as_in_drill() -> None:
    """A matrix of the right entries is right; with any listed wrong one it is not."""
    cells = 0
    for node in moodle_questions():
        if node.get("type") != "cloze":
            continue
        parts = parts_of("moodle")[text_of(node, "name")]
        found = iter(fields_of(text_of(node, "questiontext")))
        weights: Counter[int] = Counter()
        for part in parts:
            size = part.target.reference.size if part.kind == "array" else 1
            mine = [next(found) for _ in range(size)]
            weights[part.place] = sum(weight for weight, _, _ in mine)
            if part.options:
                continue
            if part.kind == "shape":
                for one in mine[0][2]:
                    assert right_by_drill(part, one.text) == (one.share == 100)
                continue
            right = np.array([float(answers[0].text) for _, _, answers in mine])
            shape = in_cloze_order(part)
            given = np.empty(part.target.reference.shape)
            for place, value in zip(shape, right, strict=True):
                given[place] = value
            assert right_by_drill(part, given)
            for place, (_, _, answers) in zip(shape, mine, strict=True):
                assert answers[0].share == 100
                for one in answers[1:]:
                    changed = given.copy()
                    changed[place] = float(one.text)
                    assert one.share == 0 and one.said
                    assert not right_by_drill(part, changed)
                    assert first_fit(answers, float(one.text)) is one
                    cells += 1
        assert next(found, None) is None
        assert len(set(weights.values())) == 1
    assert cells > 1500


def in_cloze_order(part: PublishedPart) -> list[tuple[int, ...]]:
    """Return the places of an array as its tables show them: slice by slice."""
    places = list(np.ndindex(part.target.reference.shape))
    return sorted(places, key=lambda place: (place[2:], place[:2]))


def test_moodle_grids_name_every_mistake_of_their_shape() -> None:
    """Its sentence stands in each cell that the mistake makes wrong."""
    for node in moodle_questions():
        (part, *rest) = parts_of("moodle")[text_of(node, "name")]
        if rest or part.kind != "array":
            continue
        text = text_of(node, "questiontext")
        said = "".join(one.said for _, _, answers in fields_of(text) for one in answers)
        for known in part.known:
            if (
                known.array is not None
                and known.array.shape == part.target.reference.shape
            ):
                assert plain_text(moodle.embedded.runs(known.said_runs)) in plain_text(
                    said
                )


def plain_text(html: str) -> str:
    """Return the words of HTML."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def test_moodle_has_a_category_for_each_question() -> None:
    """A quiz picks at random from one; names within it are never used twice."""
    here, names = "", set()
    held: dict[str, int] = {}
    for node in ElementTree.fromstring(written("moodle")):
        if node.get("type") == "category":
            here = text_of(node, "category")
            assert re.fullmatch(r"\$course\$/top/drill/[a-z0-9-]+/[a-z0-9-]+", here)
            held[here] = 0
            continue
        held[here] += 1
        name = (here, node.findtext("idnumber"))
        assert name not in names and len(name[1]) <= 100
        names.add(name)
        assert text_of(node, "generalfeedback") and node.find("tags") is not None
    assert len(held) == len(published("moodle")) == len(drawn())
    assert set(held.values()) == {1}


def test_moodle_gives_hints_as_tries() -> None:
    """Every hint of every part is there, in order."""
    for node in moodle_questions():
        parts = parts_of("moodle")[text_of(node, "name")]
        wanted = [moodle.embedded.blocks(hint) for part in parts for hint in part.hints]
        found = [one.findtext("text") for one in node.findall("hint")]
        assert len(found) == len(wanted)
        assert all(mine in one for one, mine in zip(found, wanted, strict=True))


# GIFT


def gift_questions() -> Iterator[tuple[str, str, str]]:
    """Yield ticket, text and what stands between the braces."""
    for block in written("gift").decode().split("\n\n"):
        line = block.strip()
        if line.startswith("$CATEGORY:"):
            continue
        assert "\n" not in line
        masked = re.sub(r"\\(.)", lambda m: f"\x00{ord(m[1]):03}", line)
        match = re.fullmatch(r"::([^:]*)::\[html\]([^{}]*)\{([^{}]*)\}", masked)
        assert match is not None, line[:200]
        yield tuple(
            unmasked(piece) if k < 2 else piece
            for k, piece in enumerate(match.groups())
        )  # type: ignore[misc]


def unmasked(text: str) -> str:
    """Put back the signs that were escaped."""
    return re.sub(r"\x00(\d{3})", lambda m: chr(int(m[1])), text)


def test_gift_is_right_and_wrong_as_in_drill() -> None:
    """Numbers, shapes and letters, with their shares."""
    seen: Counter[str] = Counter()
    for ticket, text, inside in gift_questions():
        (part,) = parts_of("gift")[ticket]
        answers, _, solution = inside.partition("####")
        assert text and solution
        seen[part.kind] += 1
        if part.kind == "expression":
            assert not answers
        elif part.options:
            for (option, share), piece in zip(
                shares(part), re.split(r"[~=]+", answers)[1:], strict=True
            ):
                wanted = "" if part.kind == "choice" else f"%{share}%"
                assert piece.startswith(wanted)
                assert bool(piece.partition("#")[2]) == bool(option.why)
            starts = re.findall(r"[~=](?!=)", answers)
            if part.kind == "choice":
                right = [one.right for one in part.options]
                assert [sign == "=" for sign in starts] == right
        else:
            for piece in answers.lstrip("#").split("=")[1:]:
                share, value = re.match(r"%(\d+)%([^#]*)", piece).groups()
                if part.kind == "shape":
                    given: object = unmasked(value)
                else:
                    given = float(value.partition(":")[0])
                assert right_by_drill(part, given) == (share == "100")
    assert set(seen) == {
        "integer",
        "number",
        "shape",
        "choice",
        "choices",
        "expression",
    }


# QTI

SPACE = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def qti_files() -> dict[str, ElementTree.Element]:
    """Read the package: its files by name."""
    with zipfile.ZipFile(io.BytesIO(written("qti"))) as archive:
        return {
            name: ElementTree.fromstring(archive.read(name))
            for name in archive.namelist()
        }


def qti_items() -> Iterator[tuple[str, str, ElementTree.Element]]:
    """Yield ticket, type and item."""
    for root in qti_files().values():
        for one in root.iter(f"{SPACE}item"):
            kind = next(
                field.findtext(f"{SPACE}fieldentry")
                for field in one.iter(f"{SPACE}qtimetadatafield")
                if field.findtext(f"{SPACE}fieldlabel") == "question_type"
            )
            yield one.get("title"), kind, one


def scoring(one: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the conditions that give points."""
    for condition in one.iter(f"{SPACE}respcondition"):
        if condition.find(f"{SPACE}setvar") is not None:
            yield condition.find(f"{SPACE}conditionvar")


def test_qti_is_right_and_wrong_as_in_drill() -> None:
    """Ranges, spellings, options and blanks give points to what drill takes."""
    seen: Counter[str] = Counter()
    for ticket, kind, one in qti_items():
        parts = parts_of("qti")[ticket]
        (part, *_) = parts
        seen[kind] += 1
        equal = [
            [match.text for match in where.iter(f"{SPACE}varequal")]
            for where in scoring(one)
        ]
        if kind == "numerical_question":
            low = float(next(one.iter(f"{SPACE}vargte")).text)
            high = float(next(one.iter(f"{SPACE}varlte")).text)
            assert right_by_drill(part, float(equal[0][0]))
            assert low <= float(equal[0][0]) <= high
            for known in part.known:
                if known.array is not None and not known.array.ndim:
                    assert not low <= float(known.array) <= high
        elif kind == "short_answer_question":
            assert equal[0] and all(right_by_drill(part, text) for text in equal[0])
        elif kind in ("multiple_choice_question", "multiple_answers_question"):
            where = next(iter(scoring(one)))
            refused = {m.text for n in where.iter(f"{SPACE}not") for m in n}
            letters = [
                option.letter
                for place, option in enumerate(part.options)
                if str(1000 + place) in set(equal[0]) - refused
            ]
            assert right_by_drill(part, ", ".join(letters))
        elif kind == "fill_in_multiple_blanks_question":
            check_blanks(parts, one)
    assert len(seen) == 6 and sum(seen.values()) == len(published("qti"))
    assert len(published("qti")) > 0.95 * len(drawn())


def check_blanks(parts: tuple[PublishedPart, ...], one: ElementTree.Element) -> None:
    """Every text of a blank makes a right answer; every known wrong entry does not."""
    blanks: dict[str, list[str]] = {
        lid.get("ident").removeprefix("response_"): [
            label.findtext(f"{SPACE}material/{SPACE}mattext")
            for label in lid.iter(f"{SPACE}response_label")
        ]
        for lid in one.iter(f"{SPACE}response_lid")
    }
    text = next(one.iter(f"{SPACE}mattext")).text
    assert all(f"[{name}]" in text for name in blanks)
    for number, part in enumerate(parts, 1):
        name = f"p{number}"
        if part.options or part.kind == "shape":
            assert all(right_by_drill(part, given) for given in blanks[name])
            continue
        given = np.array(part.target.reference, dtype=float)
        for place in np.ndindex(given.shape):
            taken = blanks[name + "".join(f"_{k}" for k in place)]
            for typed in taken:
                changed = given.copy()
                changed[place] = float(typed.replace("−", "-"))
                assert right_by_drill(part, changed), (typed, given[place])
        for known in part.known:
            array = known.array
            if array is not None and array.shape == given.shape:
                assert any(
                    not spelled(
                        blanks[name + "".join(f"_{k}" for k in place)], array[place]
                    )
                    for place in np.ndindex(array.shape)
                )


def spelled(texts: list[str], value: float) -> bool:
    """Tell whether a blank takes a number."""
    return any(abs(float(t.replace("−", "-")) - float(value)) < 1e-12 for t in texts)


def test_qti_has_a_bank_for_each_question_and_a_quiz_that_picks() -> None:
    """The manifest names every file, and each group one bank that is there."""
    files = qti_files()
    names = {
        node.get("href")
        for node in files["imsmanifest.xml"].iter()
        if node.tag.endswith("}file")
    }
    assert names == set(files) - {"imsmanifest.xml"}
    banks = {
        bank.get("ident")
        for root in files.values()
        for bank in root.iter(f"{SPACE}objectbank")
    }
    wanted = [
        node.text
        for root in files.values()
        for node in root.iter(f"{SPACE}sourcebank_ref")
    ]
    assert len(wanted) == len(banks) == len(published("qti"))
    assert set(wanted) == banks


def test_qti_feedback_is_there_for_whatever_points_to_it() -> None:
    """No condition shows a feedback that does not exist, but the general ones."""
    for _, _, one in qti_items():
        there = {node.get("ident") for node in one.iter(f"{SPACE}itemfeedback")}
        wanted = {node.get("linkrefid") for node in one.iter(f"{SPACE}displayfeedback")}
        assert wanted - there <= {"general_incorrect_fb", "general_fb"}
        assert "general_fb" in there


def test_the_same_questions_give_the_same_bytes() -> None:
    """Nothing depends on the moment or on the order of a set."""
    for name in MODULES:
        assert MODULES[name].write(published(name)) == written(name)


# Prose from anywhere


class Elements(HTMLParser):
    """The elements of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


MARKUP = {
    *("p", "br", "span", "em", "strong", "code", "ul", "li", "table", "tbody", "tr"),
    *("td", "div", "math", "mrow", "mi", "mo", "mn", "msup", "msub", "msubsup"),
    *("mfrac", "msqrt", "mover", "mtable", "mtr", "mtd", "mspace", "mtext"),
}


def check_html(html: str) -> None:
    """Nothing but our own elements; no sign that a filter starts with."""
    found = Elements()
    found.feed(html)
    assert found.seen <= MARKUP, found.seen - MARKUP
    assert not any(name.startswith("on") for name in found.attributes)
    assert "$" not in html and "\\" not in html and "{" not in html


@pytest.fixture
def hostile(bank_of) -> tuple[Published, ...]:
    """Publish a bank whose prose would break out of every format."""
    prose = HOSTILE.replace("{", "{{").replace("}", "}}")
    shared = {"hints": [prose], "solution": prose}
    scalar = {
        "draw": {"n": {"int": [3, 9]}},
        "ask": f"{prose} {{n}}",
        "answer": {"kind": "integer", "value": "conv_output_size(n, 2)"},
        "cross_check": "count_windows(n, 2, 0, 1)",
        "mistakes": {"all": {"value": "n", "say": prose}},
        **shared,
    }
    grid = {
        "draw": {"X": {"int": [0, 9], "shape": [4, 4]}},
        "ask": f"{prose}\nX = {{X}}",
        "answer": {"kind": "array", "value": "max_pool(X, 2, 2)"},
        "cross_check": "loop_max_pool(X, 2, 2)",
        "mistakes": {"least": {"value": "-max_pool(-X, 2, 2)", "say": prose}},
        **shared,
    }
    options = [{"text": prose, "right": True}, {"text": "no", "why": prose}]
    choice = {"ask": prose, "answer": {"kind": "choice", "options": options}, **shared}
    many = {"ask": prose, "answer": {"kind": "choices", "options": options}, **shared}
    bank = bank_of(scalar, grid, choice, many)
    return tuple(publish(question, 2, 1) for question in bank.questions)


def test_hostile_prose_injects_nothing_into_moodle(hostile) -> None:
    """Every text is HTML of ours alone, and a cloze text has our fields alone."""
    root = ElementTree.fromstring(moodle.write(hostile))
    for node in root:
        for text in node.iter("text"):
            content = text.text or ""
            if node.get("type") == "category":
                continue
            fields = fields_of(content) if node.get("type") == "cloze" else []
            assert len(fields) in (0, 4)
            for _, kind, answers in fields:
                assert kind == "NUMERICAL" and len(answers) <= 2
                for one in answers:
                    check_html(one.said)
            check_html(FIELD.sub("", content))


def test_hostile_prose_injects_nothing_into_gift(hostile) -> None:
    """Each question is one block with one pair of braces, and as many answers."""
    fit = [one for one in hostile if not gift.carries(one.question)]
    blocks = gift.write(fit).decode().split("\n\n")
    assert len(blocks) == sum(1 + len(one.variants) for one in fit)
    for block in blocks:
        if block.startswith("$CATEGORY"):
            continue
        bare = re.sub(r"\\.", "", block.strip())
        assert "\n" not in bare and "//" not in bare[:2]
        assert bare.count("{") == bare.count("}") == 1 and bare.endswith("}")
        inside = bare.partition("{")[2]
        assert inside.count("####") == 1
        answers = re.findall("[=~]", inside.partition("####")[0])
        assert len(answers) == 2


def test_hostile_prose_injects_nothing_into_qti(hostile) -> None:
    """Every text is HTML of ours alone."""
    with zipfile.ZipFile(io.BytesIO(qti.write(hostile))) as archive:
        for name in archive.namelist():
            root = ElementTree.fromstring(archive.read(name))
            for text in root.iter(f"{SPACE}mattext"):
                if text.get("texttype") == "text/html":
                    check_html(text.text or "")


def test_an_exact_third_is_not_published(bank_of) -> None:
    """No decimal can be typed for it, and platforms read no fractions."""
    bank = bank_of(
        {
            "draw": {"n": {"one_of": [3, 6, 7]}},
            "ask": "One share of {n}?",
            "answer": {"kind": "number", "value": "1 / n"},
            "cross_check": "np.divide(1, n)",
            "mistakes": {"upside_down": {"value": "n", "say": "Divide 1 by it."}},
        }
    )
    for module in MODULES.values():
        with pytest.raises(DrillError, match="no short decimal form"):
            publish(bank.questions[0], 2, 1, module.refused)


def test_what_a_format_cannot_hold_is_said() -> None:
    """GIFT has one answer; what else is missing is named by variant."""
    bank = drill.load()
    assert "array" in gift.carries(bank["max-pool-forward"])
    assert "several parts" in gift.carries(bank["backprop-three-steps"])
    (grid,) = publish(bank["max-pool-forward"], 1, 7).variants
    assert list(moodle.without(grid)) == [
        "mistakes of another shape: the fields tell the shape"
    ]


def test_a_planted_mistake_within_the_tolerance_is_seen(tmp_path: Path) -> None:
    """Were a mistake's window to reach the right answer, the check would fail."""
    (part,) = parts_of("moodle")[
        next(t for t in parts_of("moodle") if t.startswith("conv-output-size@"))
    ]
    right = float(part.target.reference)
    planted = [Answer(100, str(right), 1.0, ""), Answer(0, str(right + 1), 0.0, "no")]
    with pytest.raises(AssertionError):
        check_numbers(part, planted)
