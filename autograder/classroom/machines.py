"""Lo que quien coordina sabe de cada máquina del clúster, y de cada trabajo que le dio."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..submission.jobs import Job


@dataclass
class Machine:
    """A worker of Dask's that has proved what it is."""

    address: str
    folder: str
    room: int
    given: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Present:
    """A worker of Dask's as its scheduler knows it: ``folder`` is of that process alone, and a
    process of another course may come to the same address.
    """

    room: int
    folder: str


@dataclass
class Given:
    """A job on its way, by its number."""

    job: Job
    number: int
    losses: int = 0
    machine: str = ""
    future: Any = None
    since: float = 0.0  # When it was given, of the monotonic clock.
