"""A program for the tests: walks through a walk of its own at the terminal."""

from __future__ import annotations

import sys

from drill.cli.main import run
from drill.walk import Frame, Panel, Role, Walk

X = ((1, 3, 2), (5, -4, 0), (7, 8, 9))


def pooling() -> Walk:
    """Return max pooling of X with windows of two by two and stride 1."""
    frames = []
    out: list[list[int | None]] = [[None, None], [None, None]]
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        cells = [(row + r, column + c) for r in (0, 1) for c in (0, 1)]
        best = max(cells, key=lambda cell: X[cell[0]][cell[1]])
        roles = dict.fromkeys(cells, Role.WINDOW) | {best: Role.WINNER}
        largest = out[row][column] = X[best[0]][best[1]]
        panels = (
            Panel("X", X, roles),
            Panel("out", tuple(map(tuple, out)), {(row, column): Role.NOW}),
        )
        said = f"The window at row {row}, column {column} has the largest entry"
        frames.append(Frame(f"{said} {largest}.", panels))
    return Walk("Max pooling", tuple(frames))


if __name__ == "__main__":
    import drill.asking.steps
    import drill.cli.stepping

    if "--without-termios" in sys.argv:
        sys.modules["termios"] = None  # type: ignore[assignment]
        sys.argv.remove("--without-termios")
    drill.cli.stepping.walk_for = lambda _: pooling()
    drill.asking.steps.walk_of = lambda _: pooling()
    show = ["show", "max-pool-forward", "--seed", "1", "--step"]
    sys.exit(run(sys.argv[1:] if "quiz" in sys.argv else [*show, *sys.argv[1:]]))
