"""Worked solutions of the bank's questions, step by step on their numbers."""

from __future__ import annotations

import time

import pytest

from drill.bank import load_bank
from drill.drawing import draw, walk_of
from drill.drawing.walking import COMPUTED, MOST_FRAMES
from drill.screen.picture import sentences
from drill.selftest.observation import observe
from drill.selftest.walk_rules import reaches, walks

QUESTIONS = load_bank(None).questions
NUMERIC = [
    question
    for question in QUESTIONS
    if any(part.answer.kind in COMPUTED for part in question.parts)
]


@pytest.mark.parametrize(
    "question", [pytest.param(question, id=question.id) for question in NUMERIC]
)
def test_the_steps_lead_to_the_reference(question) -> None:
    """Some step shows each computed answer, and there are not too many steps."""
    for seed in (1, 2, 3):
        instance = draw(question, seed)
        walk = walk_of(instance)
        if walk is None:
            continue
        assert 1 <= len(walk.frames) <= MOST_FRAMES
        for target in instance.targets:
            if target.part.answer.kind in COMPUTED:
                assert reaches(walk, target), sentences(walk)


def test_most_computed_questions_have_steps() -> None:
    """Of the questions whose answer is computed, nine of ten have a walk."""
    walked = sum(walk_of(draw(question, 1)) is not None for question in NUMERIC)
    assert walked / len(NUMERIC) > 0.9


def test_what_is_not_computed_has_no_steps() -> None:
    """A choice among texts and a program are not worked out number by number."""
    others = [question for question in QUESTIONS if question not in NUMERIC]
    assert others
    assert all(walk_of(draw(question, 1)) is None for question in others)


@pytest.mark.parametrize(
    ("name", "seed", "told"),
    [
        pytest.param(
            "conv-find-filter",
            7,
            [
                "Conv find filter, in 2 steps.",
                "Step 1 of 2: Given: p = 1, s = 2, n = 33, o = 13.",
                "Step 2 of 2: n + 2*p - (o - 1)*s = 33 + 2*1 - (13 - 1)*2 = 11.",
            ],
            id="numbers",
        ),
        pytest.param(
            "batchnorm-four-steps",
            7,
            [
                "Batchnorm four steps, in 6 steps.",
                "Step 1 of 6: Given: z = [9, 0, 3, 11, 7], m = 5, gamma = -2, beta = -3.",
                "Step 2 of 6: mu = np.mean(z) = (9 + 0 + 3 + 11 + 7)/5 = 6.",
                "Step 3 of 6: (z - mu)**2 = [9, 36, 9, 25, 1], entry by entry;"
                " the first is (9 - 6)**2 = 9.",
                "Step 4 of 6: variance = np.mean((z - mu)**2) ="
                " (9 + 36 + 9 + 25 + 1)/5 = 16.",
                "Step 5 of 6: zhat = (z - mu)/np.sqrt(variance) ="
                " [0.75, -1.5, -0.75, 1.25, 0.25], entry by entry; the first is (9 - 6)/np.sqrt(16) = 0.75.",
                "Step 6 of 6: ztilde = gamma*zhat + beta = [-4.5, 0, -1.5, -5.5, -3.5],"
                " entry by entry; the first is (-2)*0.75 + (-3) = -4.5.",
            ],
            id="arrays",
        ),
        pytest.param(
            "backprop-three-steps",
            7,
            [
                "Backprop three steps, in 4 steps.",
                "Step 1 of 4: Given: t = [[-0.5, -0.5, 0.5]],"
                " W = [[0, -1], [2, 1], [-1, 1]], u = [[16, 4]].",
                "Step 2 of 4: g = 1.5*np.sqrt(u) = [[6, 3]], entry by entry; the first is"
                " 1.5*np.sqrt(16) = 6.",
                "Step 3 of 4: upstream = g @ W.T = [[-3, 15, -3]], each row on the left"
                " times each column on the right, added up.",
                "Step 4 of 4: dx = upstream*(1 - t**2) = [[-2.25, 11.25, -2.25]],"
                " entry by entry; the first is (-3)*(1 - (-0.5)**2) = -2.25.",
            ],
            id="products",
        ),
    ],
)
def test_the_steps_in_words(name: str, seed: int, told: list[str]) -> None:
    """Sentences alone are the whole solution."""
    walk = walk_of(draw(load_bank(None)[name], seed))
    assert walk is not None
    assert sentences(walk) == told


def test_numbers_that_the_prompt_hides_are_not_told(bank_of) -> None:
    """What only the bank knows is no step of a student's."""
    fields = {
        "draw": {"a": {"int": [2, 9]}, "q": {"int": [2, 9]}},
        "let": {"square": "q**2"},
        "ask": "{a} and {square}?",
        "answer": {"kind": "integer", "value": "a*q"},
        "cross_check": "a*int(np.sqrt(square))",
        "mistakes": {"other": {"value": "a + q + 100", "say": "No."}},
    }
    question = bank_of(fields).questions[0]
    assert walk_of(draw(question, 1)) is None

    steps = {"formulas": {"root": "np.sqrt(square)", "product": "a*root"}}
    question = bank_of({**fields, "walk": steps}).questions[0]
    walk = walk_of(draw(question, 1))
    assert walk is not None
    assert [frame.sentence.split(" = ")[0] for frame in walk.frames[1:]] == [
        "root",
        "product",
    ]
    assert "q" not in " ".join(sentences(walk)).replace("square", "").replace(
        "sqrt", ""
    )


def test_what_is_given_is_told_once(bank_of) -> None:
    """Also where the parts have walks of their own."""
    part = {
        "name": "twice",
        "ask": "Twice?",
        "answer": {"kind": "integer", "value": "2*a"},
        "cross_check": "a + a",
        "mistakes": {"other": {"value": "a + 100", "say": "No."}},
        "hints": ["Add it to itself."],
        "walk": {"formulas": {"b": "a + a"}},
    }
    other = {**part, "name": "more", "walk": {"formulas": {"c": "2*a"}}}
    fields = {"draw": {"a": {"int": [2, 9]}}, "ask": "{a}.", "parts": [part, other]}
    walk = walk_of(draw(bank_of(fields).questions[0], 1))
    assert walk is not None
    starts = [frame.sentence.split(" = ")[0] for frame in walk.frames]
    assert starts == ["Given: a", "b", "c"]


def test_steps_that_lead_elsewhere_are_found(bank_of) -> None:
    """The self-test says that no step shows the answer, and why steps fail."""
    fields = {
        "draw": {"a": {"int": [2, 9]}},
        "ask": "{a}?",
        "answer": {"kind": "integer", "value": "3*a"},
        "cross_check": "a + a + a",
        "mistakes": {"other": {"value": "a + 100", "say": "No."}},
    }
    for steps, said in (
        ({"twice": "2*a", "all": "twice + a"}, []),
        ({"twice": "2*a", "all": "twice - a"}, ["no step of the solution shows"]),
        ({"all": "3*a/(a - a)"}, ["the steps of the solution cannot be made"]),
    ):
        bank = bank_of({**fields, "walk": {"formulas": steps}})
        found = list(walks(observe(draw(bank.questions[0], 1))))
        assert len(found) == len(said)
        assert all(one.startswith(word) for one, word in zip(found, said, strict=True))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("conv_output_size(10**9*n, 3)", id="long ruler"),
        pytest.param("same_output_size(10**9*n, 1)", id="longer ruler"),
        pytest.param(
            "np.sum(conv2d(np.ones((70, 70))*n, np.ones((20, 20))))", id="conv"
        ),
        pytest.param("np.sum(np.ones((150, 150))@np.ones((150, 150)))*n", id="product"),
    ],
)
def test_a_bank_cannot_make_a_walk_go_on(bank_of, value: str) -> None:
    """What is too large to watch is one line, or no walk; it comes to an end at once."""
    question = bank_of(
        {
            "draw": {"n": {"int": [1, 1]}},
            "answer": {"kind": "number", "value": value},
            "cross_check": "n",
            "mistakes": {"other": {"value": "n - 1", "say": "No."}},
        }
    ).questions[0]
    start = time.process_time()
    walk = walk_of(draw(question, 1))
    assert walk is None or len(walk.frames) <= 5
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "call",
    [
        pytest.param({"conv_output_size": {"n": "10**9", "f": 3}}, id="number"),
        pytest.param(
            {"max_pool": {"x": "np.ones((500, 500))", "f": 2, "s": 1}}, id="array"
        ),
    ],
)
def test_a_named_walk_that_is_too_large_is_a_finding(bank_of, call: object) -> None:
    """The author is told; nobody waits for it."""
    question = bank_of(
        {
            "draw": {"n": {"int": [2, 9]}},
            "answer": {"kind": "integer", "value": "n + 1"},
            "cross_check": "1 + n",
            "mistakes": {"other": {"value": "n - 1", "say": "No."}},
            "walk": call,
        }
    ).questions[0]
    (said,) = walks(observe(draw(question, 1)))
    assert "too large to watch" in said
