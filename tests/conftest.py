"""What every test may count on, however the tests were started."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter

import pytest
from dear_files import DEAR

# A shell starts what it leaves in the background deaf to Ctrl-C, and children inherit that: here
# functions, kernels and graders are interrupted on purpose.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The workers share the cores of a small machine. A product of matrices that is divided between all
# of them waits, spinning, for a neighbour who has the other one: thirty times its own work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Before nbformat is, as the course does.
from autograder.common import quick_imports  # noqa: F401

# A worker is followed by ``make coverage``, and what its tests start is not: interpreters that are
# looked at from inside, or that a clock waits for, run as they do without it.
_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if _WORKER:
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


def pytest_sessionfinish() -> None:
    """What a worker saw is saved now: xdist does not wait for an interpreter that is slow to go."""
    if _WORKER and "coverage" in sys.modules:
        import coverage

        if (running := coverage.Coverage.current()) is not None:
            running.save()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The files that take longest go first: a worker left alone with one of them has no company.

    Each file goes whole to one worker (``--dist loadfile``), in this order. Where the order is to
    be another (``make azar``), it is.
    """
    if config.pluginmanager.has_plugin("randomly"):
        return
    name = {item: item.path.relative_to(config.rootpath).as_posix() for item in items}
    rank = {file: number for number, file in enumerate(DEAR)}
    many = Counter(name.values())
    items.sort(key=lambda item: (rank.get(name[item], len(DEAR)), -many[name[item]], name[item]))
