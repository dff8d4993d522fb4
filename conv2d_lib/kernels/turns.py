"""El reparto de bloques entre hilos, dentro de los kernels: cada hilo toma turno tras turno.

Un kernel recibe ``turns`` y recorre sus bloques así::

    start, stop = next_turn(turns, 0)
    while start < stop:
        ...  # los bloques de start a stop
        start, stop = next_turn(turns, stop - start)

El contador de bloques se avanza con una suma atómica, así que repartir cuesta nanosegundos y no
pasa por el intérprete de Python, que solo deja correr un hilo a la vez. Quien se queda sin bloques
espera dando vueltas un instante, como hacen OpenMP y OpenBLAS: despertar a un hilo dormido tarda
más que muchas convoluciones.

``turns`` es una tupla: (contadores, tablón, bloques, bloques de un turno, número del trabajo,
papel). Los contadores son los bloques tomados y los terminados; el tablón, el número del último
trabajo anunciado; el papel, quien dirige (``LEADER``), quien ayuda (``HELPER``) o nadie más
(``ALONE``).
"""

from __future__ import annotations

import platform
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic

from .compilation import cached_jit

Turns = tuple[np.ndarray, np.ndarray, int, int, int, int]

ALONE, LEADER, HELPER = 0, 1, 2
TAKEN, DONE = 0, 1

# About a fifth of a millisecond: longer than the Python between two layers of a network.
_SPINS = 10_000
# Of the leader, who waits for a turn that is being done: longer than most of them.
_PATIENCE = 10 * _SPINS
_X86 = platform.machine().lower() in {"x86_64", "amd64", "i686"}

_jit = cached_jit()

# What adds to an element, reads one and pauses: intrinsics, called without their ``typing``.
_Atomic = tuple[Any, Any, Any]


def _without_numba() -> _Atomic:
    """The same for one thread, as NUMBA_DISABLE_JIT asks."""

    def add(array: np.ndarray, index: int, amount: int) -> int:
        before = int(array[index])
        array[index] += amount
        return before

    return add, lambda array, index: int(array[index]), lambda: None


def _atomic() -> _Atomic:
    def element(context: Any, builder: Any, kind: Any, arguments: Any) -> Any:
        view = context.make_array(kind)(context, builder, arguments[0])
        return builder.gep(view.data, [arguments[1]])

    @intrinsic
    def add(typing: Any, array: Any, index: Any, amount: Any) -> Any:
        """Add to an element, at once for every thread; return what it held before."""

        def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            place = element(context, builder, signature.args[0], arguments)
            return builder.atomic_rmw("add", place, arguments[2], "seq_cst")

        return types.int64(array, types.int64, types.int64), codegen

    @intrinsic
    def read(typing: Any, array: Any, index: Any) -> Any:
        """Read an element that other threads write."""

        def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            place = element(context, builder, signature.args[0], arguments)
            return builder.load_atomic(place, "seq_cst", 8)

        return types.int64(array, types.int64), codegen

    @intrinsic
    def pause(typing: Any) -> Any:
        """Tell the processor that this thread only waits."""

        def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            if _X86:
                kind = ir.FunctionType(ir.VoidType(), [])
                name = "llvm.x86.sse2.pause"
                builder.call(cgutils.get_or_insert_function(builder.module, kind, name), [])
            return context.get_dummy_value()

        return types.void(), codegen

    return add, read, pause


_add, _read, _pause = _without_numba() if config.DISABLE_JIT else _atomic()


@_jit
def rest(board: np.ndarray, sequence: int) -> None:
    """Wait a moment, for another job than number ``sequence``."""
    for _ in range(_SPINS):
        if _read(board, 0) != sequence:
            break
        _pause()


@_jit
def next_turn(turns: Turns, done: int) -> tuple[int, int]:
    """Count ``done`` blocks as finished and take the next: (start, stop), equal where none is left.

    The leader's first call announces the job. At the end the leader waits for the blocks of the
    others, and a helper for the next job, so as not to dispute Python's lock with the leader.
    """
    counters, board, blocks, chunk, sequence, role = turns
    if done > 0:
        _add(counters, DONE, done)
    elif role == LEADER:
        _add(board, 0, sequence - _read(board, 0))
    start = _add(counters, TAKEN, chunk)
    if start < blocks:
        return start, min(start + chunk, blocks)
    if role == LEADER:
        for _ in range(_PATIENCE):
            if _read(counters, DONE) >= blocks:
                break
            _pause()
    elif role == HELPER:
        rest(board, sequence)
    return 0, 0
