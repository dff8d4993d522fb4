"""Lo que el sistema deja usar a este proceso: los límites de sus grupos y de los de encima."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")
_LONGEST = 16_384  # Bytes of any of these files that are looked at.
_DEEPEST = 64


def processor_quota() -> float | None:
    """Núcleos que le da el más estrecho de sus grupos; ``None`` si ninguno pone límite."""
    quotas = []
    for group in _groups("cpu"):
        with suppress(OSError, ValueError, ZeroDivisionError):
            if (limit := group / "cpu.max").exists():
                most, period = _read(limit).split()
            else:
                most, period = (_read(group / f"cpu.cfs_{one}_us") for one in ("quota", "period"))
            quotas.append(int(most) / int(period))  # «max», or −1, where there is no limit.
    return min((quota for quota in quotas if quota > 0), default=None)


def memory_bytes() -> int | None:
    """Memoria que puede usar: la de la máquina, o la del más estrecho de sus grupos si es menos.

    ``None`` si no se sabe.
    """
    limits = []
    with suppress(ValueError, OSError, AttributeError):  # There is no sysconf in Windows.
        limits.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for group in _groups("memory"):
        for name in ("memory.max", "memory.limit_in_bytes"):
            with suppress(OSError, ValueError):
                limits.append(int(_read(group / name)))
    return min((limit for limit in limits if limit > 0), default=None)


def _groups(controller: str) -> Iterator[Path]:
    """The folders that may say a limit: of the group of this process, and of those above it.

    In a container its own group may be the root of what can be seen; then nothing else is there.
    """
    with suppress(OSError):
        for line in _read(_OWN).splitlines():
            names, _, path = line.partition(":")[2].partition(":")
            parts = [part for part in path.split("/") if part]
            if ".." in parts or len(parts) > _DEEPEST:
                parts = []  # Of above what can be seen.
            # One tree for all (version 2, also beside the other) or one of each (version 1).
            if controller in names.split(","):
                trees = [_GROUPS / controller, _GROUPS / names]
            else:
                trees = [] if names else [_GROUPS, _GROUPS / "unified"]
            for tree in trees:
                for depth in range(1, len(parts) + 1):
                    yield tree.joinpath(*parts[:depth])
    yield from (_GROUPS, _GROUPS / controller)


def _read(path: Path) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read(_LONGEST)
