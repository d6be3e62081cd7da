"""One sitting at the terminal: questions one after another, and the summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drill import clock
from drill.cli.asking import Quit, ask
from drill.cli.stdio import say_error
from drill.cli.typing_in import line_editing
from drill.errors import DrillError, HistoryError

if TYPE_CHECKING:
    from rich.console import Console

    from drill.asking import Answered
    from drill.cli.recording import Recorder
    from drill.drawing import Instance
    from drill.library.cards import Library
    from drill.practice.queue import Card

MOST_AGAIN = 2


def sit(
    console: Console,
    upcoming: Iterator[tuple[str, Instance]],
    recorder: Recorder,
    done: list[Answered],
) -> int:
    """Ask what comes, keep each answer, and end with the summary however it ends.

    Parameters
    ----------
    console : Console
    upcoming : iterator of (count, instance)
        Asked one at a time, so that what was answered may change what comes.
    recorder : Recorder
    done : list of Answered
        Grows with each part that is answered.

    Returns
    -------
    int
        0, or 130 when it was interrupted.
    """
    line_editing()
    code, ended = 0, True
    try:
        for count, instance in upcoming:
            try:
                ask(console, instance, count, done, recorder.keep, recorder.set_aside)
                console.print()
            except HistoryError:
                raise
            except DrillError as error:
                say_error(f"left out: {error}")
    except Quit as reason:
        console.print()
        ended = not reason.cut_off
    except KeyboardInterrupt:
        console.print()
        code, ended = 130, False
    # Here, because the first question need not wait for it.
    from drill.practice import sittings
    from drill.screen.summary import Summary, tally

    rows = tally((a.instance.question.topic, a.outcome) for a in done)
    console.print(Summary(tuple(rows)))
    if ended and recorder.history is not None:
        sittings.finish(recorder.history, recorder.sitting, clock.now())
    return code


def ask_cards(
    library: Library, cards: list[Card], done: list[Answered]
) -> Iterator[tuple[str, Instance]]:
    """Draw each card when its turn comes; what was missed comes again, later."""
    from drill.practice.queue import again
    from drill.practice.reports import reports

    rest, place = list(cards), 0
    repeats: dict[str, int] = {}
    while rest:
        card = rest.pop(0)
        if card.question in {report.question for report in reports(library.history)}:
            continue
        try:
            instance = library.draw(card)
        except DrillError as error:
            say_error(f"left out: {error}")
            continue
        place, before = place + 1, len(done)
        yield f"{place}/{place + len(rest)}", instance
        missed = any(a.outcome not in ("right", "skipped") for a in done[before:])
        if missed and repeats.get(card.question, 0) < MOST_AGAIN:
            repeats[card.question] = repeats.get(card.question, 0) + 1
            rest = again(rest, card)
