"""Questions in a notebook: answers of every form, the same history, safe pages."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from learner import Clock, right_reply, wrong_reply
from rich.console import Console

import drill
from drill.cli.asking import ask as ask_at_terminal
from drill.cli.recording import Recorder, open_history
from drill.drawing import Instance
from drill.errors import DrillError, HistoryError, UsageError
from drill.notebook import pages
from drill.notebook.ask import ask
from drill.notebook.asked import Asked
from drill.notebook.given import given
from drill.notebook.keeping import Keeper
from drill.notebook.magics import load_ipython_extension
from drill.notebook.markup import WITHOUT_TEX, table
from drill.practice import Attempt, History, Plan, has_history, plans, sittings
from drill.practice.attempt import Report
from drill.practice.reports import set_aside
from drill.screen.matrix import matrix

NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)  # noqa: UP017 - as fsrs wants


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clock:
    """Keep the history in a folder of the test, at a time of the test's."""
    made = Clock(NOON)
    monkeypatch.setattr("drill.clock.now", made.now)
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))
    return made


def kept() -> list[Attempt]:
    """Return what the history holds."""
    with open_history() as history:
        return list(history.attempts())


def instance_of(question: Asked) -> Instance:
    """Return what was drawn."""
    return question._instance


class Bfloat:
    """A tensor as torch makes them: of a type of its own, somewhere else, followed."""

    dtype = "torch.bfloat16"

    def __init__(self, values: list[float], place: str = "far") -> None:
        self.values, self.place = values, place

    def detach(self) -> Bfloat:
        return self

    def cpu(self) -> Bfloat:
        return Bfloat(self.values, "here")

    def float(self) -> np.ndarray:
        assert self.place == "here"
        return np.array(self.values, dtype=np.float32)


ANSWERS = [
    pytest.param(lambda r: r, id="array"),
    pytest.param(lambda r: r.tolist(), id="lists"),
    pytest.param(lambda r: str(r), id="printed"),
    pytest.param(lambda r: r.astype(np.float32), id="another type"),
    pytest.param(lambda r: r.astype(object), id="Python's own numbers"),
    pytest.param(lambda r: np.ma.masked_array(r), id="a subclass"),
    pytest.param(lambda r: Bfloat(r.tolist()), id="a tensor"),
    pytest.param(lambda r: tuple(map(tuple, r.tolist())), id="tuples"),
]


@pytest.mark.parametrize("form", ANSWERS)
def test_an_answer_is_taken_in_every_form(form) -> None:
    """Whatever holds the numbers, they are graded as numbers."""
    question = ask("max-pool-backward", seed=7)
    right = instance_of(question).targets[0].reference

    found = question.check(form(right))

    assert found.right, found
    assert [one.outcome for one in kept()] == ["right"]


REFUSED = [
    (None, "there is no answer yet"),
    (..., "there is no answer yet"),
    (object(), "object is no answer here"),
    (np.ma.masked_array([1, 2], [0, 1]), "masked entries"),
    ([[1, 2], [3]], "with rows of one length"),
    (np.array([1j]), "real numbers"),
    (np.array(["a"]), "holds text"),
    (np.zeros(1_000_001), "1,000,001 entries"),
    (len, "lines cannot be found"),
]


@pytest.mark.parametrize(("value", "says"), REFUSED, ids=[s for _, s in REFUSED])
def test_what_is_no_answer_costs_nothing(value: object, says: str) -> None:
    """It is said in one sentence, kept nowhere, and takes no try."""
    question = ask("max-pool-backward", seed=7)

    found = question.check(value)

    assert says in " ".join(found.text.split())
    assert not found.right and not kept()
    assert "One more try." in question.check([[0]]).text


def test_letters_programs_and_functions_are_answers() -> None:
    """A choice takes letters, a program its text or the function itself."""
    choices = next(
        q for q in drill.load().questions if q.parts[0].answer.kind == "choices"
    )
    question = ask(choices.id, seed=3)
    letters = right_reply(instance_of(question), 0).split(", ")
    assert question.check(letters).right

    program = ask("centre-rows-code", seed=7)
    assert program.check(right_reply(instance_of(program), 0)).right

    def times_two(x):
        return 2 * x

    assert given(times_two) == "def times_two(x):\n    return 2 * x\n"


def test_the_inputs_are_arrays_that_may_be_changed() -> None:
    """What the learner does to an array changes nothing of the question."""
    question = ask("max-pool-backward", seed=7)
    before = question.X.tolist()

    x = question.X
    x[:] = 0

    assert question["X"].tolist() == before
    assert {"X", "G"} <= set(dir(question)) and set(question.inputs) == {"X", "G"}
    with pytest.raises(AttributeError, match="the prompt gives no 'Y'; it gives X, G"):
        question.Y  # noqa: B018 - reading it is the point


def same(one: Attempt) -> Attempt:
    """Leave out what differs from sitting to sitting."""
    return replace(one, id="", asking="", sitting="", ms=0)


SCRIPTS = [
    ("max-pool-backward", ["wrong", "right"]),
    ("max-pool-backward", ["?", "wrong", "wrong"]),
    ("max-pool-backward", ["right"]),
    ("max-pool-backward", ["what is that", "??"]),
    ("backprop-three-steps", ["right", "wrong", "wrong", "right"]),
    ("centre-rows-code", ["wrong", "??"]),
]


@pytest.mark.parametrize(("name", "script"), SCRIPTS, ids=[str(s) for s in SCRIPTS])
def test_the_history_is_that_of_the_terminal(
    name: str, script: list[str], monkeypatch, tmp_path: Path
) -> None:
    """The same replies leave the same attempts, whoever asked."""
    question = ask(name, seed=7)
    for word in script:
        part = question._now.part
        if word == "?":
            question.hint()
        elif word == "??":
            question.solution()
        else:
            question.check(reply(instance_of(question), part, word))
    notebook = kept()
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "other"))
    instance = drill.draw(drill.load()[name], 7)
    lines = iter(script)
    done: list = []

    def type_in(prompt: str = "") -> str:
        try:
            word = next(lines)
        except StopIteration:
            raise EOFError from None
        text = word if "?" in word else reply(instance, len(done), word)
        return text + ("\n" if "\n" in text else "")

    monkeypatch.setattr("drill.cli.asking.read_reply", lambda *_: type_in())
    console = Console(file=io.StringIO(), width=80)
    with open_history() as history:
        recorder = Recorder(history, "s", "quiz")
        try:
            ask_at_terminal(console, instance, "", done, recorder.keep)
        except Exception as error:
            assert type(error).__name__ == "Quit"

    terminal = kept()

    assert notebook and [same(one) for one in notebook] == [
        replace(same(one), version=notebook[0].version) for one in terminal
    ]


def reply(instance: Instance, part: int, word: str) -> str:
    """Return what is typed."""
    if word == "right":
        return right_reply(instance, part)
    return wrong_reply(instance, part) if word == "wrong" else word


def test_an_answer_is_kept_before_its_verdict_is_shown(monkeypatch) -> None:
    """A kernel that dies while it draws the verdict has lost nothing."""
    question = ask("max-pool-backward", seed=7)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pages, "judged", die)
    with pytest.raises(KeyboardInterrupt):
        question.check([[1, 2], [3, 4]])

    assert [one.outcome for one in kept()] == ["wrong"]


def test_what_cannot_be_kept_gets_no_verdict(monkeypatch) -> None:
    """The disk is full: a sentence, no verdict, and the answer may be given again."""
    question = ask("max-pool-backward", seed=7)
    record = History.record

    def full(*_: object) -> None:
        raise HistoryError("the disk is full")

    monkeypatch.setattr(History, "record", full)
    with pytest.raises(HistoryError):
        question.check(0)
    monkeypatch.setattr(History, "record", record)

    assert question.check(0).text.endswith("One more try.")
    assert len(kept()) == 1


def test_nothing_is_kept_where_that_is_said() -> None:
    """`keep=False` opens no file."""
    question = ask("max-pool", keep=False)

    question.check("1")
    question.solution()

    assert not has_history()


def test_a_cell_left_alone_is_no_quiz_that_was_cut_off() -> None:
    """The terminal does not offer to go on with a notebook's question."""
    ask("max-pool-backward", seed=7).check([[0]])

    with open_history() as history:
        assert sittings.unfinished(history, "quiz", "review") is None


def test_what_is_over_is_graded_and_not_kept() -> None:
    """A cell may be run again: it teaches still, and counts once."""
    question = ask("max-pool-backward", seed=7)
    right = instance_of(question).targets[0].reference
    question.check(right)

    again = question.check(right)

    assert again.right and "nothing was kept" in again.text
    assert len(kept()) == 1
    assert "is over" in question.hint().text


def test_parts_are_answered_together_or_by_name() -> None:
    """Each answer goes to its part; a later one waits for the one before it."""
    question = ask("backprop-three-steps", seed=7)
    references = [t.reference for t in instance_of(question).targets]
    names = [t.part.name for t in instance_of(question).targets]

    first = question.check(0 * references[0], *references[1:])
    assert not first.right
    assert f"{names[1]} was not graded: {names[0]} comes first" in first.text
    assert question.check(**{names[0]: references[0]}).right
    assert question.check(references[1]).right
    last = question.check(*references)

    assert last.right, last
    assert [one.outcome for one in kept()] == ["right later", "right", "right"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda q: q.check(), r"there is no answer yet: q.check\(g, upstream, dx\)"),
        (lambda q: q.check(1, 2), "2 answers were given to 3 parts"),
        (lambda q: q.check(g=1, h=2), "there is no part 'h'"),
        (lambda q: q.check(1, g=2), "2 answers were given to 3 parts"),
    ],
    ids=["none", "too few", "another name", "both ways"],
)
def test_answers_that_belong_nowhere_are_refused(call, says: str) -> None:
    """One sentence, and nothing is kept."""
    with pytest.raises(UsageError, match=says):
        call(ask("backprop-three-steps", seed=7))
    assert not kept()


def test_steps_go_on_back_and_to_a_number() -> None:
    """The solution is walked through cell by cell."""
    question = ask("max-pool-backward", seed=7)
    question.check(instance_of(question).targets[0].reference)

    found = [question.step(*to) for to in ((), (), (3,), (-1,), (99,))]

    shown = [page.text.split("\n")[0].rpartition(", ")[2] for page in found]
    assert shown == [f"step {k} of 7" for k in (1, 2, 3, 2, 7)]
    assert all('<img src="data:image/svg+xml;base64,' in one.html for one in found)
    assert 'alt="Step 1 of 7: Given' in found[0].html


def test_steps_of_what_is_open_give_up() -> None:
    """They show the answer, so it counts like asking for it."""
    question = ask("max-pool-backward", seed=7)

    found = question.step()

    assert "You gave up here." in found.text
    assert [one.outcome for one in kept()] == ["gave up"]


def test_what_is_due_is_asked_first(clock: Clock) -> None:
    """New ones in the order of their level; what was missed comes again."""
    topic = drill.load().topics["max-pool"].questions
    first = ask("max-pool")
    assert instance_of(first).question.level == 1
    first.solution()
    missed = instance_of(first).question.id

    assert instance_of(ask("max-pool")).question.id != missed
    clock.turn(hours=1)
    again = ask("max-pool")

    assert instance_of(again).question.id == missed
    assert again.ticket != first.ticket
    again.solution()
    assert [one.kind for one in kept()] == ["review", "review"]
    for question in topic:
        Asked(drill.draw(question, 1), Keeper("quiz")).solution()
    # All was seen and nothing is due: still something is asked.
    assert instance_of(ask("max-pool")).question.topic == "max-pool"


def test_what_was_set_aside_is_asked_only_by_its_name() -> None:
    """A doubtful question rests, as at the terminal."""
    first = instance_of(ask("max-pool")).question
    with open_history() as history:
        report = Report("r", first.id, first.topic, "t", 0, "", "", NOON, "1")
        set_aside(history, report)

    assert instance_of(ask("max-pool")).question.id != first.id
    assert instance_of(ask(first.id)).question.id == first.id


def test_a_plan_decides_what_is_asked() -> None:
    """Without a name it is what the plan has for today."""
    with open_history() as history:
        plans.keep(history, Plan(NOON.date() + timedelta(9), 30, ("batchnorm",)), NOON)

    assert instance_of(ask()).question.topic == "batchnorm"
    with open_history() as history:
        plans.keep(history, None, NOON)
    assert instance_of(ask()).question.topic == "cnn-sizes"


def test_a_seed_asks_what_a_quiz_asks() -> None:
    """`drill quiz TOPIC --seed N -n 1` and a notebook give the same question."""
    from drill.library.selection import choose

    ((question, seed),) = choose(drill.load().topics["max-pool"].questions, 1, 5)

    assert ask("max-pool", seed=5).ticket == str(drill.draw(question, seed).ticket)


@pytest.mark.parametrize(
    "names", [("max-pol",), ("max-pool-backward@x",), ("max-pool-backward@7-0000",)]
)
def test_a_wrong_name_is_one_sentence(names: tuple[str, ...]) -> None:
    """An interactive shell shows it without a traceback of ours."""
    with pytest.raises(DrillError) as caught:
        ask(*names)

    (line,) = caught.value._render_traceback_()
    assert line == f"{type(caught.value).__name__}: {caught.value}"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: ask(None), "named by text, not by NoneType"),
        (lambda: ask(["relu"]), "named by text, not by list"),
        (lambda: ask("relu", seed=-1), "'-1' is no seed"),
        (lambda: ask("relu", seed=1.5), "'1.5' is no seed"),
        (lambda: ask("relu", seed=10**13), "is no seed"),
        (lambda: ask("relu", bank=5), "not int"),
        (lambda: ask("relu", seed=7).step("a"), "'a' is no step"),
    ],
    ids=["None", "list", "negative", "fraction", "large", "bank", "step"],
)
def test_what_is_of_a_wrong_type_is_refused(call, says: str) -> None:
    """A seed that no ticket can hold would give a ticket that opens nothing."""
    with pytest.raises(UsageError, match=re.escape(says)):
        call()


# Pages


class Tags(HTMLParser):
    """The tags and attributes of a page, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def tags_of(html: str) -> Tags:
    """Read a page."""
    found = Tags()
    found.feed(html)
    found.close()
    assert not found.open
    return found


FORMULA = re.compile(r'<span class="drill-formula">\\\((.*?)\\\)</span>')
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> ]]> $\\href{javascript:1}{x}$"
    " \\(\\unicode{1}\\) \\begin{align}a\\end{align} `x` [l](javascript:1) | --- </div>"
)


def test_hostile_prose_injects_nothing(bank_of, tmp_path: Path) -> None:
    """Nothing of a bank becomes a tag, an attribute or a formula of TeX."""
    prose = HOSTILE.replace("{", "{{").replace("}", "}}")
    bank_of(
        {
            "draw": {"X": {"int": [0, 9], "shape": [2, 2]}},
            "ask": f"{prose}\nX = {{X}}",
            "answer": {"kind": "array", "value": "max_pool(X, 2, 2)"},
            "cross_check": "loop_max_pool(X, 2, 2)",
            "mistakes": {"all": {"value": "X", "say": prose}},
            "hints": [prose],
            "solution": prose,
        },
        {
            "ask": "Which?",
            "answer": {
                "kind": "choice",
                "options": [
                    {"text": prose, "right": True},
                    {"text": "no", "why": prose},
                ],
            },
        },
    )
    question = ask("made-0", seed=1, bank=tmp_path)
    choice = ask("made-1", seed=1, bank=tmp_path)
    html = [
        question._repr_html_(),
        question.hint().html,
        question.check(question.X).html,
        question.check(HOSTILE).html,
        question.solution().html,
        question.step().html,
        choice._repr_html_(),
        choice.check("b").html,
        choice.check("a").html,
    ]

    for one in html:
        tags = tags_of(one)
        allowed = {"div", "p", "span", "em", "strong", "br", "pre", "img", "code"}
        formulas = {"math", "mrow", "mi", "mo", "mn", "mtext", "mspace", "mfrac"}
        assert tags.seen <= allowed | formulas | {"table", "tbody", "tr", "td"}
        ours = {"class", "style", "src", "alt"}
        assert not {name for name in tags.attributes - ours if name.startswith("on")}
        assert not {"href", "id", "name", "action"} & tags.attributes
        tex = FORMULA.findall(one)
        assert all("href" not in one and "unicode" not in one for one in tex)
        assert not any(re.search(r"\\(?:html|class|style|require)", one) for one in tex)
        rest = FORMULA.sub("", one)
        assert "$" not in rest and "\\" not in rest


def test_wrong_cells_are_marked_by_a_sign_and_a_tint() -> None:
    """One wrong entry of four is marked, and no other."""
    html = table(np.array([[1, 2], [3, 4]]), "", [(1, 0)])

    assert html.count("✗") == html.count("background") == 1
    assert "3&nbsp;✗" in html
    assert "3!" in str(matrix(np.array([[1, 2], [3, 4]]), wrong=[(1, 0)]).lines(80)[1])


def test_a_verdict_marks_just_the_wrong_cells() -> None:
    """The page of a wrong matrix shows it with its wrong entries marked."""
    question = ask("max-pool-backward", seed=7)
    answer = instance_of(question).targets[0].reference.copy()
    answer[0, 1] += 1

    html = question.check(answer).html

    assert html.count("✗") == 2  # One before the sentence, one in the cell.


def test_questions_of_the_bank_make_pages() -> None:
    """Prompt, solution and steps are whole HTML, and the same in text."""
    for question in drill.load().questions[::5]:
        made = Asked(drill.draw(question, 1))
        for page in (pages.question(instance_of(made)), made.solution(), made.step()):
            tags_of(page.html)
            assert page.text.strip()


# Magics


class Shell:
    """What of a shell the magics use."""

    def __init__(self) -> None:
        self.user_ns: dict = {}
        self.magics: dict = {}

    def push(self, variables: dict) -> None:
        self.user_ns.update(variables)

    def register_magic_function(self, func, magic_kind, magic_name) -> None:
        self.magics[magic_name] = func


def test_magics_ask_and_grade_cells() -> None:
    """%drill keeps the question in `q`; %%drill grades the cell beneath it."""
    shell = Shell()
    load_ipython_extension(shell)
    run = shell.magics["drill"]

    asked = run("centre-rows-code")
    assert shell.user_ns["q"] is asked
    right = right_reply(instance_of(asked), 0)
    assert run(asked.ticket, right + "\n").right
    assert len(kept()) == 1
    with pytest.raises(UsageError, match="name one ticket"):
        run("a b", "x")
    with pytest.raises(UsageError, match="quotation mark"):
        run("'a")


def test_a_magic_leaves_the_learners_own_variable_alone() -> None:
    """Queries are called q as well."""
    shell = Shell()
    shell.user_ns["q"] = np.zeros(3)
    load_ipython_extension(shell)

    shell.magics["drill"]("max-pool")

    assert isinstance(shell.user_ns["q"], np.ndarray)
    with pytest.raises(UsageError, match="nothing was asked yet"):
        shell.magics["drill"]("", "x = 1")


def test_importing_drill_imports_no_numpy_and_no_ipython() -> None:
    """`import drill` stays cheap; asking needs no package of notebooks."""
    code = (
        "import sys, drill; print('numpy' in sys.modules);"
        "drill.ask('max-pool', seed=1, keep=False).check(1); drill.load_ipython_extension;"
        "print({'IPython', 'ipywidgets', 'nbformat'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "set()"]


def test_formulas_are_set_where_they_are_shown(monkeypatch) -> None:
    """Jupyter sets TeX, also where it strips MathML; VS Code draws MathML alone."""
    for name in WITHOUT_TEX:
        monkeypatch.delenv(name, raising=False)
    question = ask("batchnorm-four-steps", seed=3)

    assert r"\(\sigma ^{2}\)" in question._repr_html_()
    assert "<math>" not in question._repr_html_()
    monkeypatch.setenv("VSCODE_PID", "1")
    assert "<msup><mi>σ</mi><mn>2</mn></msup>" in question._repr_html_()


def test_what_was_read_is_no_formula() -> None:
    """Rows are parted by a stroke: that is no fraction."""
    question = ask("max-pool-backward", seed=7)

    html = question.check([[1, 2], [2, 1]]).html

    assert "Read as 2×2: 1 2 / 2 1" in html and "drill-formula" not in html


def test_the_cell_in_the_documentation_is_right() -> None:
    """Its ticket is of today's edition, and its program passes."""
    text = (Path(__file__).parent.parent / "docs" / "notebook.md").read_text("utf-8")
    cell = re.search(r"^%%drill (\S+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert cell is not None
    shell = Shell()
    load_ipython_extension(shell)

    assert shell.magics["drill"](cell[1], cell[2]).right
