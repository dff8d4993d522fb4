"""However busy the machine, a diagnosis asks all its calls: only their number counts here."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from autograder.judging.diagnosis import questions


@pytest.fixture(autouse=True)
def no_haste_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(monotonic=lambda: 0.0, thread_time=time.thread_time)
    monkeypatch.setattr(questions, "time", clock)
