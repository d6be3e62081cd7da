"""Rules about a question as a whole: what only many instances show."""

from __future__ import annotations

import math
from collections.abc import Iterator

from drill.selftest.observation import NUMERIC
from drill.selftest.tally import Guesses, Tally

# Fewer instances than this say nothing about shares.
MANY = 20
# Less often than this, chance alone would look like a pattern.
CHANCE = 1e-3
# The most frequent answer may be given as often as this.
COMMON = 0.5
# Draws kept of draws made: below this, each instance costs twenty draws.
ACCEPTANCE = 0.05
# A field that is the answer this often gives it away.
SHOWN = 0.9
# A mistake may hide behind the tolerance in half of the instances, not in most.
SWALLOWED = 0.5
# Steps of work for an average instance: a tenth of what one draw may cost.
WORK = 10_000_000


def patterns(tally: Tally) -> Iterator[tuple[str, str]]:
    """Yield each rule's name with what it says about the whole question."""
    if tally.instances and tally.work / tally.instances > WORK:
        yield (
            "budget",
            f"an instance costs {tally.work // tally.instances:,} steps of work on"
            f" average; {WORK:,} keep a quiz quick: draw smaller arrays",
        )
    if tally.instances < MANY:
        return
    yield from (("acceptance", say) for say in _acceptance(tally))
    yield from (("mistake never met", say) for say in _never_met(tally))
    yield from (("tolerance", say) for say in _swallowed(tally))
    yield from (("mistakes apart", say) for say in _never_alone(tally))
    yield from (("variety", say) for say in _variety(tally))
    yield from (("guessability", say) for say in _guessed(tally))
    yield from (("answer shown", say) for say in _shown(tally))


def surely_above(hits: int, trials: int, share: float) -> bool:
    """Tell whether more hits were made than `share` explains.

    The binomial tail: the chance of this many hits or more is below `CHANCE`.

    Examples
    --------
    >>> surely_above(14, 20, 0.5), surely_above(18, 20, 0.5)
    (False, True)
    """
    if hits <= share * trials or share >= 1:
        return False
    return _tail(hits, trials, share) < CHANCE


def _tail(hits: int, trials: int, share: float) -> float:
    odds, rest = math.log(share), math.log1p(-share)
    return math.fsum(
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(k + 1)
            - math.lgamma(trials - k + 1)
            + k * odds
            + (trials - k) * rest
        )
        for k in range(hits, trials + 1)
    )


def _acceptance(tally: Tally) -> Iterator[str]:
    share = tally.instances / tally.tries
    if share < ACCEPTANCE:
        yield (
            f"only {share:.1%} of the draws are kept ({tally.tries:,} for"
            f" {tally.instances:,} instances; {ACCEPTANCE:.0%} is the least): draw what"
            " 'require' wants, or let fewer mistakes be must_differ"
        )


def _never_met(tally: Tally) -> Iterator[str]:
    for name, mutant in tally.mutants.items():
        if mutant.on or surely_above(mutant.near, tally.instances, SWALLOWED):
            continue
        why = (
            "it always gives the right answer"
            if mutant.scored == tally.instances
            else "it can be computed on no instance"
            if not mutant.scored
            else "where it can be computed, it gives the right answer"
        )
        yield (
            f"the mistake '{name}' is on in none of {tally.instances} instances: {why}"
        )


def _swallowed(tally: Tally) -> Iterator[str]:
    for name, mutant in tally.mutants.items():
        if surely_above(mutant.near, tally.instances, SWALLOWED):
            yield (
                f"the mistake '{name}' misses by less than 3 tolerances in"
                f" {mutant.near} of {tally.instances} instances, and goes unnoticed"
                " there: ask for more decimals, or draw numbers that tell it apart"
            )


def _never_alone(tally: Tally) -> Iterator[str]:
    for name, mutant in tally.mutants.items():
        twins = [other for (one, other) in tally.together if one == name]
        if mutant.alone or not twins or mutant.on < MANY // 2:
            continue
        with_whom = " or ".join(f"'{twin}'" for twin in twins)
        yield (
            f"the mistake '{name}' is never told apart: in all {mutant.on} instances"
            f" that it is on, {with_whom} gives the same"
        )


def _variety(tally: Tally) -> Iterator[str]:
    distinct = len(tally.prints)
    if distinct < min(10, tally.instances // 4):
        yield (
            f"only {distinct} of {tally.instances} instances differ: draw from more"
            " numbers"
        )
    if not any(part.answer.kind in NUMERIC for part in tally.question.parts):
        return
    (answer, count), *_ = tally.answers.most_common(1)
    if surely_above(count, tally.instances, COMMON):
        said = " and ".join(text for text in answer if text)
        yield (
            f"'{said}' is the answer of {count} in {tally.instances} instances, and can"
            " be guessed: draw numbers with more answers"
        )


def _guessed(tally: Tally) -> Iterator[str]:
    for place, guesses in tally.guesses.items():
        part = tally.question.parts[place]
        chance = guesses.chance / tally.instances
        varies = bool(part.answer.distractors) or any(
            option.right.names for option in part.answer.options
        )
        found = _best(guesses, tally.instances, chance, varies)
        if found is not None:
            where = f" in part '{part.name}'" if part.name else ""
            yield (
                f"{found}{where} is right in {guesses.hits[found]} of"
                f" {tally.instances} instances; chance is {chance:.0%}"
            )


def _best(guesses: Guesses, instances: int, chance: float, varies: bool) -> str | None:
    """Return the best way that gets more than halfway from chance to certainty.

    A question about one fact has one right text: only who knows it is right.
    """
    for way, hits in guesses.hits.most_common():
        if way.startswith("always") and not varies:
            continue
        if surely_above(hits, instances, (1 + chance) / 2):
            return way
    return None


def _shown(tally: Tally) -> Iterator[str]:
    parts = tally.question.parts
    if len(tally.answers) < 2 or any(p.answer.kind not in NUMERIC for p in parts):
        return
    given: list[str] = []
    for place in range(len(parts)):
        counts = {
            field: count
            for (part, field), count in tally.shown.items()
            if part == place
        }
        best = max(counts, key=lambda field: counts[field], default="")
        if not best or counts[best] < SHOWN * tally.instances:
            return
        given.append(f"{{{best}}}")
    yield (
        f"the prompt prints the answer: {' and '.join(given)} is right in nearly every"
        " instance"
    )
