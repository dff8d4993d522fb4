"""Lo que Keras y TensorFlow hacen una sola vez, hecho en el servidor y no en cada cuaderno.

``prepare`` is for the server, before it forks; ``begin``, for each notebook.
"""

from __future__ import annotations

import gc

from . import keras_rehearsal


def prepare() -> None:
    """Leave TensorFlow ready for many short processes."""
    _run_operations_directly()
    _fill_registries()
    if keras_rehearsal.possible():
        # Keras then looks for garbage among the rehearsal's models, and not in all of TensorFlow.
        gc.freeze()
        keras_rehearsal.rehearse()


def begin() -> None:
    """Leave a fork of the server ready to be a notebook."""
    if keras_rehearsal.possible():
        keras_rehearsal.begin()


def _run_operations_directly() -> None:
    """Run each eager operation by its kernel, and not as a graph of one operation.

    TensorFlow wraps every new operation in a function and optimises it: a millisecond or two each,
    that only a process with thousands of calls gets back. Results are the same, bit by bit.
    """
    from tensorflow.python.eager.context import pywrap_tfe

    choose = getattr(pywrap_tfe, "TFE_ContextOptionsSetRunEagerOpAsFunction", None)
    if choose is not None:
        pywrap_tfe.TFE_ContextOptionsSetRunEagerOpAsFunction = lambda options, _: choose(
            options, False
        )


def _fill_registries() -> None:
    """Ask TensorFlow for an operation that it lacks and for a kernel: it lists both, once."""
    from tensorflow.python.framework import kernels, op_def_registry

    op_def_registry.get("NoSuchOperation")
    kernels.get_registered_kernels_for_op("Const")
