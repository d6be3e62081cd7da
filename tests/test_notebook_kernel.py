"""Notebooks are run by a real kernel; answers right and wrong, magics, errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from learner import right_reply

import drill

pytestmark = [
    pytest.mark.extra,
    # Of the kernel's own libraries.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Return a function that runs cells and returns the outputs of each."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    monkeypatch.setenv("DRILL_HOME", str(tmp_path / "home"))
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))

    def made(*cells: str) -> list[list[Any]]:
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
        client = nbclient.NotebookClient(
            notebook, timeout=120, kernel_name="python3", allow_errors=True
        )
        client.execute()
        return [cell.outputs for cell in notebook.cells]

    return made


def text_of(outputs: list[Any]) -> str:
    """Return what a cell showed, as text, on one line."""
    found = []
    for one in outputs:
        if one.output_type == "stream":
            found.append(one.text)
        elif one.output_type == "error":
            found.append("\n".join(one.traceback))
        else:
            found.append(one.data["text/plain"])
    return " ".join(" ".join(found).split())


def test_a_notebook_asks_grades_and_remembers(run) -> None:
    """Prompt, wrong answer, hint, right answer, steps: all are shown and kept."""
    found = run(
        "import drill\nq = drill.ask('max-pool-backward', seed=7)\nq",
        "import numpy as np\nq.check(np.zeros(q.X.shape))",
        "q.hint()",
        "from drill.solver import max_pool_backward\n"
        "q.check(max_pool_backward(q.X, q.G, 2, 2))",
        "q.step(3)",
        "from drill.cli.recording import open_history\n"
        "[(a.outcome, a.hints) for a in open_history().attempts()]",
    )

    assert all("text/html" in one[0].data for one in found[:5])
    assert "max-pool-backward@7-" in text_of(found[0])
    assert "<table" in found[0][0].data["text/html"]
    assert "Not right." in text_of(found[1]) and "One more try." in text_of(found[1])
    assert "✗" in found[1][0].data["text/html"]
    assert text_of(found[2]).startswith("Hint 1 of 3:")
    assert text_of(found[3]).startswith("Right")
    assert "step 3 of 7" in text_of(found[4])
    assert text_of(found[5]) == "[('right later', 1)]"


def test_magics_ask_what_is_due_and_grade_a_cell(run) -> None:
    """%drill, and %%drill with a program above which it stands."""
    instance = drill.draw(drill.load()["centre-rows-code"], 7)
    right = right_reply(instance, 0)
    found = run(
        "%load_ext drill",
        "%drill max-pool",
        "q.ticket.partition('@')[0]",
        f"%%drill {instance.ticket}\n# my own way\n{right}",
        "q.ticket",
        "%unload_ext drill",
    )

    assert "max-pool, level 1" in text_of(found[1])
    assert text_of(found[2])[1:-1] in {
        q.id for q in drill.load().topics["max-pool"].questions
    }
    assert text_of(found[3]).startswith("Right")
    assert text_of(found[4]) == f"'{instance.ticket}'"
    assert found[5] == []


def test_what_went_wrong_is_one_sentence(run) -> None:
    """No traceback of ours, and the kernel goes on."""
    found = run(
        "import drill\ndrill.ask('max-pol')",
        "%load_ext drill\n%drill max-pol",
        "q = drill.ask('backprop-three-steps', seed=7)\nq.check(1, 2)",
        "q.check(None)",
        "1 + 1",
    )

    for outputs in found[:2]:
        assert text_of(outputs) == (
            "UsageError: there is no topic, skill or question 'max-pol'; did you mean"
            " 'max-pool'?"
        )
    assert text_of(found[2]).startswith("UsageError: 2 answers were given to 3 parts")
    assert text_of(found[3]).startswith("Not read, so not counted: there is no answer")
    assert text_of(found[4]) == "2"


@pytest.mark.parametrize("library", ["torch", "jax"])
def test_tensors_are_answers(library: str, run) -> None:
    """A tensor with a gradient, and one of half precision."""
    pytest.importorskip(library)
    make = {
        "torch": "import torch\nx = torch.tensor(r, requires_grad=True)\n"
        "y = x.to(torch.bfloat16)",
        "jax": "import jax.numpy as jnp\nx = jnp.asarray(r)\n"
        "y = x.astype(jnp.bfloat16)",
    }[library]
    found = run(
        "import drill\nq = drill.ask('max-pool-backward', seed=7)\n"
        "r = drill.solver.max_pool_backward(q.X, q.G, 2, 2).astype('float32')",
        f"{make}\nq.check(x).right, q.check(y).right",
    )

    assert text_of(found[1]) == "(True, True)"
