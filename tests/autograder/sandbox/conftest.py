"""Cuadernos nuevos a petición, cada uno con su juez."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from autograder.checks import find_check
from autograder.common.limits import Limits
from autograder.judging.judge import serve
from autograder.sandbox.flavours import NUMPY
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.servers import server_of
from autograder.wire.protocol import Connection


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where a machine has no bubblewrap these tests say so; in CI they must run."""
    if shutil.which("bwrap") is None and not os.environ.get("CI"):
        for item in items:
            if "sandbox" in item.path.parts:
                item.add_marker(pytest.mark.skip(reason="esta máquina no tiene bubblewrap"))


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Kernel]]:
    """A function that starts a notebook; its ``verdicts`` are those that its judge logged.

    Whoever is to be interrupted and go on is given as long for it as a busy machine may take
    (``patient``): three seconds are for students.
    """
    started: list[Kernel] = []

    def start(limits: Limits | None = None, patient: bool = False, **options) -> Kernel:
        if patient:
            monkeypatch.setattr("autograder.sandbox.kernel.GRACE_SECONDS", 120.0)
        ours, theirs = socket.socketpair()
        verdicts: list = []
        judge = threading.Thread(
            target=serve, args=(Connection(ours), find_check, verdicts.append), daemon=True
        )
        judge.start()
        kernel = Kernel(server_of(NUMPY), theirs, limits or Limits(), **options)
        kernel.verdicts = verdicts
        started.append(kernel)
        return kernel

    yield start
    for kernel in started:
        kernel.close()
