"""The file that a new topic starts with: one question that passes, explained."""

from __future__ import annotations

import re

SCHEMA_FILE = "bank.schema.json"

_TEMPLATE = """\
# yaml-language-server: $schema={schema}
# The line above lets editors complete and check this file. `drill bank check` checks
# more, and `drill bank preview {id} --watch` shows the question as you write.
format: 1
topic: {topic}             # the file's name without .yaml
title: {title}
summary: |-
  A dense layer with n inputs and m units has n·m weights and m biases.
conventions: |-
  Every unit has a bias.
questions:
  - id: {id}               # stays for ever: tickets hold it; unique in the whole bank
    skill: dense-parameters
    level: 1               # 1 warm-up, 2 standard, 3 exam
    minutes: 1
    draw:                  # drawn afresh for every ticket
      n: {{int: [3, 30]}}    # a whole number, both ends included
      m: {{one_of: [2, 4, 5, 6, 8, 10, 12]}}
    require:               # draws for which this is false are drawn again
      - n != m
    # Everything that is needed to answer stands here. Fields in braces are formulas.
    ask: >-
      A dense layer takes {{n}} numbers and has {{m}} units, each with a bias. How many parameters does it have?
    answer: {{kind: integer, value: n*m + m}}
    # A second way to the same answer, by other means: here by counting one by one.
    cross_check: enumerate_dense_params(n, m)
    # What people really get wrong, and what to tell them: what was done, what to do.
    mistakes:
      no_bias:
        value: n*m
        say: You counted the weights only; each unit has a bias, too, so add one for each unit.
      one_bias:
        value: n*m + 1
        say: You added one bias for the whole layer; each unit has its own.
      bias_per_input:
        value: n*m + n
        say: You added a bias for each input; a bias belongs to a unit.
      added:
        value: n + m
        say: You added the sizes; every unit has a weight for every input, so multiply.
        must_differ: false   # off where it happens to be right; the others are redrawn
    hints:                 # a nudge, the way, the first step on these numbers
      - How many numbers does a single unit need?
      - A unit has one weight for each input and one bias.
      - One unit has {{n}} weights, and 1 bias.
    solution: |-
      One unit has {{n}} weights and 1 bias: {{n + 1}} parameters.
      With {{m}} units that makes {{m}} · {{n + 1}} = {{answer}}.
"""  # noqa: E501 - sentences stay in one line, as in the bank
_WORDS = ("true", "false", "null")


def question_id(topic: str) -> str:
    """Return the id of the question that a new topic starts with.

    Examples
    --------
    >>> question_id("pruning")
    'pruning-first'
    """
    return f"{topic[:58]}-first"


def template(topic: str) -> str:
    """Return the text of a new topic's file.

    Parameters
    ----------
    topic : str
        Its id: lower-case letters, digits and hyphens.

    Examples
    --------
    >>> template("dense-layers").splitlines()[5].split("#")[0].strip()
    'title: Dense layers'
    """
    title = topic.replace("-", " ").strip().capitalize()
    # YAML would read a topic such as 2024 or true as no text.
    plain = re.fullmatch("[a-z][a-z0-9-]*", topic) and topic not in _WORDS
    return _TEMPLATE.format(
        schema=SCHEMA_FILE,
        topic=topic if plain else f"'{topic}'",
        title=title if plain else f"'{title}'",
        id=question_id(topic),
    )
