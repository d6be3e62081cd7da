"""The README's pictures: ``python docs/pictures.py`` draws docs/pictures/*.svg."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from drill.bank import load_bank
from drill.drawing import draw, walk_of
from drill.grading import grade
from drill.practice.standing import Day, Group, Repeated, Standing
from drill.screen import question as show
from drill.screen.standing import StandingScreen
from drill.screen.svg_frame import frame_svg
from drill.screen.svg_screen import screen_svg

FOLDER = Path(__file__).parent / "pictures"
WIDTH = 72


def question() -> str:
    """Draw a question as it is asked."""
    instance = draw(load_bank()["max-pool-backward"], 7)
    lines = [*show.heading(instance, "1/5"), *show.asked(instance)]
    lines.append(show.keys(hints=True))
    command = "drill quiz max-pool"
    return screen_svg("A question, with fresh numbers", lines, WIDTH, command)


def mistake() -> str:
    """Draw what a wrong matrix is told the last time."""
    instance = draw(load_bank()["max-pool-backward"], 7)
    gradient = np.asarray(instance.values["G"])
    verdict = grade(instance, np.kron(gradient, np.ones((2, 2), int)))
    lines = show.judged(verdict, instance.targets[0], final=True)
    return screen_svg("A wrong answer, told which mistake it was", lines, WIDTH)


def step() -> str:
    """Draw one step of a convolution."""
    walk = walk_of(draw(load_bank()["convolve-padded-stride"], 7))
    assert walk is not None
    return frame_svg(walk, len(walk.frames) - 3)


def stats() -> str:
    """Draw where somebody stands who is made up."""
    topics = (
        Group("batchnorm", 14, 9, 41, 31, 0.91, 2, 4300),
        Group("cnn-sizes", 21, 17, 88, 62, 0.86, 5, 8100),
        Group("max-pool", 18, 11, 47, 27, 0.74, 4, 5200),
    )
    whole = Group("all", 53, 37, 176, 120, 0.84, 11, 17600)
    first = date(2026, 11, 10)
    counts = (9, 14, 0, 12, 17, 8, 0, 15, 21, 11, 13, 0, 18, 16)
    days = tuple(
        Day(first + timedelta(days=number), count, count * 2 // 3)
        for number, count in enumerate(counts)
    )
    mistakes = (
        Repeated(
            "padding_once",
            "conv-output-size",
            "cnn-sizes",
            7,
            "You added the padding once; it is on both sides, so add 2p.",
            "conv-output-size@42-993b",
            date(2026, 11, 23),
        ),
        Repeated(
            "all_cells",
            "max-pool-backward",
            "max-pool",
            4,
            "You gave the gradient to all four cells; only the window's largest entry"
            " gets it.",
            "max-pool-backward@7-8962",
            date(2026, 11, 21),
        ),
    )
    screen = StandingScreen(Standing(whole, topics, mistakes, days))
    return screen_svg("Where you stand", [screen], WIDTH, "drill stats")


PICTURES = {"question": question, "mistake": mistake, "step": step, "stats": stats}


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
