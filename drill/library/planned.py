"""What a plan still has for today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drill.library.cards import Library
    from drill.practice import Plan
    from drill.practice.queue import Card


def of_today(library: Library, plan: Plan, new: int | None) -> list[Card]:
    """Return what the plan still has for today, in the order in which it is asked."""
    from datetime import timedelta

    from drill.practice import plans
    from drill.practice.picking import missed
    from drill.practice.planning import choose
    from drill.practice.queue import arrange

    history, now = library.history, library.now()
    pace = plans.pace(history, now.date())
    left = plan.minutes - plans.spent(history, plan, now.date(), pace)
    exam = now + timedelta(days=plan.days_left(now.date()))
    cards = choose(
        plan.asks(library.known()),
        history.memories(),
        now,
        exam,
        left,
        missed(history),
        pace,
    )
    fresh = [card for card in cards if card.new]
    skipped = set() if new is None else {card.question for card in fresh[new:]}
    return arrange([card for card in cards if card.question not in skipped])
