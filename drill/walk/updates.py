"""Steps of an optimiser: what is mixed, what is corrected, what is subtracted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike

from drill import solver
from drill.walk.frame import Frame, Panel, Walk
from drill.walk.panels import equations, factor, fresh, listed, panel, say, turns


def momentum_step(
    w: ArrayLike, v: ArrayLike, g: ArrayLike, lr: float, beta: float = 0.9
) -> Walk:
    """Show `drill.solver.momentum_step`.

    Examples
    --------
    >>> for frame in momentum_step(1.0, 2.0, 4.0, 0.5, 0.75).frames:
    ...     print(frame.sentence)
    New velocity: 0.75 times v plus 0.25 times g: 0.75·2 + 0.25·4 = 2.5.
    New weight: w minus 0.5 times the velocity: 1 - 0.5·2.5 = -0.25.
    """
    weights, moved = solver.momentum_step(w, v, g, lr, beta)
    return Walk(
        "A step with momentum",
        (
            _mixed("velocity", beta, ("v", v), ("g", g), moved),
            _taken(lr, w, ("the velocity", moved), weights, ("velocity", moved)),
        ),
    )


def rmsprop_step(
    w: ArrayLike,
    s: ArrayLike,
    g: ArrayLike,
    lr: float,
    beta: float = 0.9,
    eps: float = 1e-8,
) -> Walk:
    """Show `drill.solver.rmsprop_step`.

    Examples
    --------
    >>> for frame in rmsprop_step(1.0, 16.0, 6.0, 0.1, 0.5, 0).frames:
    ...     print(frame.sentence)
    The gradient squared: 36.
    New mean square: 0.5 times s plus 0.5 times g·g: 0.5·16 + 0.5·36 = 26.
    The gradient over the mean square's root: 6/5.099 = 1.177.
    New weight: w minus 0.1 times that: 1 - 0.1·1.177 = 0.8823.
    """
    weights, square = solver.rmsprop_step(w, s, g, lr, beta, eps)
    gradient = np.asarray(g, float)
    scaled = gradient / (np.sqrt(square) + eps)
    return Walk(
        "A step of RMSprop",
        (
            _squared(gradient),
            _mixed("mean square", beta, ("s", s), ("g·g", gradient**2), square),
            _over_root("gradient", "mean square's", gradient, square, eps, scaled),
            _taken(lr, w, ("that", scaled), weights, ("mean square", square)),
        ),
    )


def adam_step(
    w: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    g: ArrayLike,
    t: int,
    lr: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> Walk:
    """Show `drill.solver.adam_step`.

    Examples
    --------
    >>> for frame in adam_step(5, 0, 0, -8, 1, 0.05, 0.9, 0.99, 0).frames:
    ...     print(frame.sentence)
    New first moment: 0.9 times m plus 0.1 times g: 0.9·0 + 0.1·(-8) = -0.8.
    The gradient squared: 64.
    New second moment: 0.99 times v plus 0.01 times g·g: 0.99·0 + 0.01·64 = 0.64.
    Corrected, divided by 1 - 0.9**1 = 0.1: -0.8/0.1 = -8.
    Corrected, divided by 1 - 0.99**1 = 0.01: 0.64/0.01 = 64.
    The first moment over the second one's root: -8/8 = -1.
    New weight: w minus 0.05 times that: 5 - 0.05·(-1) = 5.05.
    """
    weights, first, second = solver.adam_step(w, m, v, g, t, lr, beta1, beta2, eps)
    gradient = np.asarray(g, float)
    mean, square = first / (1 - beta1**t), second / (1 - beta2**t)
    scaled = mean / (np.sqrt(square) + eps)
    return Walk(
        f"Step {t} of Adam",
        (
            _mixed("first moment", beta1, ("m", m), ("g", gradient), first),
            _squared(gradient),
            _mixed("second moment", beta2, ("v", v), ("g·g", gradient**2), second),
            _corrected(beta1, t, first, mean),
            _corrected(beta2, t, second, square),
            _over_root("first moment", "second one's", mean, square, eps, scaled),
            _taken(
                lr,
                w,
                ("that", scaled),
                weights,
                ("first moment", first),
                ("second moment", second),
            ),
        ),
    )


def weighted_average(values: ArrayLike, beta: float, corrected: bool = False) -> Walk:
    """Show `drill.solver.weighted_average`.

    Examples
    --------
    >>> for frame in weighted_average([8, 16], 0.5, corrected=True).frames:
    ...     print(frame.sentence)
    v1 = 0.5·0 + 0.5·8 = 4.
    v2 = 0.5·4 + 0.5·16 = 10.
    Each v_t is divided by 1 - 0.5**t: 8, 13.33.
    """
    series = np.asarray(values, float)
    averages = solver.weighted_average(series, beta)
    frames = []
    for days in turns(series.size, 58):
        place = days.start
        before = averages[place - 1] if place else 0.0
        done = [*averages[: days.stop], *[None] * (series.size - days.stop)]
        if len(days) == 1:
            mixed = f"{say(beta)}·{factor(before)} + {say(1 - beta)}"
            mixed += f"·{factor(series[place])}"
            said = f"v{place + 1} = {mixed} = {say(averages[place])}."
        else:
            said = f"v{place + 1} to v{days.stop} likewise: {listed(averages[days])}."
        new = fresh("v", done, [(0, day) for day in days])
        frames.append(Frame(said, (panel("values", series), new)))
    if corrected:
        out = solver.weighted_average(series, beta, corrected=True)
        said = f"Each v_t is divided by 1 - {say(beta)}**t: {listed(out)}."
        frames.append(Frame(said, (panel("v", averages), fresh("corrected", out))))
    return Walk("A weighted average, day by day", tuple(frames))


def running_average(old: ArrayLike, new: ArrayLike, momentum: float) -> Walk:
    """Show `drill.solver.running_average`.

    Examples
    --------
    >>> running_average(9, 12, 0.9).frames[0].sentence
    'New average: 0.9 times old plus 0.1 times new: 0.9·9 + 0.1·12 = 9.3.'
    """
    out = solver.running_average(old, new, momentum)
    frame = _mixed("average", momentum, ("old", old), ("new", new), out)
    return Walk("A running average", (frame,))


def _mixed(
    name: str,
    beta: float,
    old: tuple[str, ArrayLike],
    new: tuple[str, ArrayLike],
    out: ArrayLike,
) -> Frame:
    said = (
        f"New {name}: {say(beta)} times {old[0]} plus {say(1 - beta)} times {new[0]}:"
    )
    told = equations(
        f"{say(beta)}·{factor(first)} + {say(1 - beta)}·{factor(second)} = {say(one)}"
        for first, second, one in _each(old[1], new[1], out)
    )
    grids = _unless_one(out, panel(*old), panel(*new), fresh(name, out))
    return Frame(f"{said} {told}.", grids)


def _squared(gradient: ArrayLike) -> Frame:
    square = np.asarray(gradient, float) ** 2
    said = f"The gradient squared: {listed(square)}."
    grids = _unless_one(square, panel("g", gradient), fresh("g·g", square))
    return Frame(said, grids)


def _corrected(beta: float, t: int, moment: ArrayLike, out: ArrayLike) -> Frame:
    divisor = 1 - beta**t
    told = equations(
        f"{say(before)}/{say(divisor)} = {say(after)}"
        for before, after in _each(moment, out)
    )
    said = f"Corrected, divided by 1 - {say(beta)}**{t} = {say(divisor)}: {told}."
    return Frame(
        said, _unless_one(out, panel("moment", moment), fresh("corrected", out))
    )


def _over_root(
    name: str,
    of: str,
    above: ArrayLike,
    square: ArrayLike,
    eps: float,
    out: ArrayLike,
) -> Frame:
    # What keeps a root from being 0 is seen only where it is large.
    small = f" plus {say(eps)}" if eps > 1e-6 else ""
    said = f"The {name} over the {of} root{small}:"
    root = np.sqrt(np.asarray(square, float)) + eps
    told = equations(
        f"{say(top)}/{say(under)} = {say(one)}"
        for top, under, one in _each(above, root, out)
    )
    grids = (panel(name, above), panel("root", root), fresh("quotient", out))
    return Frame(f"{said} {told}.", _unless_one(out, *grids))


def _taken(
    lr: float,
    w: ArrayLike,
    step: tuple[str, ArrayLike],
    out: ArrayLike,
    *kept: tuple[str, ArrayLike],
) -> Frame:
    """Take the step; what the next one needs is drawn beside the new weights."""
    name, by = step
    many = "s" if np.size(out) > 1 else ""
    told = equations(
        f"{say(start)} - {say(lr)}·{factor(move)} = {say(end)}"
        for start, move, end in _each(w, by, out)
    )
    said = f"New weight{many}: w minus {say(lr)} times {name}: {told}."
    grids = (panel("w", w), fresh("new w", out), *(panel(*one) for one in kept))
    return Frame(said, _unless_one(out, *grids))


def _each(*arrays: ArrayLike) -> Iterator[tuple[float, ...]]:
    """Yield the entries of arrays of one shape side by side."""
    return zip(*(np.ravel(np.asarray(one, float)) for one in arrays), strict=True)


def _unless_one(values: ArrayLike, *grids: Panel) -> tuple[Panel, ...]:
    return () if np.size(values) == 1 else grids


WALKS: Mapping[str, Callable[..., Walk]] = {
    "momentum_step": momentum_step,
    "rmsprop_step": rmsprop_step,
    "adam_step": adam_step,
    "weighted_average": weighted_average,
    "running_average": running_average,
}
