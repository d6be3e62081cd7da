"""Programs and formulas: every equivalent form is right, every classic slip is named."""

from __future__ import annotations

from functools import cache

import pytest

import drill
from drill.answer import read_program
from drill.drawing import Instance
from drill.errors import LanguageError
from drill.grading import Verdict

TOPICS = {
    "mean": "broadcasting",
    "centre": "broadcasting",
    "nearest": "broadcasting",
    "softmax": "softmax",
    "conv-size": "cnn-sizes",
    "conv-same": "cnn-sizes",
    "pool": "max-pool",
    "reg": "regularization",
    "backprop": "backprop",
    "relu": "relu",
    "dropout": "dropout",
    "batchnorm": "batchnorm",
}


@cache
def instance(question: str) -> Instance:
    """Return one instance of a question."""
    topic = next(t for start, t in TOPICS.items() if question.startswith(start))
    return drill.draw(drill.load(None, (topic,))[question], 7)


def judged(question: str, text: str) -> Verdict:
    """Read and grade a learner's text as the learner's path does."""
    asked = instance(question)
    answer = asked.targets[0].part.answer
    program = read_program(
        text, names=answer.names, form=answer.form, result=answer.result
    )
    return drill.grade(asked, program)


RIGHT = {
    "mean-per-row-code": [
        "np.sum(M, axis=1) / M.shape[1]",
        "row_mu = np.sum(M, axis=1) / M.shape[1]",
        "M.mean(axis=1)",
        "np.mean(M, 1)",
        "mean(M, axis=1)",
        "M.sum(-1) / M.shape[-1]",
        "np.einsum('ij->i', M) / M.shape[1]",
        "M @ np.ones(M.shape[1]) / M.shape[1]",
        "(M / M.shape[1]).sum(axis=1)",
        "M.T.mean(axis=0)",
        "np.average(M, axis=1)",
        "r, c = M.shape\ntotal = np.sum(M, axis=1)\nrow_mu = total / c",
        "import numpy as np\nrow_mu = np.sum(M, axis=1)\nrow_mu /= M.shape[1]",
        "np.mean(M, axis=1, keepdims=True)[:, 0]",
        "np.mean(M, axis=1, keepdims=True).ravel()",
    ],
    "centre-rows-code": [
        "M - M.mean(1, keepdims=True)",
        "M - np.mean(M, axis=1)[:, None]",
        "M - M.mean(axis=1)[:, np.newaxis]",
        "M - M.mean(1).reshape(-1, 1)",
        "(M.T - M.mean(1)).T",
        "M - np.expand_dims(np.mean(M, 1), 1)",
        "M - np.outer(M.mean(1), np.ones(M.shape[1]))",
        "mu = M.sum(1, keepdims=True) / M.shape[1]\ncentred = M - mu",
    ],
    "nearest-column-code": [
        "np.argmin(np.sqrt(np.sum(np.square(X - V), axis=0)))",
        "np.argmin(((X - V)**2).sum(0))",
        "np.linalg.norm(X - V, axis=0).argmin()",
        "sq_diff = np.square(X-V)\ndists = np.sqrt(np.sum(sq_diff, axis=0))\n"
        "nearest = np.argmin(dists)",
        "((V - X)**2).mean(axis=0).argmin()",
        "np.argmax(-np.sum((X - V) * (X - V), axis=0))",
        "np.argmin(np.sum(X**2, axis=0) - 2 * (V.T @ X)[0])",
    ],
    "softmax-code": [
        "exp = np.exp(M)\nsmx = exp / np.sum(exp, axis=0)",
        "np.exp(M - M.max(0)) / np.exp(M - M.max(0)).sum(0)",
        "np.exp(M) / np.exp(M).sum(axis=0, keepdims=True)",
        "(np.exp(M).T / np.exp(M).sum(0)[:, None]).T",
        "np.exp(M - np.log(np.sum(np.exp(M), axis=0)))",
    ],
    "conv-size-formula": [
        "floor((n + 2p - f)/s) + 1",
        "⌊(n + 2p − f)/s⌋ + 1",
        "(n + 2*p - f)//s + 1",
        "1 + (n - f + 2p)//s",
        "floor((n - f + 2p + s)/s)",
        "ceil((n + 2p - f + 1)/s)",
        "np.floor((n + 2*p - f)/s) + 1",
    ],
    "conv-same-formula": [
        "d*(f - 1)/2",
        "d(f - 1)/2",
        "d (f − 1)/2",
        "d*(f - 1)//2",
        "(d f - d)/2",
        "0.5 d*(f-1)",
    ],
    "reg-l2-loss-formula": [
        "-y log(yhat) - (1-y) log(1-yhat) + lam/2 sum(w^2)",
        "-y ln(ŷ) - (1 - y) ln(1 - ŷ) + (λ/2) sum(w²)",
        "-(y ln(yhat) + (1-y) ln(1-yhat)) + lam sum(w*w)/2",
    ],
    "reg-l2-gradient-formula": [
        "(yhat - y) x + lam w",
        "(ŷ − y) x + λ w",
        "λ*w + x*(ŷ - y)",
        "yhat*x - y*x + lam*w",
        "-(y - yhat) x + lam w",
    ],
    "reg-l1-gradient-formula": [
        "(yhat - y) x + lam sign(w)",
        "(ŷ − y) x + λ sign(w)",
        "lam w/abs(w) + (yhat - y) x",
        "(yhat - y) x + lam*np.sign(w)",
    ],
    "backprop-x-code": [
        "(1.5*np.sqrt(ypred-y) @ W.T) * (1-np.tanh(x)**2)",
        "g = 1.5 * (ypred - y)**0.5\ndx = (g @ W.T) * (1 - np.tanh(x)**2)",
        "(W @ (1.5 * np.sqrt(ypred - y)).T).T * (1 - np.tanh(x)**2)",
        "np.dot(3/2 * np.sqrt(ypred - y), W.T) / np.cosh(x)**2",
        "t = np.tanh(x)\n(1.5*np.sqrt(ypred-y)).dot(W.T) * (1-t) * (1+t)",
    ],
    "relu-forward-code": [
        "np.maximum(0, Z)",
        "Z * (Z > 0)",
        "np.where(Z > 0, Z, 0)",
        "(Z + np.abs(Z)) / 2",
        "np.clip(Z, 0, None)",
        "A = Z.copy()\nA[A < 0] = 0\nA",
    ],
    "relu-leaky-formula": ["max(z, alpha z)", "max(α z, z)", "max(z, alpha*z)"],
}

WRONG = {
    "mean-per-row-code": {
        "M.mean(0)": "per_column",
        "np.sum(M, axis=0)/M.shape[0]": "per_column",
        "M.sum(1)": "no_division",
        "np.sum(M, axis=1) / M.shape[0]": "wrong_divisor",
        "np.sum(M, axis=1) / M.size": "all_entries",
        "M.sum(0) / M.shape[1]": "axis_turned",
        "M.mean()": "one number",
        "M.mean(1, keepdims=True)": "another shape",
        "-M.mean(1)": "sign",
        "2 * M.mean(1)": "factor",
        "M.mean(axis=2)": "there is no axis 2",
    },
    "centre-rows-code": {
        "M - M.mean(1)": "no_keepdims",
        "M - np.mean(M, axis=1).T": "no_keepdims",
        "M - M.mean(0)": "columns_centred",
        "M - M.mean()": "grand_mean",
        "M - M.sum(1, keepdims=True)": "sums_subtracted",
        "M.mean(1, keepdims=True) - M": "sign_turned",
        "M.T - M.mean(1)": "transposed",
    },
    "nearest-column-code": {
        "np.argmin(((X - V)**2).sum(1))": "nearest_row",
        "np.argmin((X - V).sum(0))": "not_squared",
        "np.argmin(np.abs(X - V).sum(0))": "absolute",
        "np.argmax(((X - V)**2).sum(0))": "farthest",
        "np.argmin((X - V)**2)": "not_summed",
        "np.argmin(((X - V)**2).sum(0)) + 1": "off by one",
    },
    "softmax-code": {
        "np.exp(M) / np.exp(M).sum(1, keepdims=True)": "rows_add_up",
        "np.exp(M) / np.exp(M).sum(1)": "wrong_axis",
        "np.exp(M) / np.exp(M).sum()": "whole_matrix",
        "M / M.sum(0)": "no_exp",
        "np.exp(M)": "not_normalised",
    },
    "conv-size-formula": {
        "(n + 2p - f)/s + 1": "no_floor",
        "floor((n + 2p - f)/s)": "no_plus_one",
        "(n + p - f)//s + 1": "padding_once",
        "ceil((n + 2p - f)/s) + 1": "rounded_up",
        "floor((n + 2p - f + 1)/s)": "plus_one_inside",
        "(n - f)//s + 1": "no_padding",
    },
    "conv-same-formula": {
        "d*(f - 1)": "total",
        "(f - 1)/2": "dense",
        "(d f - 1)/2": "times_filter",
    },
    "reg-l2-loss-formula": {
        "y ln(yhat) + (1-y) ln(1-yhat) + lam/2 sum(w^2)": "minus_forgotten",
        "-y ln(yhat) + lam/2 sum(w^2)": "first_log_only",
        "-y ln(yhat) - (1-y) ln(1-yhat) + lam sum(w^2)": "half_forgotten",
        "-y ln(yhat) - (1-y) ln(1-yhat) + sum(w^2)/2": "lambda_forgotten",
        "-y ln(yhat) - (1-y) ln(1-yhat) + lam sum(abs(w))": "absolute_values",
        "-y ln(yhat) - (1-y) ln(1-yhat) + lam/2 sum(w)^2": "sum_squared",
    },
    "reg-l2-gradient-formula": {
        "(yhat - y) x + 2 lam w": "two_lambda",
        "(yhat - y) x + lam/2 w": "half_lambda",
        "(ŷ - y) x": "no_penalty",
        "(y - ŷ) x + λ w": "error_turned",
        "(ŷ - y) + λ w": "x_forgotten",
        "(ŷ - y) x − λ w": "penalty_subtracted",
        "(ŷ - y) x + λ sign(w)": "sign_of_w",
    },
    "reg-l1-gradient-formula": {
        "(ŷ − y) x + sign(w)": "lambda_forgotten",
        "(ŷ − y) x + λ w": "weights_themselves",
        "(ŷ − y) x + λ abs(w)": "absolute_values",
        "(ŷ − y) x + λ": "same_for_all",
    },
    "backprop-x-code": {
        "1.5 * np.sqrt(ypred - y) * W * (1 - np.tanh(x)**2)": "order_of_the_slide",
        "(1.5 * np.sqrt(ypred - y) @ W) * (1 - np.tanh(x)**2)": "not_transposed",
        "(np.sqrt(ypred - y) @ W.T) * (1 - np.tanh(x)**2)": "no_coefficient",
        "(1.5 * (ypred - y) @ W.T) * (1 - np.tanh(x)**2)": "no_root",
        "(1.5 * np.sqrt(ypred - y)) @ W.T": "no_slope",
        "(1.5 * np.sqrt(ypred - y) @ W.T) * (1 - np.tanh(x))": "not_squared",
        "(1.5 * np.sqrt(ypred - y) @ W.T) * (1 - x**2)": "slope_of_x",
    },
    "relu-forward-code": {
        "np.max(Z)": "one_maximum",
        "Z > 0": "mask",
        "np.minimum(0, Z)": "minimum",
        "np.abs(Z)": "absolute",
    },
    "relu-leaky-formula": {
        "max(0, z)": "plain",
        "min(z, alpha z)": "smaller",
        "alpha z": "always_scaled",
    },
}

REFUSED = {
    "torch.mean(M, dim=1)": "",
    "eval('M')": "",
    "open('/etc/passwd')": "",
    "().__class__": "",
    "M.tofile('x')": "",
    "np.load('x')": "",
    "__import__('os')": "",
    "M.mean(1, out=M)": "",
    "N.mean(1)": "",
    "M ^ 2": "",
    "": "",
}


@pytest.mark.parametrize(
    ("question", "text"),
    [(question, text) for question, texts in RIGHT.items() for text in texts],
)
def test_equivalent_forms_are_right(question: str, text: str) -> None:
    """Order, factoring, dialect and number of lines do not matter."""
    assert judged(question, text).right


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [(q, text, name) for q, texts in WRONG.items() for text, name in texts.items()],
)
def test_slips_are_named(question: str, text: str, name: str) -> None:
    """A wrong program is told its mistake, its relation, or why it fails."""
    verdict = judged(question, text)
    assert not verdict.right
    found = [mistake.name for mistake in verdict.mistakes]
    found += [verdict.relation.name] if verdict.relation else []
    assert verdict.counterexample is not None
    assert name in found or name in verdict.counterexample.error


@pytest.mark.parametrize(("text", "word"), list(REFUSED.items()))
def test_what_is_refused_says_why(text: str, word: str) -> None:
    """What the language has no room for is refused in a sentence, with its place."""
    with pytest.raises(LanguageError) as caught:
        judged("mean-per-row-code", text)
    assert word in str(caught.value)
    assert str(caught.value)[-1:] not in ("", "\n")


def test_the_smallest_counterexample_is_shown() -> None:
    """A program that is right on the draw shown is refuted on another."""
    verdict = judged("nearest-column-code", "np.argmin(np.abs(X - V).sum(0))")
    example = verdict.counterexample
    assert example is not None
    assert not example.shown
    assert verdict.note == "right on the numbers shown"
    assert example.case is not instance("nearest-column-code").targets[0].cases[0]


def test_overflow_is_advice_not_a_fault() -> None:
    """A naive softmax is right, and is told that it overflows."""
    naive = judged("softmax-code", "np.exp(M) / np.sum(np.exp(M), axis=0)")
    assert naive.right
    assert "overflows" in naive.note
    careful = judged("softmax-code", "e = np.exp(M - M.max(axis=0))\ne / e.sum(axis=0)")
    assert careful.right
    assert careful.note == ""


def test_cases_cover_tall_wide_square_and_one_row() -> None:
    """An array question is run on at least one of each shape."""
    for question in ("mean-per-row-code", "centre-rows-code", "softmax-code"):
        shapes = [c.values["M"].shape for c in instance(question).targets[0].cases]
        assert any(r > c for r, c in shapes), question
        assert any(r < c for r, c in shapes), question
        assert any(r == c for r, c in shapes), question
        assert any(1 in shape for shape in shapes), question
