"""Anki packages and notebooks, opened by the programs that they are made for."""

from __future__ import annotations

import ast
import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from learner import right_reply, wrong_reply

import drill
from drill import clock
from drill.errors import UsageError
from drill.publishing import Published, embedded, publish
from drill.publishing.formats import anki, notebook

pytestmark = [
    pytest.mark.extra,
    # Of the packages that open the files.
    pytest.mark.filterwarnings("ignore"),
]
BLANK = re.compile(r'^(\w+) = (?:\.\.\.|""")', re.MULTILINE)
IDS = (
    "max-pool-forward",
    "conv-output-size",
    "backprop-three-steps",
    "centre-rows-code",
    "relu-facts",
    "backprop-shapes",
)


def some(count: int = 2) -> list[Published]:
    """Publish questions of every kind."""
    bank = drill.load()
    return [publish(bank[name], count, 7) for name in IDS]


# Anki


@pytest.fixture
def collection(tmp_path: Path) -> Any:
    """Open an empty collection of Anki's own."""
    pytest.importorskip("genanki")
    opened = pytest.importorskip("anki.collection").Collection(
        str(tmp_path / "collection.anki2")
    )
    yield opened
    opened.close()


def take_in(collection: Any, data: bytes, path: Path) -> Any:
    """Import a package as Anki's own window does."""
    from anki.import_export_pb2 import (
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )

    path.write_bytes(data)
    options = ImportAnkiPackageOptions(merge_notetypes=True)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    return collection.import_anki_package(request)


def test_anki_takes_the_cards_and_shows_them(collection: Any, tmp_path: Path) -> None:
    """A note for each variant, a card each, front without and back with the answer."""
    found = some()

    take_in(collection, anki.write(found), tmp_path / "a.apkg")

    variants = [variant for one in found for variant in one.variants]
    assert collection.note_count() == collection.card_count() == len(variants)
    for variant in variants:
        (card,) = collection.find_cards(f"Ticket:{variant.ticket}")
        front = collection.get_card(card).question()
        back = collection.get_card(card).answer()
        assert "<math>" in front or variant.parts[0].options or "code" in back
        assert front in back or len(back) > len(front)
        assert str(variant.ticket) in back and str(variant.ticket) not in front
        assert "Solution" not in front and "{{" not in front + back
    decks = {deck.name for deck in collection.decks.all_names_and_ids()}
    assert {"drill::max-pool", "drill::backprop"} <= decks
    assert collection.find_notes("tag:level-1")


def test_a_new_edition_updates_cards_and_keeps_their_schedule(
    collection: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same questions with other words: no card twice, none of them new again."""
    found = some()
    take_in(collection, anki.write(found), tmp_path / "a.apkg")
    many = collection.card_count()
    (card,) = collection.find_cards(f"Ticket:{found[0].variants[0].ticket}")
    studied = collection.get_card(card)
    studied.ivl, studied.type, studied.queue, studied.due = 30, 2, 2, 400
    collection.update_card(studied)
    real = anki._fields

    def edited(variant: Any) -> Any:
        for place, field in enumerate(real(variant)):
            yield f"{field}<p>Second edition.</p>" if place == 1 else field

    monkeypatch.setattr(anki, "_fields", edited)
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr("drill.clock.now", lambda: later)
    take_in(collection, anki.write(found), tmp_path / "b.apkg")

    assert collection.card_count() == many
    again = collection.get_card(card)
    assert "Second edition." in again.question()
    assert (again.ivl, again.type, again.due) == (30, 2, 400)


def test_ids_are_those_of_ever() -> None:
    """Were one to change, everybody's cards would come twice."""
    (one,) = publish(drill.load()["conv-output-size"], 1, 7).variants

    assert anki.MODEL == 1753090511
    assert anki.guid(one) == "76ff1b6f333c176ac3dd"
    assert anki._number("cnn-sizes") == 1706101264


def test_without_the_package_it_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody sees an ImportError."""
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(UsageError, match=r"pip install 'exam-drill\[anki\]'"):
        anki.write(some(1))


# Notebooks


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return a function that runs a notebook with answers filled in."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    for name in ("DRILL_HOME", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))

    def made(data: bytes, answer: Any) -> list[str]:
        book = nbformat.reads(data.decode(), 4)
        nbformat.validate(book)
        for cell in book.cells:
            if cell.cell_type == "code" and BLANK.search(cell.source):
                cell.source = answer(cell.source)
        nbclient.NotebookClient(book, timeout=300, kernel_name="python3").execute()
        return [
            output.data["text/plain"]
            for cell in book.cells
            if cell.cell_type == "code" and ".check(" in cell.source
            for output in cell.outputs
        ]

    return made


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_a_notebook_grades_what_is_written_into_it(right: bool, run: Any) -> None:
    """Every kind: the answer cell is filled in, the check cell tells what drill does."""
    found = some(1)
    reply_to = right_reply if right else wrong_reply
    replies = iter(
        [
            (part.name or "answer", reply_to(part.instance, part.place))
            for one in found
            for part in one.variants[0].parts
        ]
    )

    def answer(source: str) -> str:
        names = BLANK.findall(source)
        lines = []
        for name in names:
            wanted, reply = next(replies)
            assert name == wanted
            lines.append(f"{name} = {reply!r}")
        return "\n".join(lines)

    shown = run(notebook.write(found), answer)

    assert len(shown) == len(IDS)
    for text in shown:
        assert text.startswith("Right." if right else "Not right."), text


def test_a_notebook_runs_as_it_is(run: Any) -> None:
    """Unanswered cells are told so, and stop nothing."""
    shown = run(notebook.write(some(1)), lambda source: source)

    assert len(shown) == len(IDS)
    assert all(
        "Not read, so not counted" in text or "not graded" in text for text in shown
    )


def test_inputs_are_given_as_code() -> None:
    """The arrays of the prompt can be copied out of the notebook."""
    pytest.importorskip("nbformat")
    book = json.loads(notebook.write([publish(drill.load()["max-pool-forward"], 1, 7)]))

    code = "\n".join(c["source"] for c in book["cells"] if c["cell_type"] == "code")
    found = re.search(r"X = np\.array\((.*?)\)\n", code + "\n", re.DOTALL)
    assert found is not None
    instance = publish(drill.load()["max-pool-forward"], 1, 7).variants[0].instance
    given = np.array(json.loads("".join(found[1].split("\n"))))
    assert given.tolist() == instance.values["X"].tolist()


def test_a_notebook_is_the_same_each_time() -> None:
    """Ids of cells come from what is in them."""
    pytest.importorskip("nbformat")
    assert notebook.write(some()) == notebook.write(some())


def test_hostile_prose_runs_nothing(bank_of: Any) -> None:
    """Cells hold assignments and checks alone; no text leaves its string or comment."""
    pytest.importorskip("nbformat")
    starter = 'x = 1"""\nimport os\n"""\\'
    prose = "<script>1</script> $\\\\href{{javascript:1}}{{x}}$ `code` \n    import os"
    bank = bank_of(
        {
            "draw": {"M": {"int": [1, 9], "shape": [2, 2]}},
            "ask": f"{prose}\n{{M}}",
            "answer": {
                "kind": "expression",
                "value": "np.sum(M, axis=1)",
                "names": ["M"],
                "starter": starter,
            },
            "cross_check": "M[:, 0] + M[:, 1]",
            "mistakes": {"other": {"value": "np.sum(M, axis=0)", "say": prose}},
            "solution": prose,
        }
    )
    book = json.loads(notebook.write([publish(bank.questions[0], 2, 1)]))

    for cell in book["cells"]:
        if cell["cell_type"] == "markdown":
            assert "<script" not in cell["source"].replace("\\<", "")
            continue
        for node in ast.parse(cell["source"]).body:
            imported = isinstance(node, ast.Import) and node.names[0].name != "os"
            assert imported or isinstance(node, ast.Assign | ast.Expr), cell["source"]


def test_hostile_prose_stays_text_on_a_card() -> None:
    """Anki runs what stands in tags of its own: LaTeX, sounds, speech, fields."""
    text = "[latex]\\input{x}[/latex] [$]x[/$] [sound:a.mp3] {{c1::x}} <b>"

    written = embedded.safe(text)

    assert not re.search(r"\[|\]|\{|\$|\\|<(?!/?span)", written)
