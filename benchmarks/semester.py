"""Expected exam scores under the plan, and under other ways to spend the minutes.

Run ``python benchmarks/semester.py [--seeds N] [--first N] [--topics N] [--informed]``.
Made-up learners prepare for an exam over some topics of the built-in bank, so many
days long, so many minutes a day.  The score is the mean over topics of the mean chance
of their questions, on the morning after the last day.  Nobody remembers here as FSRS
says, the model that schedules: a learner's memory is one of two others.

*Power law.*  Each answer leaves a trace that fades as (1 + days)^−d (Wixted and
Carpenter, 2007); d grows with the strength that is there already, so that what is
crowded fades sooner (the form of Pavlik and Anderson, 2005).  The log-odds of a right
answer are those of a first meeting plus a multiple of ln(1 + 3 · strength).

*Half-life.*  What was answered is recalled with 2^(−days / h) (Settles and Meeder,
2016); h grows with a right answer, the more, the more was forgotten, and shrinks with a
wrong one.  Whoever does not recall may still work it out: that chance grows with each
answer in the skill, as in knowledge tracing (Corbett and Anderson, 1995), and fades.

In both an answer also helps the other questions of its skill, by a share drawn for each
skill from 0.1 to 0.6, and by 0.05 those of its topic; of a hundred answers seven slip
and three are lucky guesses.  Topics, skills and questions are easier or harder by
draws, and harder with their level.  Three talents differ in what they know, how much an
answer teaches, and how fast it fades.  These numbers are ours; no data stand behind
them.  A wrong answer takes 1.6 times its minutes.

The minutes are the same for all.  What overruns a day is taken from the next.

- *plan*: what `drill.practice.planning` chooses, again until the minutes are used up;
- *fsrs*: what is due, the most faded first, then new questions, topics in turn and easy
  ones first, as many as there is time for, then what fades;
- *cram*: each topic gets its share of the time, one after the other; its questions go
  round, the missed ones first;
- *random*: any question;
- *drill alone*: as fsrs, but five new questions a day; unused minutes stay unused;
- *informed* (with ``--informed``, slow): looks into the learner's head, and asks what
  adds most a minute to the true score.  No scheduler can know this: it tells how much
  choosing well, one question at a time, could bring.

In plan, fsrs and drill alone a missed question comes again four questions later, at
most twice a day.  The plan was made with seeds 0 and 1; others are run by default.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import multiprocessing
import random
import statistics
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np

from drill.bank import load_bank
from drill.practice import Known, Memory
from drill.practice.forecast import forecast
from drill.practice.memory import AGAIN, GOOD, review
from drill.practice.planning import choose
from drill.practice.queue import is_due, unlocked

START = datetime(2026, 2, 2, 18, tzinfo=timezone.utc)  # noqa: UP017
DAYS, MINUTES = (3, 7, 14, 30), (15, 30, 45)
SLIP, GUESS, MISSED = 0.07, 0.03, 1.6
NEW_A_DAY, APART, TWICE = 5, 5, 2
TALENTS = {
    "strong": {"prior": 0.6, "decay": 0.35, "gain": 2.4, "half": 5.0, "learn": 0.35},
    "middling": {"prior": -0.3, "decay": 0.5, "gain": 2.1, "half": 3.0, "learn": 0.25},
    "weak": {"prior": -1.2, "decay": 0.7, "gain": 1.8, "half": 1.5, "learn": 0.15},
}
Array = Any


class Learner:
    """Somebody with a true memory; times are in days."""

    def __init__(self, known: Sequence[Known], talent: str, seed: str) -> None:
        self.talent = TALENTS[talent]
        self.random = random.Random(seed)
        draw = np.random.default_rng(self.random.randrange(2**32))
        skills = {(k.topic, k.skill) for k in known}
        topics = {k.topic: draw.normal(0, 0.5) for k in sorted(known, key=_name)}
        easy = {skill: draw.normal(0, 0.5) for skill in sorted(skills)}
        helps = {skill: draw.uniform(0.1, 0.6) for skill in sorted(skills)}
        self.prior = np.array(
            [
                self.talent["prior"] - 0.5 * (k.level - 1.5) + topics[k.topic]
                + easy[k.topic, k.skill] + draw.normal(0, 0.5)
                for k in known
            ]
        )  # fmt: skip
        self.transfer = np.array(
            [
                [
                    1.0 if a is b
                    else helps[a.topic, a.skill] if _skill(a) == _skill(b)
                    else 0.05 * (a.topic == b.topic)
                    for b in known
                ]
                for a in known
            ]
        )  # fmt: skip

    def answers(self, question: int, at: float) -> bool:
        """Answer, and learn from it."""
        right = self.random.random() < self.chances(at)[question]
        self.learn(question, at, right)
        return right

    def chances(self, at: float) -> Array:
        """Return how likely each question is answered right."""
        return GUESS + (1 - GUESS - SLIP) * self.knows(at)

    def knows(self, at: float) -> Array:
        """Return how likely each question is known."""
        raise NotImplementedError

    def learn(self, question: int, at: float, right: bool) -> None:
        """Take in a question and its solution."""
        raise NotImplementedError


class PowerLaw(Learner):
    """Traces that fade as a power of time."""

    def __init__(self, known: Sequence[Known], talent: str, seed: str) -> None:
        super().__init__(known, talent, seed)
        self.times: list[float] = []
        self.traces: list[tuple[Array, Array]] = []

    def strength(self, at: float) -> Array:
        """Add up the traces."""
        if not self.times:
            return np.zeros(len(self.prior))
        since = 1 + np.maximum(at - np.array(self.times), 0)[:, None]
        shares, decays = (np.array(one) for one in zip(*self.traces, strict=True))
        return (shares * since**-decays).sum(0)

    def knows(self, at: float) -> Array:
        odds = self.prior + self.talent["gain"] * np.log1p(3 * self.strength(at))
        return 1 / (1 + np.exp(-odds))

    def learn(self, question: int, at: float, right: bool) -> None:
        there = self.strength(at)
        decay = self.talent["decay"] + 0.3 * there / (1 + there)
        self.times = [*self.times, at]
        self.traces = [*self.traces, (self.transfer[question], decay)]


class HalfLife(Learner):
    """Recall that halves, and knowledge of a skill that fades slowly."""

    def __init__(self, known: Sequence[Known], talent: str, seed: str) -> None:
        super().__init__(known, talent, seed)
        self.half = np.zeros(len(known))
        self.last = np.zeros(len(known))
        self.skill, self.skill_at = np.zeros(len(known)), 0.0

    def recalled(self, at: float) -> Array:
        """Return how likely each question is recalled."""
        since = np.maximum(at - self.last, 0)
        return (self.half > 0) * 0.5 ** (since / np.maximum(self.half, 1e-9))

    def worked_out(self, at: float) -> Array:
        """Return what is known of each question's skill."""
        return self.skill * 0.5 ** ((at - self.skill_at) / (8 * self.talent["half"]))

    def knows(self, at: float) -> Array:
        able = 1 - (1 - 1 / (1 + np.exp(-self.prior))) * (1 - self.worked_out(at))
        return 1 - (1 - able) * (1 - self.recalled(at))

    def learn(self, question: int, at: float, right: bool) -> None:
        first, was = self.talent["half"], self.half[question]
        self.half, self.last = self.half.copy(), self.last.copy()
        grown = was * (1 + 2 * (1 - self.recalled(at)[question]))
        kept = grown if right else max(first, 0.6 * was)
        self.half[question], self.last[question] = (kept if was else first), at
        taught = self.talent["learn"] * self.transfer[question]
        taught[question] = 0
        there = self.worked_out(at)
        self.skill, self.skill_at = there + taught * (1 - there), at


MEMORIES: dict[str, type[Learner]] = {"power law": PowerLaw, "half-life": HalfLife}


class Log:
    """What any scheduler may know."""

    def __init__(self, known: list[Known], days: int, minutes: float, seed: int):
        self.known, self.days, self.minutes = known, days, minutes
        self.by_id = {k.id: k for k in known}
        self.topics = sorted({k.topic for k in known})
        self.random = random.Random(f"{seed} order")
        self.memories: dict[str, Memory] = {}
        self.day, self.used = 0, 0.0
        self.rounds: dict[str, tuple[list[str], list[str]]] = {}
        self.begin_day(0)

    @property
    def now(self) -> datetime:
        """The moment of today's practice."""
        return START + timedelta(days=self.day)

    def begin_day(self, day: int) -> None:
        """Forget what is only of a day."""
        self.day, self.asked, self.new = day, 0, 0
        self.again: list[tuple[int, str]] = []
        self.repeats: dict[str, int] = {}
        self.cards: list[str] = []

    def take(self, name: str, right: bool) -> None:
        """Take an answer in; the first of a day is rated, a missed one comes again."""
        known, old = self.by_id[name], self.memories.get(name)
        self.asked += 1
        self.new += old is None
        if old is None or old.day != self.now.date():
            rating, state = GOOD if right else AGAIN, old.state if old else None
            self.memories[name] = Memory(
                name, known.topic, known.skill, known.level, self.now.date(), rating,
                review(state, rating, self.now), state,
            )  # fmt: skip
        if not right and self.repeats.get(name, 0) < TWICE:
            self.repeats[name] = self.repeats.get(name, 0) + 1
            self.again.append((self.asked + APART - 1, name))

    def repeat(self, *, at_once: bool = False) -> str | None:
        """Return a missed question whose turn has come."""
        if self.again and (at_once or self.again[0][0] <= self.asked):
            return self.again.pop(0)[1]
        return None

    def rest(self) -> list[tuple[float, str]]:
        """Return what was met before today, and how much it has faded."""
        today = self.now.date()
        return [
            ((self.now - m.state.reviewed).days / m.state.stability, name)
            for name, m in self.memories.items()
            if m.day != today
        ]


def fsrs(log: Log, left: float, most_new: float = float("inf")) -> str | None:
    """Ask what is due, then what is new, then what fades."""
    if name := log.repeat():
        return name
    rest = log.rest()
    if due := [one for one in rest if is_due(log.memories[one[1]], log.now)]:
        return max(due)[1]
    if log.new < most_new:
        passed = {name for name, m in log.memories.items() if m.state.passes}
        fresh = []
        for topic in log.topics:
            here = [k for k in log.known if k.topic == topic]
            met = sum(k.id in log.memories for k in here)
            fresh += [
                (met, topic, k.level, k.id)
                for k in unlocked(here, passed)
                if k.id not in log.memories
            ]
        if fresh:
            return min(fresh)[3]
    if most_new == NEW_A_DAY:
        return log.repeat(at_once=True)
    return max(rest)[1] if rest else log.random.choice(log.known).id


def alone(log: Log, left: float) -> str | None:
    """Ask what `drill` asks without a plan."""
    return fsrs(log, left, NEW_A_DAY)


def plan(log: Log, left: float) -> str | None:
    """Ask what the plan chooses; when it has nothing, as fsrs."""
    if name := log.repeat():
        return name
    if not log.cards:
        exam = START + timedelta(days=log.days)
        # What the last question would overrun is taken from the next day for all.
        minutes = max(left, *(k.minutes for k in log.known))
        cards = choose(log.known, log.memories, log.now, exam, minutes)
        log.cards = [card.question for card in cards]
    return log.cards.pop(0) if log.cards else fsrs(log, left)


def cram(log: Log, left: float) -> str | None:
    """Ask one topic after the other, round and round."""
    share = log.days * log.minutes / len(log.topics)
    topic = log.topics[min(int(log.used / share), len(log.topics) - 1)]
    round_, missed = log.rounds.setdefault(topic, ([], []))
    missed += [name for _, name in log.again]
    log.again = []
    if not round_:
        here = sorted((k for k in log.known if k.topic == topic), key=_level)
        round_ += missed or [k.id for k in here]
        missed.clear()
    return round_.pop(0)


def at_random(log: Log, left: float) -> str | None:
    """Ask anything."""
    return log.random.choice(log.known).id


def informed(learner: Learner) -> Callable[[Log, float], str | None]:
    """Return a scheduler that looks into the learner's head."""

    def ask(log: Log, left: float) -> str | None:
        exam, at = log.days - 0.4, float(log.day)
        sizes = {t: sum(k.topic == t for k in log.known) for t in log.topics}
        weight = np.array([1 / sizes[k.topic] for k in log.known])
        before, chance = weight @ learner.chances(exam), learner.chances(at)

        def gain(place: int) -> float:
            after = copy.copy(learner)
            after.learn(place, at, True)
            cost = chance[place] + MISSED * (1 - chance[place])
            added = weight @ after.chances(exam) - before
            return float(added / log.known[place].minutes / cost)

        return log.known[max(range(len(log.known)), key=gain)].id

    return ask


POLICIES = {"plan": plan, "fsrs": fsrs, "cram": cram, "random": at_random}
RIVALS = ("fsrs", "cram", "random")
Cell = tuple[str, str, int, int]


def prepare(
    known: list[Known], learner: Learner, ask: Any, days: int, minutes: int, seed: int
) -> tuple[float, float]:
    """Practise until the exam; return the true score, and the one that is forecast."""
    log = Log(known, days, minutes, seed)
    places = {k.id: place for place, k in enumerate(known)}
    over = 0.0
    for day in range(days):
        log.begin_day(day)
        left = minutes - over
        while left > 0 and (name := ask(log, left)) is not None:
            right = learner.answers(places[name], float(day))
            cost = log.by_id[name].minutes * (1 if right else MISSED)
            left, log.used = left - cost, log.used + cost
            log.take(name, right)
        over = max(0.0, -left)
    chances = dict(zip(places, learner.chances(days - 0.4), strict=True))
    true = statistics.mean(
        statistics.mean(chances[k.id] for k in known if k.topic == topic)
        for topic in log.topics
    )
    exam = START + timedelta(days=days)
    return 100 * float(true), 100 * forecast(known, log.memories, exam).score


def one(job: tuple[Cell, int, int, bool]) -> tuple[Cell, dict[str, Any]]:
    """Run all schedulers with one learner."""
    (memory, talent, days, minutes), topics, seed, look = job
    bank = [Known(q.id, q.topic, q.skill, q.level, q.minutes) for q in BANK]
    names = sorted({k.topic for k in bank})
    chosen = random.Random(f"{seed} topics").sample(names, min(topics, len(names)))
    known = [k for k in bank if k.topic in chosen]
    found = {}
    for name in [*POLICIES, "drill alone", *(["informed"] if look else [])]:
        learner = MEMORIES[memory](known, talent, f"{seed} learner")
        ask = POLICIES.get(name, alone)
        if name == "informed":
            ask = informed(learner)
        found[name] = prepare(known, learner, ask, days, minutes, seed)
    return job[0], found


def _name(known: Known) -> str:
    return known.id


def _level(known: Known) -> tuple[int, str]:
    return known.level, known.id


def _skill(known: Known) -> tuple[str, str]:
    return known.topic, known.skill


def row(title: str, found: list[dict[str, float]], names: list[str]) -> str:
    """Write a line of the table."""
    means = [statistics.mean(cell[name] for cell in found) for name in names]
    lead = [cell["plan"] - max(cell[name] for name in RIVALS) for cell in found]
    cells = " ".join(f"{mean:11.1f}" for mean in means)
    return f"{title:24} {cells} {statistics.mean(lead):+9.1f} {min(lead):+7.1f}"


def main() -> None:
    """Print the table, and how well the score was forecast."""
    parser = argparse.ArgumentParser(description="Expected exam scores under the plan.")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--topics", type=int, default=8)
    parser.add_argument("--informed", action="store_true")
    given = parser.parse_args()
    cells = list(itertools.product(MEMORIES, TALENTS, DAYS, MINUTES))
    seeds = range(given.first, given.first + given.seeds)
    jobs = [(c, given.topics, s, given.informed) for c in cells for s in seeds]
    results: dict[Cell, list[dict[str, Any]]] = {cell: [] for cell in cells}
    with multiprocessing.Pool(2) as pool:
        for cell, found in pool.imap_unordered(one, jobs, chunksize=4):
            results[cell].append(found)
    names = [*POLICIES, "drill alone", *(["informed"] if given.informed else [])]
    table = {
        cell: {name: statistics.mean(f[name][0] for f in all_) for name in names}
        for cell, all_ in results.items()
    }
    print(
        f"{given.topics} topics, {given.seeds} learners for each of {len(cells)} cells"
    )
    heads = " ".join(f"{name:>11}" for name in names)
    print(f"{'':24} {heads} {'over best':>9} {'worst':>7}")
    for place, title in enumerate(("memory", "talent", "days", "minutes a day")):
        for value in dict.fromkeys(cell[place] for cell in cells):
            some = [table[cell] for cell in cells if cell[place] == value]
            print(row(f"{title} {value}", some, names))
    print(row("all", list(table.values()), names))
    pairs = [f["plan"] for all_ in results.values() for f in all_]
    off = [forecast_ - true for true, forecast_ in pairs]
    print(
        f"forecast on the last evening: {statistics.mean(off):+.1f} on average, off by"
        f" {statistics.mean(map(abs, off)):.1f}"
    )


BANK = load_bank().questions

if __name__ == "__main__":
    main()
