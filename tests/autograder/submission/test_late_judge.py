"""A judge that a slow machine makes late: what it says late counts for nothing, and nobody pays."""

from __future__ import annotations

import socket
import threading
from types import SimpleNamespace

from autograder.common.limits import Limits
from autograder.judging.verdict import Verdict
from autograder.sandbox.flavours import NUMPY
from autograder.submission import kernel as judged
from autograder.submission.kernel import JudgedKernel

CELL = """
from autograder import comprobar
def conv2d(x, kernel, bias):
    return x
comprobar('1_convolucion.conv2d', conv2d)
"""
PATIENCE = 30  # Only so that a test that would hang fails instead.


def test_a_verdict_that_comes_after_its_process_is_gone_is_not_of_the_next_one(monkeypatch):
    """Of a cell that is run again it would be taken for its own, and cost it its points."""
    monkeypatch.setattr(judged, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr("autograder.sandbox.kernel.FAREWELL_SECONDS", 0.0)
    began, go = threading.Event(), threading.Event()
    seen: list[Verdict] = []

    def examine(remote, rng, findings):
        began.set()
        go.wait(PATIENCE)

    check = SimpleNamespace(
        id="1_convolucion.conv2d", aspects={}, hint=None, own_implementation=True, examine=examine
    )
    kernel = JudgedKernel(NUMPY, None, Limits(), seen.append, find=lambda name: check)
    running = threading.Thread(target=kernel.run, args=(CELL, PATIENCE))
    running.start()
    assert began.wait(PATIENCE)
    kernel.stop()
    go.set()
    running.join(PATIENCE)
    kernel._judge.join(PATIENCE)
    assert not kernel._judge.is_alive()
    assert seen == []


def test_a_cell_is_not_begun_without_a_judge():
    """It would be told that nobody answers; in another process it is as any other."""
    kernel = JudgedKernel(NUMPY, None, Limits(), lambda verdict: None)
    kernel._ours.shutdown(socket.SHUT_RDWR)
    kernel._judge.join(PATIENCE)
    run = kernel.run("1 + 1", PATIENCE)
    assert (run.ended, run.alive, run.outputs) == ("died", False, [])
    kernel.stop()
