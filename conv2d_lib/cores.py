"""Cuántos núcleos puede usar este proceso de verdad: los de la máquina pueden ser de otros."""

from __future__ import annotations

import os
from math import ceil

from .container import processor_quota


def usable_cores() -> int:
    """Núcleos que este proceso puede usar a la vez, al menos uno.

    Los que el sistema le deja (afinidad), o los que le da su contenedor si son menos: en un
    JupyterHub, el cuaderno de quien tiene 2 ve los 64 de la máquina.

    Returns
    -------
    int
        La cuota del contenedor (cgroups, versión 2 o 1; la suya o la de uno de encima) se
        redondea hacia arriba.
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    quota = processor_quota()
    return max(1, min(cores, ceil(quota))) if quota else cores
