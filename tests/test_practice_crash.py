"""Killed at any instant: nothing that was acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import killing
import pytest
from practice import NOON, attempt

from drill.practice import open_history


def test_kills() -> None:
    """A few here; `python tests/killing.py 500` kills more."""
    count = killing.run(8)

    assert count.acknowledged > 8
    assert (count.lost, count.doubled, count.repaired) == (0, 0, 0)


def test_a_recorder_that_speaks_too_soon_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Acknowledging before the record is kept loses answers, and the count shows it."""
    real = killing.kill

    def boastful(path: Path, first: int, delay: float) -> int:
        return real(path, first, delay) + 2

    monkeypatch.setattr(killing, "kill", boastful)

    assert killing.run(2).lost > 0


@pytest.fixture
def cut(tmp_path: Path) -> tuple[Path, bytes, bytes, bytes]:
    """Return a history, and its file and journal in the middle of a transaction.

    The transaction has outgrown its cache: pages of the file are overwritten already,
    and what they held is in the journal.
    """
    path = tmp_path / "history.db"
    with open_history(path, NOON) as history:
        history.record(*[attempt(days=day) for day in range(30)])
        before = path.read_bytes()
        into = history.connection
        into.execute("PRAGMA cache_size = 1")
        into.execute("BEGIN IMMEDIATE")
        for _ in range(40):
            into.execute("UPDATE attempt SET replies = json_array(hex(zeroblob(400)))")
        during = path.read_bytes()
        journal = Path(f"{path}-journal").read_bytes()
        into.execute("ROLLBACK")
    assert during != before
    assert len(journal) > 512
    return path, before, during, journal


def count_in(path: Path) -> tuple[int, str]:
    with open_history(path, NOON) as history:
        replies = {a.replies[0].typed for a in history.attempts()}
        assert replies == {"1"}
        return len(list(history.attempts())), history.notice


def test_a_cut_in_the_middle_is_rolled_back(
    cut: tuple[Path, bytes, bytes, bytes],
) -> None:
    """Half of a transaction is in the file: the journal takes it back."""
    path, _, during, journal = cut
    path.write_bytes(during)
    Path(f"{path}-journal").write_bytes(journal)

    assert count_in(path) == (30, "")


@pytest.mark.parametrize("share", [0, 0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_journal_cut_short(
    cut: tuple[Path, bytes, bytes, bytes], share: float
) -> None:
    """Before the journal is whole no page of the file has changed."""
    path, before, _, journal = cut
    path.write_bytes(before)
    Path(f"{path}-journal").write_bytes(journal[: round(len(journal) * share)])

    assert count_in(path) == (30, "")


def test_a_copy_without_its_journal_is_seen_through(
    cut: tuple[Path, bytes, bytes, bytes], tmp_path: Path
) -> None:
    """The rollback is what saves the file: without the journal it is not the same."""
    path, before, during, _ = cut
    path.write_bytes(during)
    other = tmp_path / "other.db"
    shutil.copy(path, other)

    connection = sqlite3.connect(other)
    try:
        replies = connection.execute("SELECT DISTINCT replies FROM attempt").fetchall()
        whole = replies == [('[["1", "1"]]',)]
    except sqlite3.DatabaseError:
        whole = False
    connection.close()

    assert not whole
    assert during != before
