"""Mock exams: the paper, the sitting, the report, and what is on disk."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest
from learner import bank, right_reply, wrong_reply
from terminal import Terminal

from drill.bank import Bank
from drill.cli import exam, exam_session
from drill.cli.exam_session import Desk
from drill.cli.main import run
from drill.cli.terminal import make_console
from drill.errors import HistoryError
from drill.exam import Paper, compose, grade_paper, paper_of, scores
from drill.practice import NAME, open_history, sittings
from drill.publishing.papers import key_sheet, paper_sheet, write

TOPICS = ("cnn-sizes", "max-pool", "softmax", "dropout")
NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)  # noqa: UP017


@pytest.fixture(scope="module")
def questions():
    """Return the questions of four topics."""
    return [q for topic in TOPICS for q in bank().topics[topic].questions]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own."""
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def tickets(paper: Paper) -> list[str]:
    return [str(item.instance.ticket) for item in paper.items]


def test_one_seed_one_paper(questions) -> None:
    """The same seed gives the same paper in whatever order questions come."""
    paper = compose(questions, 8, 7)
    assert tickets(paper) == tickets(compose(questions[::-1], 8, 7))
    assert tickets(paper) != tickets(compose(questions, 8, 8))
    assert len(set(tickets(paper))) == 8


@pytest.mark.parametrize("seed", range(8))
def test_the_paper_is_mixed(questions, seed: int) -> None:
    """Topics take turns, skills do not repeat, easy questions come first."""
    paper = compose(questions, 8, seed)
    asked = [item.instance.question for item in paper.items]
    assert set(Counter(question.topic for question in asked).values()) == {2}
    assert len({question.skill for question in asked}) == 8
    levels = [question.level for question in asked]
    assert levels == sorted(levels)


@pytest.mark.parametrize("seed", range(4))
def test_a_short_paper_is_of_all_groups(seed: int) -> None:
    """However few the questions: no group twice before each had its turn."""
    paper = compose(bank().questions, len(bank().groups), seed, bank().groups)
    asked = {item.instance.question.topic for item in paper.items}
    for members in bank().groups.values():
        assert len(asked & set(members)) == 1


def test_a_paper_is_no_longer_than_its_bank(questions) -> None:
    """Each question once, however many are wanted."""
    few = questions[:5]
    assert len(compose(few, 100, 1).items) == 5


def test_points(questions) -> None:
    """A question is worth its level; a part of several one less, but one at least."""
    paper = compose(questions, 40, 3)
    for place in paper.places:
        level = place.item.instance.question.level
        many = len(place.item.instance.targets) > 1
        assert place.points == (max(1, level - 1) if many else level)
    assert paper.points == sum(place.points for place in paper.places)
    assert paper.minutes % 5 == 0
    assert [place.index for place in paper.places] == list(range(len(paper.places)))
    names = [place.name for place in paper.places]
    assert len(set(names)) == len(names)


def test_the_report_by_hand(questions) -> None:
    """Every second place right, every third left out: points add up by hand."""
    paper = compose(questions, 12, 5)
    answers = {}
    for place in paper.places:
        instance = place.item.instance
        if place.index % 3 == 0:
            continue
        make = right_reply if place.index % 3 == 1 else wrong_reply
        answers[place.index] = make(instance, place.part)
    graded = grade_paper(paper, answers)
    whole, topics = scores(graded)
    right = [one for one in graded if one.place.index % 3 == 1]
    assert all(one.earned == one.place.points for one in right)
    wrong = [one for one in graded if one.place.index % 3 == 2]
    carried = [one for one in wrong if one.verdict and one.verdict.right]
    assert not carried
    for one in wrong:
        assert one.outcome == "wrong"
        assert one.earned <= one.place.points / 2 or one.verdict.score >= 0.5
    assert all(
        one.earned == 0 and one.outcome == "not answered"
        for one in graded
        if one.place.index % 3 == 0
    )
    assert whole.earned == sum(one.earned for one in graded)
    assert whole.points == paper.points == sum(topic.points for topic in topics)
    assert whole.right == len(right) == sum(topic.right for topic in topics)


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        pytest.param("1 2; 3 4", 2, id="right"),
        pytest.param("1 2; 3 5", 1.5, id="three of four"),
        pytest.param("1 2; 5 5", 1, id="half"),
        pytest.param("1 2; 3 0", 0, id="known mistake"),
        pytest.param("1 0; 0 0", 0, id="one of four"),
        pytest.param("1 2 3", 0, id="shape"),
        pytest.param("what?", 0, id="unreadable"),
    ],
)
def test_a_wrong_array_earns_its_share(
    bank_of: Callable[..., Bank], answer: str, earned: float
) -> None:
    """In halves of a point, from half of the entries on; a known mistake nothing."""
    made = bank_of(
        {
            "level": 2,
            "draw": {"n": {"int": [1, 1]}},
            "answer": {"kind": "array", "value": "np.array([[n, 2], [3, 4]])"},
            "cross_check": "np.array([[1, 2], [2 + n, 4]])",
            "mistakes": {
                "no": {"value": "np.zeros((2, 2))", "say": "No."},
                "last": {"value": "np.array([[n, 2], [3, 0]])", "say": "Last."},
            },
        }
    )
    paper = compose(made.questions, 1, 1)
    (graded,) = grade_paper(paper, {0: answer})
    assert graded.earned == earned


def test_a_wrong_part_is_carried_forward() -> None:
    """What is right given a wrong earlier part earns its points."""
    paper = compose([bank()["conv-pool-conv"]], 1, 7)
    graded = grade_paper(paper, {0: "(25, 25, 3)", 1: "(12, 12, 3)", 2: "(9, 9, 20)"})
    assert [one.outcome for one in graded] == ["wrong", "right", "right"]
    assert [one.earned for one in graded] == [0, 2, 2]


# At the terminal


ASKS = ("exam", "cnn-sizes", "-n", "3", "--seed", "7")


@pytest.fixture(scope="module")
def sizes() -> Paper:
    """Return the paper that `ASKS` asks."""
    return compose(bank().topics["cnn-sizes"].questions, 3, 7)


def replies(paper: Paper) -> list[str]:
    return [right_reply(place.item.instance, place.part) for place in paper.places]


def test_a_whole_exam(home: Path, sizes: Paper) -> None:
    """No feedback before it is handed in; then the score, and all of it is kept."""
    answers = replies(sizes)
    with Terminal(*ASKS) as t:
        t.expect("Question 1")
        for number, answer in enumerate(answers):
            t.expect("> ")
            t.send(f"{answer if number else 77}\r")
            assert "ight" not in t.expect("Kept")
        t.expect("All is answered. Hand in? [y/N] ")
        t.send("y\r")
        told = t.expect("Show the solutions? [y/N] ")
        assert re.search(r"You answered: 77\s+.*Right is: ", told, re.DOTALL)
        t.send("y\r")
        assert t.wait() == 0
        assert "Question 1" in t.text[t.text.rindex("Show the solutions") :]
    whole, _ = scores(grade_paper(sizes, dict(enumerate(["77", *answers[1:]]))))
    assert f"{whole.earned:g} of {whole.points} points" in told
    with open_history(home / NAME, NOON) as history:
        log = list(history.attempts())
        assert sittings.unfinished(history, "exam") is None
    assert [one.kind for one in log] == ["exam"] * len(answers)
    assert Counter(one.outcome for one in log) == {
        "wrong": 1,
        "right": len(answers) - 1,
    }


def test_answers_can_be_changed(home: Path, sizes: Paper) -> None:
    """Back, go and list move about; the last answer of a place counts."""
    with Terminal(*ASKS, columns=100) as t:
        t.expect("> ")
        t.send("5\r")
        t.expect("Kept, read as 5.")
        t.expect("> ")
        t.send("back\r")
        assert "Your answer so far: 5" in t.expect("> ")
        t.send("6\r")
        t.expect("Kept")
        t.expect("> ")
        t.send("go 1\r")
        assert "Your answer so far: 6" in t.expect("> ")
        t.send("go 99\r")
        t.expect("There is no question 99.")
        t.expect("> ")
        t.send("list\r")
        assert re.search(r"points?: 6\s", t.expect("not answered."))
        t.expect("> ")
        t.send("rubbish\r")
        t.expect("Not read, so not counted")
        t.expect("> ")
        t.send("help\r")
        t.expect("hand in ends the exam")
        t.expect("> ")
        t.send("hand in\r")
        t.expect("not answered. Hand in? [y/N] ")
        t.send("n\r")
        t.expect("> ")
        t.send("hand in\r")
        t.expect("Hand in? [y/N] ")
        t.send("y\r")
        t.expect("You answered: 6")
        t.expect("Show the solutions? [y/N] ")
        t.send("\r")
        assert t.wait() == 0


def test_killed_and_gone_on_with(home: Path, sizes: Paper) -> None:
    """What was acknowledged is there after SIGKILL, and handed in once."""
    first, second, *_ = replies(sizes)
    with Terminal(*ASKS) as t:
        t.expect("> ")
        t.send(f"{first}\r")
        t.expect("Kept")
        t.expect("> ")
        t.process.send_signal(signal.SIGKILL)
        t.wait()
    with Terminal("exam", "--resume") as t:
        t.expect("Question 2")
        t.expect("> ")
        t.send(f"{second}\r")
        t.expect("Kept")
        t.expect("> ")
        t.send("\x04")
        assert t.wait() == 130
        assert "drill exam --resume goes on" in t.text
    with Terminal("exam", "--resume") as t:
        t.expect("> ")
        t.send("list\r")
        told = t.expect("not answered.")
        assert told.count(": –") == len(sizes.places) - 2
        t.expect("> ")
        t.send("hand in\r")
        t.expect("[y/N] ")
        t.send("y\r")
        t.expect("Show the solutions?")
        t.send("\r")
        assert t.wait() == 0
    with open_history(home / NAME, NOON) as history:
        log = list(history.attempts())
    assert Counter(one.outcome for one in log) == {
        "right": 2,
        "skipped": len(sizes.places) - 2,
    }
    with Terminal("exam", "--resume") as t:
        assert t.wait() == 2
        assert "no exam was left" in t.text


class Stopped:
    """A clock for a desk."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Stopped:
    """Give a clock that is turned by hand."""
    made = Stopped()
    monkeypatch.setattr("drill.clock.now", made.now)
    return made


def typing(
    monkeypatch: pytest.MonkeyPatch, clock: Stopped, replies: list[str], **each: float
) -> list[str]:
    """Type replies, each after some time; return the prompts."""
    prompts: list[str] = []
    left = iter(replies)

    def reply(prompt: str, _: object) -> str:
        prompts.append(prompt)
        clock.moment += timedelta(**each)
        return next(left)

    monkeypatch.setattr(exam_session, "read_reply", reply)
    return prompts


def test_time_is_over(
    sizes: Paper, clock: Stopped, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """The answer before the end counts, the one after it does not."""
    second = replies(sizes)[1]
    typing(monkeypatch, clock, ["5", second, "7"], minutes=4)
    desk = Desk(make_console(), sizes, 60 * 10.0)
    desk.sit()
    assert desk.answers == {0: "5", 1: second}
    out = capsys.readouterr().out
    assert "6 min left" in out
    assert "This came too late, so it does not count." in out
    assert "Time is over" in out


def test_each_prompt_says_where_one_is(
    clock: Stopped, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Points and the time left stand above every prompt, asked again or not."""
    paper = compose([bank()["conv-pool-conv"]], 1, 7)
    said: list[str] = []

    def reply(prompt: str, _: object) -> str:
        clock.moment += timedelta(minutes=1)
        said.append(capsys.readouterr().out)
        return ["what", "list", "help", "(1, 2, 3)", "go 1c", "quit"][len(said) - 1]

    monkeypatch.setattr(exam_session, "read_reply", reply)
    with pytest.raises(exam_session.Left):
        Desk(make_console(), paper, 600.0).sit()
    last = [told.splitlines()[-1] for told in said]
    assert last == [
        f"Question 1{part} of 1 · 2 points · {left} min left"
        for part, left in zip("aaaabc", (10, 9, 8, 7, 6, 5), strict=True)
    ]
    assert "An image of shape" not in said[4]


def test_a_jump_shows_what_the_parts_begin_with(
    clock: Stopped, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever comes to a later part from elsewhere is told its numbers again."""
    paper = compose([bank()["conv-pool-conv"]], 1, 7)
    typing(monkeypatch, clock, ["quit"], seconds=1)
    with pytest.raises(exam_session.Left):
        Desk(make_console(), paper, 600.0, place=1).sit()
    assert "An image of shape" in capsys.readouterr().out


def test_a_clock_that_is_set_back_gives_no_time(
    sizes: Paper, clock: Stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is never more time than at the start."""
    desk = Desk(make_console(), sizes, 600.0)
    clock.moment -= timedelta(hours=3)
    assert desk.remaining == 600.0


def test_the_time_away_does_not_count(
    home: Path, sizes: Paper, clock: Stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever goes on has what was left."""
    with open_history(home / NAME, NOON) as history:
        plan: dict[str, object] = {"tickets": tickets(sizes), "seed": 7}
        sitting = sittings.begin(history, "exam", plan, NOON)
        desk = Desk(make_console(), sizes, 600.0, history, sitting, plan)
        typing(monkeypatch, clock, ["5", "quit"], minutes=2)
        with pytest.raises(exam_session.Left):
            desk.sit()
        clock.moment += timedelta(days=2)
        left = sittings.unfinished(history, "exam")
        assert left is not None
        again = Desk(make_console(), sizes, 0.0, history, left.id)
        again.go_on(left, sittings.drafts(history, left.id))
        assert again.remaining == 360.0
        assert again.answers == {0: "5"}
        assert again.place == 1
        assert again.spent == {0: 120.0, 1: 120.0}


def test_handing_in_twice_keeps_it_once(
    home: Path, sizes: Paper, clock: Stopped
) -> None:
    """A crash between keeping and closing doubles nothing."""
    with open_history(home / NAME, NOON) as history:
        sitting = sittings.begin(history, "exam", {}, NOON)
        desk = Desk(make_console(), sizes, 600.0, history, sitting, {}, {0: "5"})
        graded = grade_paper(sizes, desk.answers)
        exam_session.keep(desk, graded)
        exam_session.keep(desk, graded)
        assert len(list(history.attempts())) == len(sizes.places)


@pytest.mark.parametrize("when", ["sit", "keep"])
def test_a_history_that_fails_costs_no_exam(
    home: Path,
    sizes: Paper,
    clock: Stopped,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    when: str,
) -> None:
    """It says how to go on; whoever has handed in sees the report all the same."""

    def fails(*_: object) -> None:
        raise HistoryError("the disk is full; make room")

    with open_history(home / NAME, NOON) as history:
        plan: dict[str, object] = {"tickets": tickets(sizes), "seed": 7}
        sitting = sittings.begin(history, "exam", plan, NOON)
        desk = Desk(make_console(), sizes, 600.0, history, sitting, plan)
        typing(monkeypatch, clock, ["5", "hand in", "y"], seconds=1)
        target = "drill.practice.sittings.keep_draft" if when == "sit" else (
            "drill.cli.exam_session.keep"
        )  # fmt: skip
        monkeypatch.setattr(target, fails)
        with pytest.raises(HistoryError, match="make room; then drill exam --resume"):
            exam.sit(desk, exam.Ending(make_console(), None, False))
        assert sittings.unfinished(history, "exam") is not None
    assert ("You answered: 5" in capsys.readouterr().out) == (when == "keep")


# Without a terminal, and on paper


def test_answers_from_a_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], sizes: Paper
) -> None:
    """A line each; the report as JSON has the points and what was wrong."""
    answers = replies(sizes)
    file = tmp_path / "answers.txt"
    file.write_text("\n".join([answers[0], "-", *answers[2:]]) + "\n")
    assert run([*ASKS, "--answers", str(file), "--json", "-"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["version"] == 1
    assert data["seed"] == 7
    assert data["answers"][0]["outcome"] == "right"
    assert data["answers"][1]["outcome"] == "not answered"
    assert data["points"] == sizes.points
    file.write_text("what\n")
    assert run([*ASKS, "--answers", str(file), "--json", "-", "--solutions"]) == 2
    data = json.loads(capsys.readouterr().out)
    assert data["answers"][0]["problem"]
    assert list(data["solutions"]) == tickets(sizes)
    file.write_text("\n".join(answers) + "\n")
    assert run([*ASKS, "--answers", str(file)]) == 0
    assert "100 %" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        pytest.param(
            ["cnn-sizes"], "the answers with --answers FILE, or", id="no terminal"
        ),
        pytest.param(
            ["--paper", "x.doc"], "must end in .pdf, .html or .md", id="suffix"
        ),
        pytest.param(["--resume"], "at a terminal", id="resume"),
        pytest.param(["--resume", "relu"], "leave topics out", id="resume topics"),
        pytest.param(["--resume", "-n", "3"], "leave -n out", id="resume count"),
        pytest.param(["--resume", "--paper", "x.md"], "leave --paper out", id="both"),
        pytest.param(
            ["--paper", "x.md", "--answers", "-"], "leave --answers out", id="asks"
        ),
        pytest.param(["--key", "x.md", "--json", "-"], "leave --json out", id="json"),
    ],
)
def test_refusals(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], say: str
) -> None:
    """A sentence, and 2."""
    assert run(["exam", *arguments]) == 2
    assert say in capsys.readouterr().err


class Tags(HTMLParser):
    """Checks that tags are closed in their order; gathers them and the text."""

    VOID = ("meta",)

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen[tag] += 1
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def html(sheet) -> str:
    return write(sheet, ".html").decode()


def markdown(sheet) -> str:
    return write(sheet, ".md").decode()


@pytest.mark.parametrize("sheet", [paper_sheet, key_sheet])
def test_the_page_is_well_formed(questions, sheet) -> None:
    """Everything closed, nothing from the network, no script; the same bytes again."""
    paper = compose(questions, 30, 11)
    page = html(sheet(paper, 60))
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert not {"script", "link", "img", "iframe"} & set(tags.seen)
    assert "http" not in page
    assert not re.search(r"\s(src|href|style|on[a-z]+)=", page)
    assert "@media print" in page
    assert "url(" not in page
    assert tags.seen["section"] == 30
    for ticket in tickets(paper):
        assert ticket in tags.text
    assert page == html(sheet(compose(questions, 30, 11), 60))
    assert "break-inside: avoid" in page


def test_the_key_has_what_the_paper_has_not(questions) -> None:
    """Answers, mistakes and solutions stand on the key only."""
    paper = compose(questions, 6, 2)
    sheet, key = markdown(paper_sheet(paper, 30)), markdown(key_sheet(paper, 30))
    assert "Solution" in key
    assert "Known wrong answers" in key
    assert "Solution" not in sheet
    assert "\n\n\n" not in sheet + key


@pytest.mark.parametrize(
    ("ident", "lines"),
    [
        pytest.param(
            "conv-output-size",
            ["**Answer 1, 2 points:** 24",
             "- 21, 0 points: You added the padding once; it is on both sides, so add"
             " $2p$."],
            id="number",
        ),
        pytest.param(
            "relu-derivative",
            [r"- $\begin{bmatrix} 0 & 1 & 1 & 0 \\ 1 & 1 & 1 & 1 \end{bmatrix}$, 0 points:"
             " Your zeros and ones are"],
            id="array",
        ),
        pytest.param(
            "mlp-dz1-code",
            ["- `W2.T @ dZ2`, 0 points: You stop at ${dA}_{1}$; multiply by"],
            id="program",
        ),
        pytest.param(
            "init-which-spread", ["**Answer 1, 1 point:** a) 0.0354", "- b), 0 points: "], id="choice"
        ),
    ],
)  # fmt: skip
def test_the_marking_scheme(ident: str, lines: list[str]) -> None:
    """Points, the answer and how exact, and what each known mistake earns."""
    key = markdown(key_sheet(compose([bank()[ident]], 1, 42), 5))
    for line in lines:
        assert f"\n{line}" in key


def test_a_hostile_bank_is_text(bank_of: Callable[..., Bank]) -> None:
    """Markup and control characters of a prompt are shown, not obeyed."""
    made = bank_of(
        {
            "draw": {"n": {"int": [2, 9]}},
            "ask": "<script>alert({n})</script> & <b>bold</b>",
            "answer": {"kind": "integer", "value": "n*n"},
            "cross_check": "n**2",
            "mistakes": {"no": {"value": "n", "say": "<i>no</i>"}},
        }
    )
    page = html(key_sheet(compose(made.questions, 1, 1), 5))
    tags = Tags()
    tags.feed(page)
    assert not {"script", "b", "i"} & set(tags.seen)
    assert "<script>alert(" in tags.text


def test_the_paper_can_be_graded(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], sizes: Paper
) -> None:
    """Each question shows the ticket under which an answer is checked."""
    sheet, key = tmp_path / "exam.md", tmp_path / "key.html"
    assert run([*ASKS, "--paper", str(sheet), "--key", str(key)]) == 0
    assert capsys.readouterr().out.count("(seed 7)") == 2
    place = sizes.places[0]
    ticket = str(place.item.instance.ticket)
    assert ticket in sheet.read_text("utf-8")
    answer = right_reply(place.item.instance, 0)
    assert run(["check", "--ticket", ticket, "--answer", answer]) == 0
    assert not (home / NAME).exists()


def test_an_edited_question_is_not_gone_on_with(home: Path, sizes: Paper) -> None:
    """The answers would be about other numbers: that is said."""
    old = [re.sub(r"-[0-9a-f]{4}$", "-0000", ticket) for ticket in tickets(sizes)]
    with open_history(home / NAME, NOON) as history:
        sittings.begin(history, "exam", {"tickets": old, "seed": 7}, NOON)
    with Terminal("exam", "--resume") as t:
        assert t.wait() == 2
        assert "Traceback" not in t.text
        assert "-0000" in t.text


def test_drafts_are_in_the_file_before_the_next_prompt(
    home: Path, sizes: Paper
) -> None:
    """What is acknowledged is on disk already."""
    with Terminal(*ASKS) as t:
        t.expect("> ")
        t.send("5\r")
        t.expect("Kept")
        t.expect("> ")
        with closing(sqlite3.connect(home / NAME)) as file:
            assert file.execute("SELECT reply FROM draft").fetchall() == [("5",)]
        t.process.send_signal(signal.SIGKILL)
        t.wait()


def test_papers_of_instances(sizes: Paper) -> None:
    """A paper that is put together again is the same."""
    again = paper_of(7, [item.instance for item in sizes.items])
    assert tickets(again) == tickets(sizes)


def test_forty_columns_of_ascii(home: Path) -> None:
    """Nothing runs over a narrow terminal, and all of it can be told in ASCII."""
    asks = ("exam", "cnn-sizes", "conv-layers", "-n", "4", "--seed", "7")
    plain = {"TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C", "PYTHONUTF8": "0"}
    with Terminal(*asks, columns=40, **plain) as t:
        for reply in ("5", "list", "help", "go 4", "back", "hand in", "y", "y"):
            t.expect("[y/N] " if reply == "y" else "> ")
            t.send(f"{reply}\r")
        assert t.wait() == 0
        assert t.text.isascii()
        assert "\x1b[1m" not in t.raw
        # A sign is counted before its twin takes its place.
        lines = t.text.replace("+/-", "±").splitlines()
        assert max(map(len, lines)) <= 40
