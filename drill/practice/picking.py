"""Questions picked by how they went: missed, slow, or never met."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drill.practice.database import speaking
from drill.practice.history import History
from drill.practice.known_questions import known


@speaking
def missed(history: History) -> set[str]:
    """Return the questions that were not right when they were last asked."""
    rows = history.connection.execute(
        "SELECT DISTINCT a.question FROM attempt a JOIN ("
        "  SELECT question, asking, max(at) FROM attempt"
        "  WHERE undone = 0 AND outcome != 'skipped' GROUP BY question"
        ") last ON a.question = last.question AND a.asking = last.asking"
        " WHERE a.undone = 0 AND a.outcome NOT IN ('right', 'skipped')"
    )
    return {row[0] for row in rows}


@speaking
def slow(history: History) -> set[str]:
    """Return the questions that took longer than they should, when they were right."""
    rows = history.connection.execute(
        "SELECT a.question FROM attempt a JOIN question q ON q.id = a.question"
        " WHERE a.undone = 0 AND a.outcome = 'right'"
        " GROUP BY a.question HAVING avg(a.ms * a.parts) > 60000 * q.minutes"
    )
    return {row[0] for row in rows}


def new(history: History) -> set[str]:
    """Return the questions of the opened topics that were never answered."""
    return {k.id for k in known(history)} - set(history.first_seen())


PICKS: Mapping[str, Callable[[History], set[str]]] = {
    "missed": missed,
    "slow": slow,
    "new": new,
}
NOTHING = {
    "missed": "you missed nothing the last time",
    "slow": "nothing took you longer than it should",
    "new": "you have met every question",
}
