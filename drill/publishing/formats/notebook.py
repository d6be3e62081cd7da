"""Jupyter notebooks: the arrays as code, a cell for the answer, one that checks it.

The checks are drill's own (``drill.ask``), so nothing that drill knows is lost, and
what is answered goes into the learner's history.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from itertools import count
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import numpy as np

from drill.extras import needed
from drill.typesetting import markdown

if TYPE_CHECKING:
    from drill.bank import Question
    from drill.publishing.published import Published, PublishedPart, Variant

SUFFIX = ".ipynb"
USED = ("np", "drill")
BREAK = "\n"
NEEDS = "Answers are checked by drill: `pip install exam-drill`."


def carries(question: Question) -> str:
    """Hold every kind of question."""
    return ""


def refused(variant: Variant) -> str:
    """Refuse none: drill itself grades."""
    return ""


def without(variant: Variant) -> Iterator[str]:
    """Yield what of a variant is not carried: nothing."""
    return iter(())


def write(found: Sequence[Published]) -> bytes:
    """Write the notebook; the same questions give the same bytes."""
    nbformat = needed("nbformat", "notebook", "a notebook")
    make = nbformat.v4
    cells = [make.new_markdown_cell(f"# Questions\n\n{NEEDS}")]
    cells.append(make.new_code_cell("import drill\nimport numpy as np"))
    # Each has a variable of its own: a cell may be run again in any order.
    names = (f"q{number}" for number in count(1))
    for one in found:
        cells.append(make.new_markdown_cell(f"## {one.question.id}"))
        for variant in one.variants:
            cells += _cells(make, variant, next(names))
    for place, cell in enumerate(cells):
        # Ids that were drawn would make another file of the same questions.
        seed = f"{place} {cell.source}".encode()
        cell.id = f"c{hashlib.sha256(seed).hexdigest()[:15]}"
    book = make.new_notebook(cells=cells)
    book.metadata = {
        "kernelspec": {
            "name": "python3", "display_name": "Python 3", "language": "python"
        },
        "language_info": {"name": "python"},
    }  # fmt: skip
    nbformat.validate(book)
    return (json.dumps(book, indent=1, ensure_ascii=False) + "\n").encode()


def _cells(make: Any, variant: Variant, name: str) -> Iterator[Any]:
    ticket = str(variant.ticket)
    parts = [f"### {ticket}", markdown.blocks(variant.stem)]
    for place, part in enumerate(variant.parts, 1):
        if len(variant.parts) > 1:
            parts.append(f"**Part {place}: {markdown.safe(part.name)}**")
        parts.append(markdown.blocks(part.prompt))
        parts += [
            f"- {option.letter}\\) {markdown.runs(option.runs)}"
            for option in part.options
        ]
        parts.append(f"*Answer: {markdown.safe(part.form)}.*")
    prompt = "\n\n".join(part for part in parts if part)
    yield make.new_markdown_cell(prompt, metadata={"tags": [ticket]})
    yield make.new_code_cell(
        "\n".join([f'{name} = drill.ask("{ticket}")', *_inputs(variant)])
    )
    yield make.new_code_cell("\n".join(map(_blank, variant.parts)))
    answers = ", ".join(variable(part.name) for part in variant.parts)
    yield make.new_code_cell(f"{name}.check({answers})")


def variable(name: str) -> str:
    """Return a name that is no word of Python, and hides nothing that cells use.

    Examples
    --------
    >>> variable("dX"), variable(""), variable("lambda"), variable("np"), variable("q1")
    ('dX', 'answer', 'lambda_', 'np_', 'q1_')
    """
    taken = iskeyword(name) or name in USED or re.fullmatch(r"q\d+", name)
    return f"{name}_" if taken else name or "answer"


def _inputs(variant: Variant) -> Iterator[str]:
    """Yield lines of code that give the prompt's values their names."""
    values = variant.instance.values
    for key in variant.instance.question.inputs:
        value = values[key]
        if isinstance(value, np.ndarray) and value.ndim:
            text = np.array2string(
                value, separator=", ", threshold=10**9, floatmode="unique"
            )
            yield f"{variable(key)} = np.array({text.replace(BREAK, f'{BREAK}    ')})"
        elif isinstance(value, int | float | np.generic | np.ndarray):
            yield f"{variable(key)} = {value}"


def _blank(part: PublishedPart) -> str:
    name = variable(part.name)
    if part.kind == "expression":
        starter = part.target.part.answer.starter or "..."
        quoted = starter.strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        return f'{name} = """\n{quoted}\n"""'
    return f"{name} = ...  # {part.form}"
