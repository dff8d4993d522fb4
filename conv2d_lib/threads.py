"""Reparte bloques de trabajo entre hilos: los kernels de Numba sueltan el GIL mientras calculan."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from numba.core import config

_FLOPS_PER_THREAD = 2_000_000  # despertar un hilo cuesta unas decenas de microsegundos

max_threads: int = config.NUMBA_NUM_THREADS
"""Hilos que se usan como mucho: los núcleos disponibles, o ``NUMBA_NUM_THREADS``."""

_pool: ThreadPoolExecutor | None = None


def _forget_pool() -> None:
    global _pool
    _pool = None


# A forked child has none of its parent's threads: it makes its own pool when it needs one.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_pool)


def parallel(job: Callable[[int, int], None], blocks: int, flops: int) -> None:
    """Llama a ``job(inicio, fin)`` hasta cubrir los bloques de 0 a ``blocks``.

    ``flops`` mide el trabajo total: si es poco, no se despierta a nadie. Un número que solo se
    lee, se compara y se escribe cuesta como unas cuatro operaciones.

    Cada bloque escribe en su propio lugar, así que el resultado no depende del reparto.
    """
    global _pool
    threads = min(max_threads, blocks, 1 + flops // _FLOPS_PER_THREAD)
    if threads <= 1:
        job(0, blocks)
        return
    chunk = max(1, blocks // (4 * threads))
    starts = iter(range(0, blocks, chunk))

    def work() -> None:
        for start in starts:
            job(start, min(start + chunk, blocks))

    if _pool is None:
        _pool = ThreadPoolExecutor(max(1, max_threads - 1), "conv2d")
    others = [_pool.submit(work) for _ in range(threads - 1)]
    work()
    for other in others:
        other.result()
