"""Publishing: variants, the formats' contract, and what cannot be carried."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from typeset_letters import html_letters, letters, markdown_letters, typst_letters

from drill.bank import load_bank
from drill.cli.main import run
from drill.drawing import draw, hints, plain, solution, stem
from drill.errors import DrawError
from drill.grading import grade
from drill.publishing import (
    FORMATS,
    Published,
    Variant,
    accepted,
    by_suffix,
    format_named,
    publish,
)


def one(question: str, count: int = 3, seed: int = 7) -> Published:
    """Publish one question."""
    return publish(load_bank()[question], count, seed)


def test_no_two_variants_ask_the_same() -> None:
    """A question with few draws has few variants."""
    found = one("max-pool-forward-function", 30)
    assert 1 < len(found.variants) < 30
    tickets = {str(variant.ticket) for variant in found.variants}
    assert len(tickets) == len(found.variants)


@pytest.mark.parametrize("question", load_bank().questions, ids=lambda q: q.id)
def test_what_is_published_is_graded_so(question) -> None:
    """Our own grader accepts each published answer and refuses each known mistake."""
    for variant in publish(question, 2, 7).variants:
        for part in variant.parts:
            if part.kind == "expression":
                reference = part.target.part.answer.value
            else:
                reference = part.target.reference
            assert grade(variant.instance, reference, part.place).right
            for known in part.known:
                if known.array is not None:
                    verdict = grade(variant.instance, known.array, part.place)
                    assert not verdict.right, known.name
                assert known.text
                assert known.said_runs
            if part.kind == "choice":
                assert sum(option.right for option in part.options) == 1


def test_a_mistake_within_the_tolerance_is_never_published() -> None:
    """A platform that would take a mistake for the answer gets another variant."""
    variant = Variant(draw(load_bank()["conv-output-size"], 7))
    assert accepted(variant, lambda _: 0.0) == ""
    assert "33.5" in accepted(variant, lambda _: 0.5)

    def refused(found: Variant) -> str:
        return accepted(found, lambda target: 0.5)

    published = publish(load_bank()["conv-output-size"], 5, 7, refused)
    for found in published.variants:
        for part in found.parts:
            away = [
                abs(float(k.array) - float(part.target.reference)) for k in part.known
            ]
            assert min(away) > 0.5
    with pytest.raises(DrawError, match="would accept"):
        publish(
            load_bank()["conv-output-size"],
            2,
            7,
            lambda found: accepted(found, lambda target: np.inf),
        )


SAMPLE = (
    "conv-output-size", "backprop-shapes", "batchnorm-four-steps", "max-pool-one-window",
    "backprop-facts", "backprop-x-code", "max-pool-forward-function",
)  # fmt: skip


def said_of(variant: Variant) -> list[str]:
    """Return every text of a variant."""
    instance = variant.instance
    found = [plain(stem(instance)), plain(solution(instance))]
    for part in variant.parts:
        found += [plain(part.asked), *(known.said for known in part.known)]
        for option in part.options:
            found += [option.text, option.why]
        found += map(plain, hints(instance, part.place))
    return found


@pytest.mark.parametrize("name", SAMPLE)
def test_a_page_has_every_text(name: str) -> None:
    """Prompts, options, reasons, hints, mistakes and solutions, in each of our formats."""
    from drill.publishing.formats import html, markdown, pdf

    found = [one(name, 2)]
    pages = {
        "html": html_letters(html.write(found).decode()),
        "markdown": markdown_letters(markdown.write(found).decode()),
        "pdf": typst_letters(pdf.source(found)),
    }
    for variant in found[0].variants:
        gone = {plain(hint) for part in variant.parts
                for hint in hints(variant.instance, part.place)}  # fmt: skip
        for said in said_of(variant):
            for kind, page in pages.items():
                if kind == "html" or said not in gone:
                    assert letters(said) in page, (kind, said)


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.count: dict[str, int] = {}
        self.outside: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        """Count an element, and keep what would be fetched."""
        self.count[tag] = self.count.get(tag, 0) + 1
        self.outside += [v for k, v in attrs if k in ("src", "href") and v[0] != "#"]
        if tag not in ("meta", "link", "mspace"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        """Count it."""
        self.count[tag] = self.count.get(tag, 0) + 1

    def handle_endtag(self, tag) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag


def page_of(text: str) -> Page:
    """Read a page; every element is closed where it was opened."""
    page = Page()
    page.feed(text)
    assert page.open == []
    return page


def test_the_page_stands_alone(tmp_path: Path, capfd) -> None:
    """One file with a variant each, solutions folded away, nothing from elsewhere."""
    file = tmp_path / "q.html"
    assert run(["publish", "max-pool", "-n", "2", "--seed", "7", "-o", str(file)]) == 0
    page = page_of(file.read_text(encoding="utf-8"))
    questions = len(load_bank().topics["max-pool"].questions)
    assert page.count["section"] == questions
    assert page.count["article"] == 2 * questions
    assert page.count["details"] >= 2 * questions
    assert page.outside == []
    assert "script" not in page.count
    err = capfd.readouterr().err
    assert f"{questions} questions, {2 * questions} variants, seed 7" in err


def test_markdown_goes_to_a_pipe(capfd) -> None:
    """``-o -`` writes the file to standard output and talks to standard error."""
    assert run(["publish", "conv-output-size", "-n", "1", "--seed", "7",
                "--to", "markdown", "-o", "-"]) == 0  # fmt: skip
    out, err = capfd.readouterr()
    assert out.startswith("# Questions\n")
    assert "### conv-output-size@7-" in out
    assert err == "without hints: all\n1 question, 1 variant, seed 7\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["conv-output-size", "--to", "word", "-o", "x"], "no format 'word'"),
        (["conv-output-size", "-o", "x.doc"], "say which format with --to"),
        (["no-such-thing", "-o", "x.html"], "no topic, skill or question"),
    ],
    ids=["format", "suffix", "name"],
)
def test_what_cannot_be_published_is_said(arguments, said, capfd) -> None:
    """A wrong word is told, and nothing is written."""
    assert run(["publish", *arguments]) == 2
    assert said in capfd.readouterr().err


def test_what_a_format_cannot_hold_is_left_out(monkeypatch, tmp_path, capfd) -> None:
    """Each question left out is named with the reason; only nothing at all fails."""
    from drill.publishing.formats import html

    def carries(question) -> str:
        kind = question.parts[0].answer.kind
        return "programs are not for it" if kind == "expression" else ""

    monkeypatch.setattr(html, "carries", carries)
    file = str(tmp_path / "q.html")
    assert run(["publish", "backprop", "-n", "1", "--seed", "7", "-o", file]) == 0
    err = capfd.readouterr().err
    assert "backprop-x-code is left out: programs are not for it\n" in err
    assert run(["publish", "backprop-x-code", "-o", str(tmp_path / "r.html")]) == 2
    assert not (tmp_path / "r.html").exists()
    assert "nothing is left that html can hold" in capfd.readouterr().err


NEEDS = {"anki": "genanki", "notebook": "nbformat", "pdf": "typst"}
FORMAT = [
    pytest.param(name, marks=[pytest.mark.extra] if name in NEEDS else [], id=name)
    for name in FORMATS
]


@pytest.mark.parametrize("name", FORMAT)
def test_every_format_keeps_the_contract(name: str) -> None:
    """A format has its five names, a suffix that finds it, and is repeatable."""
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    module = format_named(name)
    (variant,) = one("conv-output-size", 1).variants
    assert all(isinstance(what, str) for what in module.without(variant))
    assert module.SUFFIX.startswith(".")
    assert by_suffix(module.SUFFIX) in (name, "")
    assert isinstance(module.carries(load_bank()["conv-output-size"]), str)
    names = ("conv-output-size", "backprop-three-steps")
    kept = [n for n in names if not module.carries(load_bank()[n])]
    written = [module.write([one(question) for question in kept]) for _ in range(2)]
    # An Anki package holds the moment: Anki takes a note that is newer.
    assert kept and (written[0] == written[1] or name == "anki")


def test_without_typst_a_pdf_is_refused(monkeypatch, tmp_path, capfd) -> None:
    """One sentence says what to install; nothing is written."""
    monkeypatch.setitem(sys.modules, "typst", None)
    file = tmp_path / "q.pdf"
    assert run(["publish", "conv-output-size", "-n", "1", "-o", str(file)]) == 2
    err = capfd.readouterr().err
    assert "pip install 'exam-drill[papers]'" in err
    assert list(tmp_path.iterdir()) == []
