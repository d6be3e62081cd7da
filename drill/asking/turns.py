"""One question, turn by turn: a value and an event make the next value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from drill.asking.answered import Answered, Outcome, Try
from drill.drawing import Filled, Instance, Target, hints
from drill.errors import LanguageError, UnreadableError, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drill.grading import Verdict

TRIES = 2


class Reply(Struct, frozen=True, eq=False):
    """An answer is given: text as it was typed, or an array.

    Attributes
    ----------
    answer : str or ndarray
    text : str
        What is kept of an array; by default what it is read as.
    """

    answer: str | NDArray[Any]
    text: str = ""


Event = Reply | Literal["hint", "give up", "skip", "leave"]


class HintGiven(Struct, frozen=True, eq=False):
    """The hint that was asked for; without prose there are no more."""

    prose: Filled | None
    number: int
    of: int


class Unread(Struct, frozen=True, eq=False):
    """A reply that was no answer: it costs nothing."""

    text: str
    error: UnreadableError | LanguageError | UsageError


class Judged(Struct, frozen=True, eq=False):
    """A reply that was graded.

    Attributes
    ----------
    last : bool
        Whether no try is left: what was wanted may now be told.
    """

    verdict: Verdict
    target: Target
    last: bool

    @property
    def again(self) -> bool:
        """Whether there is one more try."""
        return not (self.verdict.right or self.last)


Shown = HintGiven | Unread | Judged


class Asking(Struct, frozen=True, eq=False):
    """Where a person stands within one question.

    Attributes
    ----------
    id : str
        Shared by the parts of this instance.
    since : float
        When the part was asked, in seconds by any clock that only goes on.
    part : int
        The one that is asked now; the last one, when it is over.
    hints : int
        Taken at this part.
    tries : tuple of Try
        The graded replies to this part.
    seconds : float
        From asking to the first graded reply; 0 until then.
    done : tuple of Answered
        The parts that are behind.
    over : bool
    """

    instance: Instance
    id: str
    since: float
    part: int = 0
    hints: int = 0
    tries: tuple[Try, ...] = ()
    seconds: float = 0.0
    done: tuple[Answered, ...] = ()
    over: bool = False

    @property
    def target(self) -> Target:
        """What the part wants."""
        return self.instance.targets[self.part]

    @property
    def missed(self) -> bool:
        """Whether the solution is due: something was wrong, or given up."""
        return self.over and any(a.outcome in ("wrong", "gave up") for a in self.done)


class Step(Struct, frozen=True, eq=False):
    """What one event made.

    Attributes
    ----------
    asking : Asking
        As it is now.
    show : HintGiven, Unread, Judged or None
        What is to be shown, once `keep` is kept.
    keep : Answered or None
        What must be on disk before anything is shown: what was answered is not to be
        lost, nor to be taken back when its verdict is known.
    """

    asking: Asking
    show: Shown | None = None
    keep: Answered | None = None


def begin(instance: Instance, name: str, at: float) -> Asking:
    """Ask the first part.

    Parameters
    ----------
    instance : Instance
    name : str
        An id that no other asking has.
    at : float
        The time, in seconds.
    """
    return Asking(instance, name, at)


def pause(asking: Asking, seconds: float) -> Asking:
    """Leave out time that was spent elsewhere, such as in the help."""
    return replace(asking, since=asking.since + seconds)


def take(asking: Asking, event: Event, at: float) -> Step:
    """Take in what the person does.

    A pure function: nothing is printed, written or looked up, and programs run in
    the language of `drill.language` alone.

    Parameters
    ----------
    asking : Asking
    event : Reply, "hint", "give up", "skip" or "leave"
    at : float
        The time, by the clock that `begin` was told.

    Returns
    -------
    Step
        When it was over already, the same again: nothing is kept or shown.

    Examples
    --------
    >>> import drill
    >>> asking = begin(drill.draw(drill.load()["conv-output-size"], 7), "a", 0.0)
    >>> step = take(asking, Reply("one"), 1.0)
    >>> type(step.show).__name__, step.keep, step.asking is asking
    ('Unread', None, True)
    >>> step = take(asking, Reply("1"), 2.0)
    >>> step.show.again, step.keep.outcome, step.keep.seconds
    (True, 'wrong', 2.0)
    """
    if asking.over:
        return Step(asking)
    if isinstance(event, Reply):
        return _replied(asking, event, at)
    match event:
        case "hint":
            return _hinted(asking)
        case "leave":
            # What was answered is kept already; the part was not given up.
            found = (_answered(asking, "wrong", at),) if asking.tries else ()
            left = replace(asking, done=asking.done + found, over=True)
            return Step(left)
        case "skip" if asking.tries:
            return _closed(asking, "wrong", at)
        case "skip":
            return _closed(asking, "skipped", at)
        case _:
            return _closed(asking, "gave up", at)


def _hinted(asking: Asking) -> Step:
    advice = hints(asking.instance, asking.part)
    if asking.hints == len(advice):
        return Step(asking, HintGiven(None, len(advice), len(advice)))
    prose, number = advice[asking.hints], asking.hints + 1
    return Step(replace(asking, hints=number), HintGiven(prose, number, len(advice)))


def _replied(asking: Asking, reply: Reply, at: float) -> Step:
    # Whoever is asked reads first: the graders are not needed before the first reply.
    from drill.asking.grading import carried_forward, grade_answer

    earlier = carried_forward(asking.instance, asking.done)
    try:
        verdict = grade_answer(asking.instance, asking.part, reply.answer, earlier)
    except (UnreadableError, LanguageError, UsageError) as error:
        text = reply.answer if isinstance(reply.answer, str) else reply.text
        return Step(asking, Unread(text, error))
    tried = Try(_text(reply, asking.target), verdict)
    seconds = asking.seconds if asking.tries else at - asking.since
    now = replace(asking, tries=(*asking.tries, tried), seconds=seconds)
    last = len(now.tries) == TRIES
    judged = Judged(verdict, asking.target, last)
    if judged.again:
        return Step(now, judged, _answered(now, "wrong", at))
    outcome: Outcome = "wrong"
    if verdict.right:
        outcome = "right" if len(now.tries) == 1 else "right later"
    step = _closed(now, outcome, at)
    return replace(step, show=judged)


def _text(reply: Reply, target: Target) -> str:
    if isinstance(reply.answer, str):
        return reply.answer
    from drill.answer import echo

    return reply.text or echo(reply.answer, target.part.answer.kind)


def _closed(asking: Asking, outcome: Outcome, at: float) -> Step:
    """End the part; the next one is asked unless the person has had enough."""
    answered = _answered(asking, outcome, at)
    done = (*asking.done, answered)
    last = asking.part + 1 == len(asking.instance.targets)
    if last or outcome in ("gave up", "skipped"):
        return Step(replace(asking, done=done, over=True), keep=answered)
    following = Asking(asking.instance, asking.id, at, asking.part + 1, done=done)
    return Step(following, keep=answered)


def _answered(asking: Asking, outcome: Outcome, at: float) -> Answered:
    return Answered(
        asking.instance,
        asking.part,
        outcome,
        asking.tries,
        asking.hints,
        asking.seconds if asking.tries else at - asking.since,
        f"{asking.id}-{asking.part}",
        asking.id,
    )
