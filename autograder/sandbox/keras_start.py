"""Lo que Keras y TensorFlow hacen una sola vez, hecho en el servidor y no en cada cuaderno.

Nothing here starts a thread or TensorFlow's eager context: a fork would inherit them dead.
"""

from __future__ import annotations


def prepare() -> None:
    """Leave TensorFlow ready for many short processes."""
    _run_operations_directly()
    _fill_registries()


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
