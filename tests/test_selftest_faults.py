"""Faults planted one at a time: each is caught by the rule that is meant for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import patches

from drill.bank import Question, load_bank
from drill.bank.vocabulary import vocabulary
from drill.selftest import Plan, Record, certify, certify_bank
from drill.selftest.rules import OF_QUESTIONS, OVER_ALL, RULES

FOLDER = Path(__file__).parent / "faults"
SEEDS = 30

# The bank's name, the rule, and words of its sentence.
BANKS = {
    "answer-in-the-prompt": ("answer shown", "{a + b} is right in nearly every"),
    "coarse-prompt": ("printed digits", "print more digits"),
    "case-that-hides": ("mistakes told", "'from_zero' is graded right"),
    "column-for-a-row": ("mistakes told", "'column' is graded right"),
    "constant-answer": ("variety", "'0' is the answer of 30 in 30"),
    "costly-draw": ("budget", "steps of work on average"),
    "cropped-matrix": ("budget", "its middle is left out"),
    "dependent-check": ("independence", "reaches 'row_means' of the solver"),
    "dependent-let": ("independence", "reaches 'row_means' of the solver"),
    "equal-distances": ("ties", "'X' = "),
    "few-instances": ("variety", "only 4 of 30 instances differ"),
    "first-option": ("guessability", "option a) is right in 30 of 30"),
    "formula-off-by-one": ("second route", "one of the two is wrong"),
    "hint-fails": ("prose", "hint 1 cannot be filled"),
    "hint-shows-infinity": ("prose", "hint 1 shows a number that is not finite"),
    "hopeless-must-differ": ("draw", "mistake 'turned' gives the right answer"),
    "idle-mistake": ("mistake never met", "it always gives the right answer"),
    "impossible-mistake": ("mistake never met", "it can be computed on no instance"),
    "kink-of-relu": ("ties", "sits on a tie or a kink"),
    "largest-option": ("guessability", "the largest number is right in 30 of 30"),
    "longest-option": ("guessability", "the longest option is right in 30 of 30"),
    "much-typing": ("budget", "digits"),
    "narrow-miss": ("tolerance", "misses by 2 tolerances only"),
    "rarely-kept": ("acceptance", "of the draws are kept"),
    "root-of-zero": ("ties", "the edge of where the answer exists"),
    "same-call": ("independence", "calls 'mean' as the answer's own formula"),
    "same-option": ("guessability", "chance is 25%"),
    "same-ticks": ("guessability", "is right in"),
    "score-at-the-threshold": ("ties", "sits on a tie or a kink"),
    "sign-of-zero": ("ties", "'w' = "),
    "sorted-draw": ("variety", "'0' is the answer of 30 in 30"),
    "swallowed-mistake": ("tolerance", "goes unnoticed there"),
    "tie-in-a-window": ("ties", "sits on a tie or a kink"),
    "two-that-are-level": ("ties", "sits on a tie or a kink"),
    "twins": ("mistakes apart", "'overflow' gives the same"),
    "walk-elsewhere": ("walk", "no step of the solution shows the answer"),
    "wide-matrix": ("budget", "60 fit every screen"),
}
# What is planted, the question that shows it, the rule, and words of its sentence.
PROGRAM = {
    "flipped_kernel": ("convolution/convolve-map", "second route", "cross-check gives"),
    "unbiased_variance": ("batchnorm/batchnorm-with-eps", "second route", "gives"),
    "swapped_axis": ("softmax/softmax-columns", "second route", "gives"),
    "last_cell_wins": ("max-pool/max-pool-backward", "second route", "gives"),
    "rounded_up": ("cnn-sizes/conv-output-size", "second route", "gives"),
    "oracle_off_by_one": ("cnn-sizes/conv-valid-size", "second route", "gives"),
    "oracle_of_rows": ("broadcasting/mean-per-row", "second route", "gives"),
    "always_yes": ("cnn-sizes/conv-output-size", "mistakes told", "is graded right"),
    "always_no": ("cnn-sizes/conv-valid-size", "reference accepted", "graded wrong"),
    "broadcasting_comparator": (
        "broadcasting/mean-per-row", "wrong refused", "another shape",
    ),
    "nan_equals_anything": ("broadcasting/mean-per-row", "wrong refused", "nan"),
    "exact_comparator": ("broadcasting/mean-per-row", "reference accepted", "typed"),
    "nothing_recognised": (
        "cnn-sizes/conv-output-size", "mistakes told", "is told nothing",
    ),
    "nothing_carried": (
        "cnn-sizes/conv-pool-conv", "carried forward", "not marked as carried",
    ),
    "neighbour_option": ("cnn-sizes/conv-first-layer", "options", "the other way"),
    "lost_sign": ("relu/relu-backward", "reference accepted", "typed as"),
    "transposed_files": ("max-pool/max-pool-forward", "reference accepted", "saved"),
    "anything_read": ("cnn-sizes/conv-valid-size", "wrong refused", "banana"),
    "restless_cases": ("relu/relu-backward-code", "determinism", "other hidden draws"),
    "restless_draw": ("cnn-sizes/conv-valid-size", "determinism", "another instance"),
    "hash_of_the_day": ("cnn-sizes/conv-valid-size", "other process", "hash seed"),
    "must_differ_ignored": ("max-pool/max-pool-mask", "tolerance", "must differ, and"),
}  # fmt: skip


def rules_of(record: Record) -> dict[str, str]:
    """Return the rules that complained, each with what it said."""
    said: dict[str, str] = dict.fromkeys(record.counts, "")
    for found in record.findings:
        said[found.rule] += found.message + "\n"
    return said


@pytest.mark.parametrize("name", BANKS)
def test_a_planted_fault_is_caught(name: str) -> None:
    """The rule that is meant for a fault of a bank catches it, and no other does."""
    rule, words = BANKS[name]
    question = load_bank(FOLDER, [name])[name]
    said = rules_of(certify(question, range(3 if rule == "budget" else SEEDS)))
    assert set(said) == {rule}
    assert words in said[rule]


@pytest.mark.parametrize("name", BANKS)
def test_nothing_else_is_wrong_with_it(name: str, tmp_path: Path) -> None:
    """With the fault mended as the file's head says, nothing is found."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    head, _, body = text.partition("format: 1")
    mends = re.findall(r"# instead of: (.*)\n# write: (.*)\n", head)
    assert mends
    for old, new in mends:
        assert old in body
        body = body.replace(old, new)
    (tmp_path / f"{name}.yaml").write_text(f"format: 1{body}", encoding="utf-8")
    question = load_bank(tmp_path, [name])[name]
    assert certify(question, range(SEEDS)).findings == ()


def test_the_list_is_complete() -> None:
    """Every bank in the folder and every patch has its line, and every rule a fault."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(BANKS)
    planted = {
        name
        for name, value in vars(patches).items()
        if callable(value)
        and getattr(value, "__module__", "") == patches.__name__
        and not name.startswith("_")
    }
    assert planted == set(PROGRAM)
    caught = {rule for rule, _ in BANKS.values()} | {r for _, r, _ in PROGRAM.values()}
    assert caught == {*RULES, *OF_QUESTIONS, *OVER_ALL}


@pytest.fixture
def fresh_vocabulary() -> Iterator[None]:
    """Forget the functions that a patch put into the bank's table."""
    yield
    vocabulary.cache_clear()


def the_question(place: str) -> Question:
    """Load one question of the built-in bank."""
    topic, _, name = place.partition("/")
    return load_bank(None, [topic])[name]


@pytest.mark.usefixtures("fresh_vocabulary")
@pytest.mark.parametrize("name", PROGRAM)
def test_a_fault_of_the_program_is_caught(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong solver, oracle, comparator, reader or draw is caught by its rule."""
    place, rule, words = PROGRAM[name]
    plant: Callable[[pytest.MonkeyPatch], None] = getattr(patches, name)
    plant(monkeypatch)
    question = the_question(place)
    alone = rule != "other process"
    record = certify(question, range(6)) if alone else examined(question)
    said = rules_of(record)
    assert rule in said
    assert words in said[rule]


def examined(question: Question) -> Record:
    """Examine a question with a second process, as the command does."""
    bank = load_bank(None, [question.topic])
    plan = Plan((Path(question.where.file).parent,), 3, only=(question.id,))
    return next(certify_bank(bank, plan))
