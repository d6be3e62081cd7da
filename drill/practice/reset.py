"""Starting afresh: answers leave the history for a file that an import takes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from drill.practice import database
from drill.practice.attempt import stamp
from drill.practice.database import speaking
from drill.practice.exchange import lines_of
from drill.practice.history import History
from drill.practice.records import IN_ORDER

# A question may have moved to another topic since it was answered.
_TOPIC = "coalesce((SELECT topic FROM question WHERE id = a.question), a.topic)"


@speaking
def answers_by_topic(history: History) -> dict[str, int]:
    """Count the answers in each topic, with those that were taken back."""
    rows = history.connection.execute(
        f"SELECT {_TOPIC} AS topic, count(*) FROM attempt a GROUP BY 1 ORDER BY 1"
    )
    return dict(map(tuple, rows))


@speaking
def reset(
    history: History,
    topics: Collection[str],
    save: Callable[[Iterator[str]], None],
    now: datetime,
) -> int:
    """Take the answers of some topics out, with what they did to the schedule.

    A quiz that was cut off is over; an exam that was not handed in stays.

    Parameters
    ----------
    history : History
    topics : collection of str
    save : callable
        Called with the lines of an export before anything goes: where it fails,
        everything stays. No other terminal can answer in between.
    now : datetime

    Returns
    -------
    int
        How many answers went.
    """
    with database.writing(history.connection) as into:
        rows = [
            row
            for row in into.execute(
                f"SELECT a.*, {_TOPIC} AS home FROM attempt a {IN_ORDER}"
            )
            if row["home"] in topics
        ]
        save(lines_of(rows, {}))
        into.executemany(
            "DELETE FROM attempt WHERE seq = ?", [(row["seq"],) for row in rows]
        )
        for question in sorted({row["question"] for row in rows}):
            history.replay(question)
        into.execute(
            "UPDATE sitting SET ended_at = ? WHERE ended_at IS NULL AND kind <> 'exam'",
            (stamp(now),),
        )
    return len(rows)
