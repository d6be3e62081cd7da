"""Arithmetic of two values: plain numbers at once, everything else by its operation.

Names and constants are read where they stand: in a loop, a call of a closure for each
would take longer than the arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drill.language.compilation.scope import FAULTS, Step
from drill.language.operators import Frame, Operation
from drill.language.syntax.position import Place
from drill.language.values import LARGE, TOO_LARGE, Complaint

Quick = Callable[[Any, Any], Any]


def arithmetic(
    quick: Quick, whole: Operation, place: Place, left: Step, right: Step
) -> Step:
    """Return the closure of ``left ∘ right``."""

    def step(frame: Frame) -> Any:
        a = left(frame)
        b = right(frame)
        first = type(a)
        second = type(b)
        try:
            if (first is int or first is float) and (second is int or second is float):
                c = quick(a, b)
                if type(c) is float or -LARGE < c < LARGE:
                    return c
                raise Complaint(TOO_LARGE)
            return whole(frame, a, b)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def with_constant(
    quick: Quick, whole: Operation, place: Place, left: Step, b: float
) -> Step:
    """Return the closure of ``left ∘ 2``."""

    def step(frame: Frame) -> Any:
        a = left(frame)
        first = type(a)
        try:
            if first is int or first is float:
                c = quick(a, b)
                if type(c) is float or -LARGE < c < LARGE:
                    return c
                raise Complaint(TOO_LARGE)
            return whole(frame, a, b)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def of_constant(
    quick: Quick, whole: Operation, place: Place, a: float, right: Step
) -> Step:
    """Return the closure of ``2 ∘ right``."""

    def step(frame: Frame) -> Any:
        b = right(frame)
        second = type(b)
        try:
            if second is int or second is float:
                c = quick(a, b)
                if type(c) is float or -LARGE < c < LARGE:
                    return c
                raise Complaint(TOO_LARGE)
            return whole(frame, a, b)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def of_names(
    quick: Quick, whole: Operation, place: Place, left: int, right: int
) -> Step:
    """Return the closure of ``a ∘ b``, names that have a value for certain."""

    def step(frame: Frame) -> Any:
        a = frame[left]
        b = frame[right]
        first = type(a)
        second = type(b)
        try:
            if (first is int or first is float) and (second is int or second is float):
                c = quick(a, b)
                if type(c) is float or -LARGE < c < LARGE:
                    return c
                raise Complaint(TOO_LARGE)
            return whole(frame, a, b)
        except FAULTS as error:
            raise place.failure(error) from None

    return step


def with_name(
    quick: Quick, whole: Operation, place: Place, left: Step, right: int
) -> Step:
    """Return the closure of ``left ∘ b``, a name that has a value for certain."""

    def step(frame: Frame) -> Any:
        a = left(frame)
        b = frame[right]
        first = type(a)
        second = type(b)
        try:
            if (first is int or first is float) and (second is int or second is float):
                c = quick(a, b)
                if type(c) is float or -LARGE < c < LARGE:
                    return c
                raise Complaint(TOO_LARGE)
            return whole(frame, a, b)
        except FAULTS as error:
            raise place.failure(error) from None

    return step
