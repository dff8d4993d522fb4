"""``comprobar`` as a student calls it at home, and what it printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from at_home import CHECK

from autograder import comprobar
from autograder.judging.diagnosis import effort
from autograder.notebook import client, home_advice
from autograder.notebook.client import ComprobacionFallida


@pytest.fixture(autouse=True)
def no_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine, a diagnosis in this process ends by what it counts."""
    monkeypatch.setattr(effort, "MOST_CPU", 60.0)


@pytest.fixture(scope="module")
def judge_at_home() -> Iterator[None]:
    """The judge that the first call starts serves its whole file of tests, and ends with it."""
    yield
    client._judge.hang_up()


@pytest.fixture
def report(
    judge_at_home: None,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., tuple[str, str]]:
    """A function that comprueba another and gives what was printed, and the last line."""

    # In this folder nothing of the tests' own is there to be handed in, nor was read before.
    monkeypatch.chdir(tmp_path)
    home_advice._read.clear()

    def check(function, check_id=CHECK):
        last = ""
        try:
            comprobar(check_id, function)
        except ComprobacionFallida as failure:
            last = str(failure)
        return capsys.readouterr().out, last

    return check
