"""Los límites que el propio núcleo del sistema le pone a un proceso."""

from __future__ import annotations

import resource

from ..common.limits import Limits

CPU_SLACK_SECONDS = 10
PENDING_SIGNALS = 64


def limit_resources(limits: Limits, reserved_bytes: int) -> None:
    """Set this process's limits; there is no way back up.

    Parameters
    ----------
    limits : Limits
    reserved_bytes : int
        Address space allowed beyond the memory.
    """
    # Threads count processor time together, so a notebook of many spends it faster: on purpose.
    seconds = int(4 * limits.notebook_seconds) + CPU_SLACK_SECONDS
    for name, value in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_DATA", limits.memory_bytes),
        ("RLIMIT_AS", limits.memory_bytes + reserved_bytes),
        ("RLIMIT_FSIZE", limits.folder_bytes),
        ("RLIMIT_NOFILE", limits.open_files),
        ("RLIMIT_MEMLOCK", 0),
        # Signals that wait count for the grader's user, who has a few thousand for everything.
        ("RLIMIT_SIGPENDING", PENDING_SIGNALS),
    ):
        if hasattr(resource, name):
            resource.setrlimit(getattr(resource, name), (value, value))
