"""Papers: what stands on them, the room for answers, pages, and papers of one exam."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from drill.bank import load_bank
from drill.cli.main import run
from drill.exam import Paper, compose, variants
from drill.publishing.papers import key_sheet, marking_table, paper_sheet, write
from drill.publishing.papers.sheet import Right, Room, Wrong
from drill.typesetting import typst as notation

ASKED = ["exam", "cnn-sizes", "max-pool", "backprop", "-n", "8", "--seed", "7"]


@pytest.fixture(scope="module")
def paper() -> Paper:
    """Return a paper of ten questions."""
    return compose(load_bank().questions, 10, 7)


def room_of(question: str, part: int = 0) -> Room:
    """Return where the answer of a part is written."""
    sheet = paper_sheet(compose([load_bank()[question]], 1, 7), 5)
    [asked] = sheet.questions
    return [piece for piece in asked.pieces if isinstance(piece, Room)][part]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--paper", "p.md", "--key", "p.md"), "'p.md' is to be paper and key"),
        (
            ("--paper", "p.md", "--key", "absent/k.md"),
            "'absent/k.md' cannot be written",
        ),
        (("--paper", "p.md", "--key", "p.md", "--variants", "2"), "paper and key"),
        (("--page", "A4"), "--page is the size of a paper"),
    ],
    ids=["one file", "no folder", "variants", "page"],
)
def test_papers_that_cannot_be_written_leave_nothing(
    arguments, says, tmp_path: Path, capfd, monkeypatch
) -> None:
    """No key takes the paper's place, and no paper is there without its key."""
    monkeypatch.chdir(tmp_path)
    assert run([*ASKED, *arguments]) == 2
    assert says in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


def test_one_question_is_counted_as_one(tmp_path: Path, capfd) -> None:
    """Of a skill or a small bank there may be fewer questions than asked for."""
    bank = tmp_path / "bank"
    bank.mkdir()
    text = Path("question_bank/dropout.yaml").read_text()
    head, first, *_ = text.split("\n  - id: ")
    (bank / "dropout.yaml").write_text(f"{head}\n  - id: {first}\n")
    paper = str(tmp_path / "p.md")
    assert run(["exam", "--bank", str(bank), "--seed", "1", "--paper", paper]) == 0
    assert "there is 1 question, not 8" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("question", "part", "wanted"),
    [
        ("conv-output-size", 0, Room("box")),
        ("backprop-shapes", 0, Room("box")),
        ("opt-weighted-average", 0, Room("cells", "to 3 decimals", 1, 3)),
        ("backprop-weight-gradient", 0, Room("field")),
        ("backprop-order-of-factors", 0, Room("none", "Tick one.")),
        ("backprop-x-code", 0,
         Room("lines", "Lines of numpy in x, W, ypred, y; the result is dx.", 5)),
        ("backprop-scalar-formula", 0, Room("lines", "A formula in x, w, y.", 2)),
    ],
    ids=["integer", "shape", "vector", "shape asked", "choice", "numpy", "formula"],
)  # fmt: skip
def test_there_is_room_for_each_answer(question, part, wanted) -> None:
    """A box, cells, a field, lines or boxes to tick; a shape is not given away."""
    assert room_of(question, part) == wanted


def test_a_matrix_has_cells_only_where_no_mistake_has_another_shape() -> None:
    """Cells in the answer's shape would refuse what somebody has got wrong."""
    for question in load_bank().questions:
        composed = compose([question], 1, 3)
        [asked] = paper_sheet(composed, 5).questions
        rooms = [piece for piece in asked.pieces if isinstance(piece, Room)]
        for room, place in zip(rooms, composed.places, strict=True):
            if room.form == "cells":
                shape = place.target.reference.shape
                mistakes = place.item.instance.mistakes(place.part).values()
                assert {array.shape for array in mistakes} <= {shape}, question.id


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_paper_has_no_words_for_programs(suffix: str) -> None:
    """Nothing about typing or tolerances, nor an answer, is on any paper."""
    composed = compose(load_bank().questions, 300, 7)
    text = write(paper_sheet(composed, 60), suffix).decode()
    assert not re.search(
        r"±0|such as 1 2|fraction will do|Solution|Known wrong|np\.load", text
    )
    key = write(key_sheet(composed, 60), suffix).decode()
    assert "Solution" in key


def test_the_key_has_every_answer_and_mistake(paper: Paper) -> None:
    """Each part has its answer; each mistake that is on has its points."""
    key = key_sheet(paper, 30)
    pieces = [piece for asked in key.questions for piece in asked.pieces]
    assert sum(isinstance(piece, Right) for piece in pieces) == len(paper.places)
    rows = [row for piece in pieces if isinstance(piece, Wrong) for row in piece.rows]
    assert rows
    assert all(points.endswith(("point", "points", "right")) for _, points, _ in rows)


def test_variants_ask_the_same_with_other_numbers(paper: Paper) -> None:
    """The questions and their order stay; each paper has a seed of its own."""
    first, *others = variants(paper, 4)
    assert first is paper
    asked = [item.instance.question.id for item in paper.items]
    for other in others:
        assert [item.instance.question.id for item in other.items] == asked
        assert other.points == paper.points
    seeds = [one.items[0].instance.ticket.seed for one in (first, *others)]
    assert len(set(seeds)) == 4


def test_the_marking_sheet_has_the_answers_of_all(paper: Paper) -> None:
    """A row a part, a column a paper."""
    papers = variants(paper, 3)
    table = marking_table([(letter, one) for letter, one in zip("ABC", papers)])  # noqa: B905
    assert table.codes == ("A", "B", "C")
    assert len(table.rows) == len(paper.places)
    assert all(len(answers) == 3 and all(answers) for _, _, answers in table.rows)


def test_variants_are_written_with_their_keys(tmp_path: Path, capfd) -> None:
    """Papers, keys and the marking sheet, named beside each other."""
    file = str(tmp_path / "exam.html")
    assert run([*ASKED, "--paper", file, "--variants", "3", "--page", "letter"]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    letters = {f"exam-{one}.html" for one in "ABC"}
    assert names == {
        *letters,
        *(f"exam-key-{one}.html" for one in "ABC"),
        "exam-marking.html",
    }
    assert "exam-B.html  (seed 7)" in capfd.readouterr().out
    pages = [(tmp_path / name).read_text("utf-8") for name in sorted(letters)]
    assert len(set(pages)) == 3
    assert all("size: Letter" in page for page in pages)
    assert "Paper B-7" in pages[1]
    assert run(["exam", "--variants", "3"]) == 2
    assert "add --paper FILE" in capfd.readouterr().err


@pytest.mark.extra
@pytest.mark.parametrize("page", ["A4", "Letter"])
@pytest.mark.parametrize("seed", [3, 7])
def test_no_page_splits_a_question(page: str, seed: int) -> None:
    """Each question of a paper ends on the page on which it begins."""
    query = pytest.importorskip("typst").query
    from drill.publishing.papers.typst import source

    composed = compose(load_bank().questions, 30, seed)
    made = notation.PREAMBLE + source(paper_sheet(composed, 60), page)
    found = json.loads(query(made.encode(), "<question-page>", field="value"))
    assert len(found) == 60
    begins, ends = found[::2], found[1::2]
    assert begins == ends
    assert begins[-1][1] > 5


@pytest.mark.extra
def test_a_question_that_is_higher_than_a_page_is_whole() -> None:
    """It breaks: its end would be lost below the edge."""
    query = pytest.importorskip("typst").query
    from drill.publishing.papers.typst import question, start

    body = [f'#"{number}"' for number in range(300)]
    made = notation.PREAMBLE + start("a4", "Exam", "") + question("1", "", "t", [])
    made = made.replace("[\n\n]", "[" + "\n\n".join(body) + "]")
    found = json.loads(query(made.encode(), "<question-page>", field="value"))
    assert found[0] == ["1", 1]
    assert found[1][1] > 3


@pytest.mark.extra
def test_papers_are_pdf(tmp_path: Path) -> None:
    """The paper and its key are written, and are the same each time."""
    pytest.importorskip("typst")
    paper, key = tmp_path / "exam.pdf", tmp_path / "key.pdf"
    arguments = [*ASKED, "--paper", str(paper), "--key", str(key)]
    assert run(arguments) == 0
    first = (paper.read_bytes(), key.read_bytes())
    assert all(data.startswith(b"%PDF") for data in first)
    assert run(arguments) == 0
    assert first == (paper.read_bytes(), key.read_bytes())
