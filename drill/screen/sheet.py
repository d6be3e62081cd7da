"""The problem sheet that `drill new` writes."""

from __future__ import annotations

from rich.text import Text

from drill.drawing import Block, Filled, Instance, prompt, stem
from drill.screen import words
from drill.screen.matrix import INDENT, block

WIDTH = 88


def problem_sheet(instance: Instance, files: list[str]) -> str:
    """Write the problem as Markdown, with what to save and how to check it."""
    lines = [f"# {instance.ticket}", "", *_markdown(stem(instance))]
    for part, target in enumerate(instance.targets):
        if target.part.name:
            lines += [f"## {target.part.name}", ""]
        lines += _markdown(prompt(instance, part))
        if target.options:
            for letter, option in zip(words.LETTERS, target.options, strict=False):
                lines.append(f"- {letter}) {option.text}")
            lines.append("")
        lines += [f"Answer: {words.form(target)}.", ""]
    arrays = [name for name in files if name.endswith(".npy")]
    if arrays:
        lines += ["Inputs: " + ", ".join(f"`{name}`" for name in arrays) + ".", ""]
    answers = answer_files(instance)
    saved = " and ".join(f"`{name}`" for name in answers)
    lines += [
        f"Save your answer here as {saved}, then run:",
        "",
        f"    drill check {'.' if len(answers) > 1 else answers[0]}",
        "",
    ]
    return "\n".join(lines)


def answer_files(instance: Instance) -> list[str]:
    """Name the files in which the answers are expected."""
    names = []
    for target in instance.targets:
        kind = target.part.answer.kind
        suffix = {"expression": "py", "choice": "txt", "choices": "txt"}
        names.append(f"{target.part.name or 'answer'}.{suffix.get(kind, 'npy')}")
    return names


def starter(instance: Instance) -> str:
    """Write the starter file of an expression question; else nothing."""
    answer = instance.targets[0].part.answer
    if answer.kind != "expression":
        return ""
    if answer.starter:
        return answer.starter.rstrip("\n") + "\n"
    names = ", ".join(answer.names)
    result = answer.result or "result"
    start = f"# Given: {names}. End with the result"
    if answer.form == "formula":
        return f"{start}; 2p and x^2 will do.\n"
    return f"{start}, in the name {result}.\nimport numpy as np\n\n{result} = \n"


def _markdown(prose: Filled) -> list[str]:
    lines: list[str] = []
    for piece in prose:
        if isinstance(piece, Block):
            lines += ["", *(f"    {line}" for line in rows_of(piece)), ""]
        else:
            lines += [piece, ""]
    return lines


def rows_of(piece: Block) -> list[str]:
    """Draw a matrix as plain lines, with its name."""
    lines = []
    for line in block(piece):
        if isinstance(line, Text):
            lines.append(line.plain)
        else:
            lines += [INDENT + row.plain for row in line.lines(WIDTH)]
    return lines
