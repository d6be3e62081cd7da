"""Random numbers that mean the same next year and on every machine.

Only `random.Random(text).random()` is used: Python promises its sequence, whereas
numpy's distributions and Python's own `randint`, `choice` and `shuffle` may change.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Stream:
    """An endless stream of draws that its key determines.

    Parameters
    ----------
    *key : object
        What the stream belongs to: question, seed, name, try.

    Examples
    --------
    >>> Stream("conv-output-size", 7, "n", 0).integer(12, 64)
    30
    """

    def __init__(self, *key: object) -> None:
        # "a|b" and "a", "b" must not be the same key, hence the repr.
        self._next = random.Random("|".join(map(repr, key))).random

    def below(self, count: int) -> int:
        """Return an integer from 0 to `count` - 1."""
        return int(self._next() * count)

    def integer(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[int(self._next() * len(items))]

    def picks(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` of `items`, each as `pick` would."""
        following, size = self._next, len(items)
        return [items[int(following() * size)] for _ in range(count)]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` of `items`, each at most once, in random order.

        Examples
        --------
        >>> sorted(Stream("x").sample([1, 2, 3], 3))
        [1, 2, 3]
        """
        pool = list(items)
        for place in range(count):
            other = self.integer(place, len(pool) - 1)
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:count]
