"""An exam at the terminal: where one is, what was answered, and the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from drill.drawing import plain, solution, stem
from drill.screen import question as show
from drill.screen import theme, words
from drill.screen.hanging import Hanging
from drill.screen.question import Lines
from drill.visible import counted, shown

if TYPE_CHECKING:
    from drill.exam import Graded, Paper, Place, Score

NARROW = 60
KEYS = "answer · Enter next · back · go 5 · list · hand in · help"
HELP = """\
Type an answer and press Enter; the last one you give to a question counts.
Enter alone leaves it as it is and goes on; back goes back; go 5 goes to question 5.
list shows what is answered. hand in ends the exam and shows how it went.
Ctrl-D or quit leaves it: drill exam --resume goes on with the time that is left."""


def opening(paper: Paper, minutes: int) -> Lines:
    """Say what lies ahead."""
    asked = counted(len(paper.items), "question")
    return [
        Text(
            f"Exam {paper.seed}: {asked}, {counted(paper.points, 'point')}, {minutes}"
            " minutes.",
            theme.STRONG,
        ),
        Text("Answers can be changed until you hand in; nothing is told before."),
        Text(),
    ]


def heading(place: Place, of: int) -> Lines:
    """Say which question this is; the ticket stands alone, to be copied."""
    line = Text(f"Question {place.name} of {of}", theme.STRONG)
    line.append(f"  {place.item.instance.ticket}", theme.QUIET)
    return [line, Text()]


def status(place: Place, of: int, left: float) -> Text:
    """Say above each prompt where one is, for how many points, and the time left."""
    points = counted(place.points, "point")
    return Text(f"Question {place.name} of {of} · {points} · {time_left(left)}")


def asked(place: Place, answer: str | None, *, jumped: bool = False) -> Lines:
    """Show what is asked, and what was answered so far.

    Whoever jumped to a later part has not just read what all parts begin with.
    """
    instance = place.item.instance
    lines: Lines = []
    if jumped and place.part and stem(instance):
        lines += [*show.filled(stem(instance)), Text()]
    lines += show.asked(instance, place.part)
    if answer is not None:
        lines.append(Text(f"Your answer so far: {brief(answer)}"))
    lines.append(Text(KEYS, theme.QUIET))
    return lines


def listing(paper: Paper, answers: Mapping[int, str]) -> Lines:
    """List what is answered."""
    lines: Lines = []
    for place in paper.places:
        answer = answers.get(place.index)
        told = "–" if answer is None else brief(answer)
        points = counted(place.points, "point")
        topic = place.item.instance.question.topic
        lines.append(Hanging(f"{place.name:>4}  ", Text(f"{topic}, {points}: {told}")))
    left = len(paper.places) - len(answers)
    done = "all answered" if not left else f"{left} not answered"
    return [*lines, Text(f"{done[0].upper()}{done[1:]}.")]


def brief(answer: str) -> str:
    """Write an answer in one line."""
    text = " / ".join(answer.strip().split("\n"))
    return shown(text if len(text) <= 60 else f"{text[:57]}…", 60)


def time_left(seconds: float) -> str:
    """Write the time that is left.

    Examples
    --------
    >>> time_left(1310), time_left(59), time_left(-3)
    ('22 min left', 'less than a minute left', 'time is over')
    """
    if seconds <= 0:
        return "time is over"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if seconds >= 60 else "less than a minute left"


@dataclass(frozen=True)
class Report:
    """How an exam went: the score, the topics, and what was wrong."""

    seed: int
    score: Score
    topics: tuple[Score, ...]
    graded: tuple[Graded, ...]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw it as wide as there is room."""
        whole = self.score
        points = f"{whole.earned:g} of {counted(whole.points, 'point')}"
        yield Text.assemble(
            (f"{points}, {100 * whole.share:.0f} %", theme.STRONG),
            f"  {whole.right} of {whole.asked} right.",
        )
        yield Text()
        if options.max_width < NARROW:
            yield from (Text(_sentence(topic)) for topic in self.topics)
        else:
            yield _table((*self.topics, *([whole] if len(self.topics) > 1 else [])))
        for one in self.graded:
            if one.outcome != "right":
                yield Text()
                yield from wrong(one)
        yield Text()
        asked = len({one.place.item.number for one in self.graded})
        again = f"drill exam -n {asked} --seed {self.seed}"
        yield Text(f"{again} with the same topics asks it again.", theme.QUIET)


def wrong(one: Graded) -> Lines:
    """Tell one wrong answer: which mistake it is, and what is right."""
    place = one.place
    points = f"{one.earned:g} of {counted(place.points, 'point')}"
    head = Text(f"{place.name}  ", theme.STRONG)
    head.append(str(place.item.instance.ticket), theme.STRONG)
    head.append(f"  {points}", theme.QUIET)
    lines: Lines = [head]
    if one.typed is None:
        lines.append(Text("Not answered."))
    else:
        lines.append(Text(f"You answered: {brief(one.typed)}"))
    if one.problem:
        lines.append(Text(f"It could not be read: {shown(one.problem)}"))
    if one.verdict is not None:
        lines += [Text(say) for say in words.diagnosis(one.verdict)]
        lines += [Text(say) for say in words.counterexample(one.verdict)]
        lines += [Text(s) for s in words.details(one.verdict, place.target, final=True)]
    answer = words.answer_text(place.target)
    start = "Right is:" if "\n" in answer else f"Right is: {answer}"
    lines.append(Text(start))
    if "\n" in answer:
        lines += [Text(f"  {line}") for line in answer.split("\n")]
    return lines


def solutions(graded: Sequence[Graded]) -> Lines:
    """Show the worked solution of each question that was not all right."""
    lines: Lines = []
    told: set[int] = set()
    for one in graded:
        item = one.place.item
        if one.outcome == "right" or item.number in told:
            continue
        told.add(item.number)
        lines += [Text(f"Question {item.number}", theme.STRONG)]
        lines += [*show.solved(item.instance), Text()]
    return lines


def _sentence(score: Score) -> str:
    return (
        f"{score.name}: {score.earned:g} of {counted(score.points, 'point')},"
        f" {score.right} of {score.asked} right"
    )


def _table(found: Sequence[Score]) -> Table:
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("topic", no_wrap=True)
    for name in ("points", "of", "", "right"):
        table.add_column(name, justify="right", no_wrap=True)
    for score in found:
        table.add_row(
            score.name,
            f"{score.earned:g}",
            str(score.points),
            f"{100 * score.share:.0f} %",
            f"{score.right}/{score.asked}",
        )
    return table


def report_data(
    paper: Paper, graded: Sequence[Graded], *, solved: bool = False
) -> dict[str, Any]:
    """Return a report as JSON has it, with the worked solutions if wanted."""
    from drill.exam import scores

    score, topics = scores(graded)
    data: dict[str, Any] = {
        "version": 1,
        "seed": paper.seed,
        "earned": score.earned,
        "points": score.points,
        "percent": round(100 * score.share),
        "topics": [
            {"topic": t.name, "earned": t.earned, "points": t.points, "right": t.right}
            for t in topics
        ],
        "answers": [
            {
                "question": one.place.name,
                "ticket": str(one.place.item.instance.ticket),
                "part": one.place.target.part.name,
                "typed": one.typed,
                "outcome": one.outcome,
                "earned": one.earned,
                "points": one.place.points,
                "mistakes": [m.name for m in one.verdict.mistakes]
                if one.verdict
                else [],
                "said": words.diagnosis(one.verdict) if one.verdict else [],
                "problem": one.problem,
            }
            for one in graded
        ],
    }
    if solved:
        data["solutions"] = {
            str(item.instance.ticket): plain(solution(item.instance))
            for item in paper.items
        }
    return data
