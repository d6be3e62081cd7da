"""Pictures as SVG: well-formed, complete, the same each time, nothing from outside."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import ROOT
from walk_player import pooling

import drill.cli.stepping
from drill.cli.main import run
from drill.screen import theme
from drill.screen.svg_frame import frame_svg
from drill.walk import Frame, Panel, Role, Walk

SVG = "{http://www.w3.org/2000/svg}"


def texts(document: str) -> list[str]:
    """Return every text of a picture, in order."""
    return [
        node.text or "" for node in ElementTree.fromstring(document).iter(f"{SVG}text")
    ]


def test_a_frame_says_what_the_terminal_says() -> None:
    """Title, sentence, names, shapes, entries with their signs, and the legend."""
    document = frame_svg(pooling(), 1)
    tree = ElementTree.fromstring(document)
    assert tree.findtext(f"{SVG}title") == "Max pooling, step 2 of 4"
    said = "The window at row 0, column 1 has the largest entry 3."
    assert tree.findtext(f"{SVG}desc") == said
    found = texts(document)
    assert found[:4] == ["Max pooling, step 2 of 4", said, "X", "3×3"]
    assert {"3*", ">3", "5", "-4"} <= set(found)
    assert found[-3:] == ["looked at", "* chosen", "> new"]
    kinds = [node.get("class") for node in tree.iter(f"{SVG}rect")]
    assert kinds.count("window") == 3 + 1
    assert kinds.count("winner") == 1 + 1
    assert kinds.count("now") == 1 + 1


def test_nothing_comes_from_the_network() -> None:
    """No link, script, image or font of somebody else's."""
    document = frame_svg(pooling(), 0).replace("http://www.w3.org/2000/svg", "")
    for word in ("http", "url(", "@import", "@font-face", "<script", "href", "<image"):
        assert word not in document


def test_the_bytes_are_the_same_in_every_process() -> None:
    """Neither the hash seed nor the process shows in a picture."""
    code = (
        "import hashlib; from walk_player import pooling;"
        "from drill.screen.svg_frame import frame_svg;"
        "print(hashlib.sha256(frame_svg(pooling(), 3).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_cells_do_not_overlap_and_are_all_inside() -> None:
    """Cells of one size side by side, and within the picture's edges."""
    tree = ElementTree.fromstring(frame_svg(pooling(), 2))
    width, height = float(tree.get("width", 0)), float(tree.get("height", 0))
    cells = [
        tuple(float(node.get(name, 0)) for name in ("x", "y", "width", "height"))
        for node in tree.iter(f"{SVG}rect")
        if node.get("class") != "paper"
    ]
    for x, y, wide, high in cells:
        assert 0 <= x <= x + wide <= width
        assert 0 <= y <= y + high <= height
    for one in cells:
        for other in cells:
            apart = (
                one[0] + one[2] <= other[0] + 1e-6
                or other[0] + other[2] <= one[0] + 1e-6
                or one[1] + one[3] <= other[1] + 1e-6
                or other[1] + other[3] <= one[1] + 1e-6
            )
            assert apart or one is other


def test_large_grids_say_what_is_left_out() -> None:
    """A picture of 300 × 300 has corners, the marked cell, and words."""
    rows = tuple(tuple(range(r, r + 300)) for r in range(300))
    panel = Panel("A", rows, {(100, 200): Role.NOW})
    document = frame_svg(Walk("Large", (Frame("One.", (panel,)),)), 0)
    found = texts(document)
    assert "rows 3–99 and 101–296 not shown" in found
    assert ">300" in found
    assert len(document) < 30_000


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=12))
def test_law_any_text_is_well_formed(title: str, said: str, name: str) -> None:
    """Titles, sentences and labels of a bank never break the document."""
    panel = Panel(name, ((name, 1), (None, said)), {(0, 0): Role.WRONG}, note=title)
    document = frame_svg(Walk(title, (Frame(said, (panel,)),)), 0)
    ElementTree.fromstring(document)
    document.encode()


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_can_be_read(colours: dict[str, str]) -> None:
    """Letters have a contrast of 4.5 or more against what is behind them."""
    for behind in ("paper", "window-fill", "now-fill", "wrong-fill"):
        assert contrast(colours["ink"], colours[behind]) >= 4.5
    assert contrast(colours["winner-ink"], colours["winner-fill"]) >= 4.5
    for letters in ("quiet", "window", "now", "wrong", "good", "hint"):
        assert contrast(colours[letters], colours["paper"]) >= 4.5


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let every question have the walk of these tests; work in a folder of our own."""
    monkeypatch.setattr(drill.cli.stepping, "walk_for", lambda _: pooling())
    monkeypatch.chdir(tmp_path)
    return tmp_path


SHOW = ["show", "max-pool-forward", "--seed", "1"]


def test_the_last_frame_goes_to_a_file(walked: Path) -> None:
    """`--svg FILE` draws the frame in which all is computed."""
    assert run([*SHOW, "--svg", "p.svg"]) == 0
    assert (walked / "p.svg").read_text(encoding="utf-8") == frame_svg(pooling(), 3)
    assert [path.name for path in walked.iterdir()] == ["p.svg"]


def test_every_frame_goes_to_a_folder(walked: Path, capsys) -> None:
    """`--step --svg DIR` draws each step, numbered."""
    assert run([*SHOW, "--step", "--svg", "steps"]) == 0
    names = [f"step-0{number}.svg" for number in (1, 2, 3, 4)]
    assert sorted(path.name for path in (walked / "steps").iterdir()) == names
    assert capsys.readouterr().out.split() == [f"steps/{name}" for name in names]
    assert run([*SHOW, "--step", "--svg", "steps"]) == 0


def test_a_picture_to_a_pipe(walked: Path, capsys) -> None:
    """`--svg -` is standard output."""
    assert run([*SHOW, "--svg", "-"]) == 0
    assert capsys.readouterr().out == frame_svg(pooling(), 3)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--svg", "."], "is a folder", id="a folder"),
        pytest.param(["--svg", "no/where/p.svg"], "cannot be written", id="nowhere"),
        pytest.param(["--step", "--svg", "no/where"], "cannot be made", id="no folder"),
        pytest.param(["--step", "--svg", "file"], "cannot be made", id="a file"),
    ],
)
def test_what_cannot_be_written_is_said(
    walked: Path, capsys, arguments: list[str], says: str
) -> None:
    """One sentence and exit code 2."""
    (walked / "file").write_text("mine")
    assert run([*SHOW, *arguments]) == 2
    assert says in capsys.readouterr().err
    assert (walked / "file").read_text() == "mine"


def test_a_question_without_steps_has_no_picture(monkeypatch, tmp_path, capsys) -> None:
    """It says so, and how to see its solution."""
    monkeypatch.setattr(drill.cli.stepping, "walk_for", lambda _: None)
    assert run([*SHOW, "--svg", str(tmp_path / "p.svg")]) == 2
    error = capsys.readouterr().err
    assert re.search(r"no steps to draw; --solution", error)
    assert list(tmp_path.iterdir()) == []
