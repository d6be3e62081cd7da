"""Prose as it is set: formulas found, text kept, and nothing lost or let in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typeset_letters import (
    html_letters,
    letters,
    markdown_letters,
    typst_letters,
)

from drill.bank import load_bank
from drill.drawing import Block, draw, hints, plain, prompt, say, solution, stem
from drill.drawing.filled_prose import Filled, Sentence, Shown
from drill.typesetting import (
    Accent,
    Blocks,
    Code,
    Fenced,
    Formula,
    Fraction,
    Matrix,
    Node,
    Root,
    Row,
    Script,
    Symbol,
    Text,
    html,
    markdown,
    sentence,
    typeset,
    typst,
)


def told_apart(text: str) -> str:
    """Write a sentence with its formulas in angle brackets and its code in ticks."""
    return "".join(
        run.text
        if isinstance(run, Text)
        else f"`{run.text}`"
        if isinstance(run, Code)
        else f"⟨{written(run.inside)}⟩"
        for run in sentence(text)
    )


def written(node: Node) -> str:
    """Write a formula so that its structure can be seen."""
    match node:
        case Symbol():
            return node.text
        case Row():
            return "".join(map(written, node.parts))
        case Fraction():
            return f"{{{written(node.above)}}}/{{{written(node.below)}}}"
        case Root():
            return f"√{{{written(node.inside)}}}"
        case Script():
            below = f"_{{{written(node.below)}}}" if node.below else ""
            above = f"^{{{written(node.above)}}}" if node.above else ""
            return written(node.base) + below + above
        case Accent():
            return f"{node.mark}({written(node.base)})"
        case Fenced():
            return node.opening + written(node.inside) + node.closing
        case Matrix():
            return str(node.rows)


SENTENCES = {
    "a fraction": ("(n + 2p − f)/s + 1", "⟨{n + 2p − f}/{s} + 1⟩"),
    "a plain quotient": ("enters with 1/m here", "enters with ⟨1/m⟩ here"),
    "a root": ("ẑ = (z − μ)/√(σ² + ε)", "⟨hat(z) = {z − μ}/{√{σ^{2} + ε}}⟩"),
    "an exponent": ("L = Σ u^(3/2)", "⟨L = Σ u^{3/2}⟩"),
    "a factor in brackets": ("(3/2) √u is", "⟨{3}/{2} √{u}⟩ is"),
    "raised brackets": ("x⁽¹⁾ and log₂(n)", "⟨x^{(1)}⟩ and ⟨log_{2}(n)⟩"),
    "an index": ("v_t = β v_(t−1)", "⟨v_{t} = β v_{t−1}⟩"),
    "a mask": ("dZ = dA * (Z > 0), the", "⟨dZ = dA * (Z > 0)⟩, the"),
    "bars": ("if ‖g‖ > c, λ Σ |w|", "if ⟨‖g‖ > c⟩, ⟨λ Σ |w|⟩"),
    "a transpose": ("g Wᵀ has", "⟨g W^{T}⟩ has"),
    "a slope": ("tanh' = 1 − tanh²", "⟨tanh^{′} = 1 − tanh^{2}⟩"),
    "numpy": ("take np.sum(M, axis=1) / M.shape[1] here",
              "take `np.sum(M, axis=1) / M.shape[1]` here"),
    "an assignment": ("smx = e / np.sum(e, axis=0)", "`smx = e / np.sum(e, axis=0)`"),
    "a transpose in code": ("(A @ B).T @ C", "`(A @ B).T @ C`"),
    "an article": ("a 3 × 3 filter and a row", "a ⟨3 × 3⟩ filter and a row"),
    "a letter": ("where x is a row of W", "where ⟨x⟩ is a row of ⟨W⟩"),
    "a possessive": ("f's side, and don't", "⟨f⟩'s side, and don't"),
    "a hyphen": ("pre-activations, one-hot, 3-D, 3rd", "pre-activations, one-hot, 3-D, 3rd"),
    "a dot product": ("u·v/(‖u‖‖v‖)", "⟨{u·v}/{‖u‖‖v‖}⟩"),
    "a derivative": ("x − α ∂L/∂x, α dL/dW", "⟨x − α ∂L/∂x⟩, ⟨α dL/dW⟩"),
    "a word's index": ("|gain_b − loss_b|", "⟨|gain_{b} − loss_{b}|⟩"),
    "a word's power": ("to count^(3/4).", "to ⟨count^{3/4}⟩."),
    "a matrix A": ("G = A Aᵀ is", "⟨G = A A^{T}⟩ is"),
    "a joined function": ("log-softmax(z)", "log-softmax⟨(z)⟩"),
    "a first letter": ("s = x + y", "⟨s = x + y⟩"),
    "a star": ("D* = p/(p + q), D*", "⟨D^{*} = {p}/{p + q}⟩, ⟨D^{*}⟩"),
    "a difference": ("max(w − |Δx|, 0)", "⟨max(w − |Δx|, 0)⟩"),
    "slices": ("i = σ(s[:n]) of X[:, 0]", "`i = σ(s[:n])` of `X[:, 0]`"),
    "code goes on": ("beta.reshape(1) * Zhat, X.T @ adds", "`beta.reshape(1) * Zhat`, `X.T` @ adds"),
    "a name with d": ("da = dout * d", "⟨da = dout * d⟩"),
    "a half": ("α + ½ (β − 1)", "⟨α + ½ (β − 1)⟩"),
    "a stem": ("an X-ray and x-axis", "an X-ray and x-axis"),
    "percent": ("so 10 % · 0.9 = 9 %.", "so ⟨10 % · 0.9 = 9 %⟩."),
    "words": ("bias = training error − human error", "bias = training error − human error"),
    "no divisor": ("errors with it / errors seen", "errors with it / errors seen"),
    "numbers": ("from 10 % to 9.5 %, 1,000 of (3, 4)", "from 10 % to 9.5 %, 1,000 of (3, 4)"),
    "an ambiguous divisor": ("1/2 x y", "⟨1/2 x y⟩"),
    "an open bracket": ("(n + 2 is open", "(⟨n + 2⟩ is open"),
    "an abbreviation": ("e.g. i.e. w.r.t. it", "e.g. i.e. w.r.t. it"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SENTENCES.values(), ids=SENTENCES)
def test_formulas_are_found_and_words_stay_words(text: str, wanted: str) -> None:
    """What is surely a formula is set as one; what is not stays as it was written."""
    assert told_apart(text) == wanted


def test_arrays_are_known_as_arrays() -> None:
    """A value is a matrix because it is one, not because its text looks so."""
    array = np.array([[1, -2]])
    shown = Sentence(["W = ", Shown("[[1, -2]]", array), " or [[1, -2]]"])
    assert shown == "W = [[1, -2]] or [[1, -2]]"
    first, rest = sentence(shown)
    assert isinstance(first, Formula)
    assert written(first.inside) == "W = (('1', '−2'),)"
    assert rest == Text(" or [[1, −2]]")


def test_names_that_are_typed_are_code() -> None:
    """A program's W1 is W1 where it stands alone; beta1 is no letter with a number."""
    runs = sentence("Z = W1 x + b1, in W1", frozenset({"W1", "b1"}))
    assert isinstance(runs[0], Formula)
    assert written(runs[0].inside) == "Z = W_{1} x + b_{1}"
    assert runs[-1] == Code("W1")
    assert sentence("a function pool(X, f) of", frozenset({"X"}))[1] == Code(
        "pool(X, f)"
    )
    runs = sentence("With into = Wx @ x + b and Wx", frozenset({"Wx", "x"}))
    assert [runs[1], runs[3]] == [Code("into = Wx @ x + b"), Code("Wx")]
    assert told_apart("keep_prob is p") == "`keep_prob` is ⟨p⟩"
    assert told_apart("beta1 and W1") == "⟨beta1⟩ and ⟨W_{1}⟩"


def texts() -> Iterator[tuple[str, Filled]]:
    """Yield every formula sheet, and every text of an instance of every question."""
    for topic in load_bank().topics.values():
        yield topic.id, (topic.summary, topic.conventions)
    for question in load_bank().questions:
        instance = draw(question, 7)
        yield question.id, stem(instance)
        yield question.id, solution(instance)
        for place, target in enumerate(instance.targets):
            yield question.id, prompt(instance, place)
            for hint in hints(instance, place):
                yield question.id, hint
            for option in target.options:
                yield question.id, (option.text, option.why)
            for mistake in target.part.mistakes:
                yield question.id, (say(mistake, instance.values),)


@cache
def blocks_of_the_bank() -> list[tuple[str, str, Blocks]]:
    """Set every text once; return it with its question and as it was."""
    return [(name, plain(prose), typeset(prose)) for name, prose in texts()]


def test_nothing_of_the_bank_is_lost() -> None:
    """Every letter and digit of every text stands in every rendering, in order."""
    for question, text, blocks in blocks_of_the_bank():
        wanted = letters(text)
        assert html_letters(html.blocks(blocks)) == wanted, question
        assert markdown_letters(markdown.blocks(blocks)) == wanted, question
        assert typst_letters(typst.blocks(blocks)) == wanted, question


def test_every_formula_is_well_formed() -> None:
    """MathML is read by any reader of XML, and the braces of LaTeX are balanced."""
    for question, _, blocks in blocks_of_the_bank():
        ET.fromstring(f"<div>{html.blocks(blocks)}</div>")
        text = re.sub(r"\\.", "", markdown.blocks(blocks))
        assert text.count("{") == text.count("}"), question


HOSTILE = st.text(
    st.sampled_from("<>&\"'`$#*_{}[]()\\/=-+−·^√Σ|‖~!@:;,.% \n\tabxW12²₁ᵀŷ\u0302\u202e\x1b]"),
    max_size=60,
)  # fmt: skip


@given(HOSTILE)
def test_hostile_prose_injects_nothing(text: str) -> None:
    """Whatever a bank says, a page has only the elements that we write."""
    named = Block(text, np.array([[1, -2]]))
    page = f"<div>{html.blocks(typeset((text, named)))}</div>"
    root = ET.fromstring(page)
    known = (
        "div p code span math mrow mi mn mo mspace msup msub msubsup mfrac msqrt mover"
        " mtable mtr mtd"
    )
    assert {one.tag for one in root.iter()} <= set(known.split())
    assert "\x1b" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> x < 2",
        "x = 1</math><img src=q onerror=alert(1)>",
        "]]><b>bold</b>",
        "`code` and ``two`` [link](https://example.org) ![i](x)",
        "$x$ costs $3, \\alpha and x_$\\input{a}$",
        "# head\n- item\n1. one\n> quote\n---\n| a | b |\n|---|---|",
        "**bold** __b__ ~~s~~ <https://example.org>",
    ],
)
def test_markdown_takes_nothing_for_markup(text: str) -> None:
    """Outside of our own dollars and ticks every sign of markup is escaped."""
    page = markdown.blocks(typeset((text,)))
    outside = re.sub(r"(?<!\\)\$[^$]*(?<!\\)\$|`+[^`]*`+", "", page)
    outside = re.sub(r"\\.", "", outside)
    assert not re.search(
        r"[`$]|<[a-zA-Z/!]|\]\(|\*\S|^\s*(?:[#>+-] |---|\d+\. )", outside
    )


def test_formulas_in_latex() -> None:
    """One line of each: fractions, roots, sums, functions and matrices."""
    text = "ẑ = (z − μ)/√(σ² + ε), −Σ y_i ln p_i, tanh'(x) < 1 and γ ẑ"
    assert markdown.runs(sentence(text)) == (
        r"$\hat{z} = \frac{z - \mu}{\sqrt{\sigma ^{2} + \varepsilon }}$,"
        r" $-\sum y_{i}\, \ln p_{i}$, $\tanh ^{\prime }(x) \lt 1$ and"
        r" $\gamma \, \hat{z}$"
    )


def test_a_block_is_a_matrix_with_its_name() -> None:
    """A matrix on lines of its own is one formula with its name."""
    [display] = typeset((Block("ypred − y", np.array([[1.5, -2.0]])),))
    page = html.block(display)
    assert 'alttext="ypred − y = [[1.5, -2]]"' in page
    assert page.count('role="cell"') == 2


@given(HOSTILE)
def test_hostile_prose_stays_in_strings_of_typst(text: str) -> None:
    """Outside of strings and formulas there is nothing but what we call."""
    source = typst.blocks(typeset((text, Block(text, np.array([[1, -2]])))))
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', source)
    outside = re.sub(r"#display-line\[(.*?)\]", r"\1", outside)
    assert re.fullmatch(r'(?:#""|#raw\(""\)|#strut\([^)]*\)|\$[^$]*\$|\s)*', outside)


@pytest.mark.extra
def test_typst_sets_the_whole_bank() -> None:
    """Every text compiles, and so does one that is made of Typst's own signs."""
    compiled = pytest.importorskip("typst").compile
    hostile = ('#panic() $x^#x$ \\ *b* _i_ `c` <l> @r // /* "q" [c] x_{1} = #1, a;b',)
    found = [typst.blocks(blocks) for _, _, blocks in blocks_of_the_bank()]
    found.append(typst.blocks(typeset(hostile)))
    source = typst.PREAMBLE + "\n\n".join(found)
    assert compiled(source.encode(), format="pdf").startswith(b"%PDF")
