"""The README's console blocks are what a person sees today."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import ROOT, Terminal

from drill.bank import load_bank
from drill.topic_index import GROUPS

BLOCKS = re.findall(
    r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
)


def steps(block: str) -> list[tuple[str, str]]:
    """Split a block into commands and what each prints."""
    found = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(step.partition("\n")[0], step.partition("\n")[2]) for step in found]


def squeezed(text: str) -> str:
    """Return text without the differences of wrapping."""
    return " ".join(text.split())


def test_there_are_transcripts() -> None:
    """A README without its transcripts would pass everything below."""
    assert len(BLOCKS) >= 2


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_transcripts_are_current(block: str, tmp_path: Path) -> None:
    """Each command prints just what the README says, typed answers included."""
    folder = tmp_path
    for command, printed in steps(block):
        name, *arguments = shlex.split(command)
        if name == "cd":
            folder = folder / arguments[0]
        elif name == "drill" and arguments[0] == "quiz":
            assert squeezed(quiz(arguments, printed)) == squeezed(printed)
        else:
            assert squeezed(output(command, folder)) == squeezed(printed)


def quiz(arguments: list[str], printed: str) -> str:
    """Run a quiz in a terminal and type the replies that stand after ``>``."""
    with Terminal(*arguments) as terminal:
        for reply in re.findall(r"^> (.*)$", printed, re.MULTILINE):
            terminal.expect("> ")
            terminal.settle()
            terminal.send(f"{reply}\r")
        assert terminal.wait() == 0
        return terminal.text


def output(command: str, folder: Path) -> str:
    """Run a command in a folder and return all it prints."""
    python = shlex.quote(sys.executable)
    shell = f'drill() {{ {python} -m drill "$@"; }}; python() {{ {python} "$@"; }}'
    done = subprocess.run(
        ["bash", "-c", f"{shell}; {command}"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_tickets_in_the_readme_open() -> None:
    """Every ticket that the README names, with its digest, is one of today's."""
    from drill.bank import find_question
    from drill.drawing import check_ticket, find_ticket

    for word in (ROOT / "README.md").read_text(encoding="utf-8").split():
        ticket = find_ticket(word)
        if ticket is not None:
            check_ticket(ticket, find_question(None, ticket.question))


def test_its_topics_are_those_of_the_bank() -> None:
    """Each group with its topics, and how many questions there are."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    bank = load_bank()
    counts = f"{len(bank.topics)} topics with {len(bank.questions)} questions"
    assert counts in text
    rows = dict(re.findall(r"^\| ([a-z]+) \| ([a-z, -]+) \|$", text, re.MULTILINE))
    told = {group: tuple(rows[group].split(", ")) for group in GROUPS}
    assert told == bank.groups
