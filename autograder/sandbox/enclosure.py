"""Un trabajo de una sola vez entre las mismas paredes que un cuaderno: leer un archivo ajeno."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from functools import partial

from ..common.limits import Limits
from ..common.scratch import scratch
from .availability import isolation_problem
from .walls import Walls, drop_privileges, join, readable


def run_enclosed(work: Callable[[], None]) -> int:
    """Run ``work`` in a child that has no network, no files of anybody and no privileges.

    Its standard input, output and error are this process's. Where this machine cannot isolate
    notebooks (macOS, or Linux without bubblewrap), it is run here.

    Returns
    -------
    int
        The child's exit status: 0 if ``work`` returned, 1 if it raised, negative if a signal ended
        it.
    """
    if isolation_problem():
        work()
        return 0
    # Imported here: where there is no libseccomp it cannot be.
    from .seccomp import build_filter

    rules = build_filter()

    def confined() -> None:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        drop_privileges()
        rules.load()
        work()

    with scratch() as empty:
        walls = Walls(readable(False, empty), Limits())
        try:
            return _child(partial(_join_and_run, walls.pid, confined))
        finally:
            walls.close()


def _join_and_run(holder: int, work: Callable[[], None]) -> None:
    """Only children of the one who joins live in the new pid namespace."""
    join(holder)
    os._exit(_child(work))


def _child(work: Callable[[], None]) -> int:
    """Run ``work`` in a fork, and wait for it."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    status = 1
    try:
        work()
        sys.stdout.flush()
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(status)
