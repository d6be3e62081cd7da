"""The README's pictures: current, well-formed, and what the terminal shows."""

from __future__ import annotations

import runpy
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.text import Text

from drill.screen import theme
from drill.screen.svg_screen import screen_svg

ROOT = Path(__file__).parent.parent
PICTURES = runpy.run_path(str(ROOT / "docs" / "pictures.py"))["PICTURES"]


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_is_current(name: str) -> None:
    """What is in docs/pictures is what the program draws today."""
    stored = (ROOT / "docs" / "pictures" / f"{name}.svg").read_text("utf-8")
    assert stored == PICTURES[name](), "run: python docs/pictures.py"
    assert f"docs/pictures/{name}.svg" in (ROOT / "README.md").read_text("utf-8")


def test_nothing_else_lies_there() -> None:
    """Every stored picture is drawn by the command."""
    stored = {path.stem for path in (ROOT / "docs" / "pictures").iterdir()}
    assert stored == set(PICTURES)


def test_a_screen_keeps_its_columns_and_colours() -> None:
    """Each text starts at its column; styles become classes; markup is text."""
    line = Text("a  ").append("<b>", theme.BAD).append(" c", theme.QUIET)
    root = ElementTree.fromstring(screen_svg("t", [line, Text("d")], 20))
    texts = [e for e in root.iter() if e.tag.endswith("}text")]
    assert [(e.text, e.get("class")) for e in texts] == [
        ("a", None),
        ("<b>", "bad"),
        ("c", "quiet"),
        ("d", None),
    ]
    at = [float(e.get("x") or 0) for e in texts]
    assert at[1] - at[0] == pytest.approx(3 * 8.4)
    assert at[2] - at[0] == pytest.approx(7 * 8.4)
    assert at[3] == at[0]
    assert texts[3].get("y") != texts[0].get("y")


def test_brackets_are_lines_that_meet() -> None:
    """A matrix's brackets are drawn from row to row, for no font gives them one width."""
    rows = [Text("⎡ 1  2 ⎤ ⎡"), Text("⎢ 3  4 ⎥ ⎢"), Text("⎣ 5  6 ⎦ ⎣")]
    root = ElementTree.fromstring(screen_svg("t", rows, 20))
    texts = [e.text for e in root.iter() if e.tag.endswith("}text")]
    assert texts == ["1  2", "3  4", "5  6"]
    paths = [e.get("d") or "" for e in root.iter() if e.tag.endswith("}path")]
    assert len(paths) == 9
    ends = [path.rpartition("V")[2] for path in paths]
    first, second, third = paths[0], paths[3], paths[6]
    assert first.count("H") == third.count("H") == 1
    assert second.startswith(f"M{second[1:].split()[0]} {ends[0]}V")
    assert third.startswith(f"M{second[1:].split()[0]} {ends[3]}V")


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_needs_nothing_else(name: str) -> None:
    """No script, no font and no address but the one that names the format."""
    picture = PICTURES[name]()
    ElementTree.fromstring(picture)
    assert "<script" not in picture
    assert "url(" not in picture
    assert picture.count("http") == 1
