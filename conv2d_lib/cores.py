"""Cuántos núcleos puede usar este proceso de verdad: los de la máquina pueden ser de otros."""

from __future__ import annotations

import os
from contextlib import suppress
from math import ceil
from pathlib import Path

_GROUP = Path("/sys/fs/cgroup")


def usable_cores() -> int:
    """Núcleos que este proceso puede usar a la vez, al menos uno.

    Los que el sistema le deja (afinidad), o los que le da su contenedor si son menos: en un
    JupyterHub, el cuaderno de quien tiene 2 ve los 64 de la máquina.

    Returns
    -------
    int
        La cuota del contenedor (cgroups, versión 2 o 1) se redondea hacia arriba.
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    quota = _quota(_GROUP)
    return max(1, min(cores, ceil(quota))) if quota else cores


def _quota(group: Path) -> float | None:
    """The cores that a container gives; None where it sets no limit, or cannot be read."""
    with suppress(OSError, ValueError, ZeroDivisionError):
        if (limit := group / "cpu.max").exists():
            most, period = limit.read_text(encoding="ascii").split()
        else:
            most, period = (
                (group / "cpu" / f"cpu.cfs_{name}_us").read_text(encoding="ascii")
                for name in ("quota", "period")
            )
        quota = int(most) / int(period)  # «max», or −1, where there is no limit.
        return quota if quota > 0 else None
    return None
