"""Lo que un cuaderno importa: ``from autograder import comprobar``.

Aquí corre la función del estudiante, y nada más: los datos llegan del juez, los resultados vuelven
al juez, y es él quien compara y decide. Necesita solo NumPy; Keras se importa si el juez envía o la
función devuelve un modelo.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np

from .interrupts import HeldInterrupts
from .library_watch import LibraryWatch
from .protocol import Connection, Message, ModelSpec, ProtocolError, UnsupportedValue, encode

JUDGE_FD = "CURSO_JUEZ_FD"
_TENSOR_LIBRARIES = {"tensorflow", "keras", "torch", "jax", "jaxlib"}


class ComprobacionFallida(AssertionError):
    """Algo falló; el informe ya está impreso encima, y el cuaderno añade solo esta línea."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def comprobar(comprobacion: str, funcion: Callable[..., Any]) -> None:
    """Comprueba una función tuya e imprime qué pasó, qué falló y por qué.

    Parameters
    ----------
    comprobacion : str
        Su nombre, ``"unidad.funcion"``; por ejemplo ``"1_convolucion.conv2d"``.
    funcion : callable
        La función misma, sin paréntesis.

    Raises
    ------
    ComprobacionFallida
        Si algún aspecto falla, si la comprobación no existe o si lo que llega no es una función
        (es un ``AssertionError``).
    """
    if not callable(funcion):
        raise ComprobacionFallida(
            f"comprobar espera la función misma y llegó {type(funcion).__name__}: "
            f'escribe comprobar("{comprobacion}", nombre_de_tu_funcion), sin paréntesis detrás'
        )
    answer = _converse(str(comprobacion), funcion)
    if answer.op == "refused":
        raise ComprobacionFallida(answer.body["reason"])
    print(answer.body["report"])
    if not answer.body["passed"]:
        raise ComprobacionFallida("hay algo que corregir: lee el informe de arriba")


_connection: Connection | None = None
_judge: subprocess.Popen | None = None


def _connect() -> Connection:
    """The judge of this process: inherited when grading, started here at home."""
    global _connection
    if _connection is None:
        inherited = os.environ.get(JUDGE_FD)
        ours = socket.socket(fileno=int(inherited)) if inherited else _start_judge()
        _connection = Connection(ours)
    return _connection


def _start_judge() -> socket.socket:
    global _judge
    ours, theirs = socket.socketpair()
    # -I: a file of the student's named numpy.py or autograder.py must not replace the real one.
    command = [sys.executable, "-I", "-m", "autograder.judge_server", str(theirs.fileno())]
    with theirs:
        # A session of its own: Ctrl-C is for the student's function. It ends when its socket does.
        _judge = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
        )
    return ours


def _hang_up() -> None:
    """Leave a conversation that cannot go on; at home, the next one starts a new judge."""
    global _connection, _judge
    if _judge is None or _connection is None:
        # An inherited judge cannot be called again: its descriptor may belong to others by then.
        return
    _connection.close()
    _judge.kill()
    _judge.wait()
    _connection = _judge = None


class _Models:
    """The Keras models of one conversation: those that the function receives and returns."""

    def __init__(self) -> None:
        self.returned: list[Any] = []
        self._builder: Any = None

    def living(self, value: Any) -> Any:
        """What the function receives in the place of ``value``: of a description, its model."""
        if not isinstance(value, ModelSpec):
            return value
        if self._builder is None:
            from . import keras_bridge

            self._builder = keras_bridge.Builder()
        return self._builder.build(value)


def _converse(check_id: str, function: Callable[..., Any]) -> Message:
    """Ask for a check and answer the judge's calls until its verdict comes."""
    interrupts = HeldInterrupts()
    try:
        with interrupts:
            answer, interrupted = _exchange(check_id, function, interrupts)
    except (OSError, EOFError, ProtocolError) as error:
        _hang_up()
        reason = "el juez dejó de responder; vuelve a ejecutar la celda, y si se repite, el kernel"
        raise ComprobacionFallida(reason) from error
    except KeyboardInterrupt:
        # Cut in the middle of a message: what is left on the wire means nothing any more.
        _hang_up()
        raise
    if interrupted or interrupts.pending:
        raise KeyboardInterrupt
    return answer


def _exchange(
    check_id: str, function: Callable[..., Any], interrupts: HeldInterrupts
) -> tuple[Message, bool]:
    """The judge's last word, and whether the student's function was interrupted."""
    models = _Models()
    interrupted = False
    connection = _connect()
    connection.send(Message("check", {"id": check_id}))
    while True:
        request = connection.receive()
        if request.op in ("verdict", "refused"):
            return request, interrupted
        try:
            with interrupts.allowed():
                frame = _frame(request, function, models)
        except KeyboardInterrupt:
            interrupted = True
            frame = encode(Message("raised", {"type": "KeyboardInterrupt"}))
        connection.send_frame(frame)


def _frame(request: Message, function: Callable[..., Any], models: _Models) -> bytes:
    """The bytes of an answer, whatever the student's objects do while they are looked at."""
    try:
        return encode(_answer(request, function, models))
    except UnsupportedValue as unsupported:
        return encode(Message("unsupported", {"type": str(unsupported)}))
    except Exception as error:
        text = f"un objeto que falla al leerlo, con {type(error).__name__}"
        return encode(Message("unsupported", {"type": text}))


def _answer(request: Message, function: Callable[..., Any], models: _Models) -> Message:
    watch = request.body["watch"]
    if request.op == "apply":
        model, x = models.returned[request.body["handle"]], request.body["x"]
        return _run(lambda: model(x), (), models, watch)
    args = tuple(models.living(arg) for arg in request.body["args"])
    kwargs = request.body["kwargs"]
    return _run(lambda: function(*args, **kwargs), args, models, watch)


def _run(call: Callable[[], Any], args: tuple, models: _Models, watch: bool) -> Message:
    libraries = LibraryWatch()
    with libraries if watch else nullcontext():
        try:
            value = call()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            # SystemExit and the like too: exit() inside a function must not end the conversation.
            return _exception_message(error)
    body = {
        "value": _to_plain(value, models),
        "inputs": tuple(arg if isinstance(arg, np.ndarray) else None for arg in args),
        "libraries": sorted(libraries.seen),
    }
    return Message("returned", body)


def _exception_message(error: BaseException) -> Message:
    # The last frame in a notebook cell: where the student can look, not deep inside NumPy.
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if "ipykernel" in frame.f_code.co_filename or frame.f_code.co_filename.startswith("<ipyth")
    ]
    body = {"type": type(error).__name__, "message": str(error)}
    return Message("raised", body | {"line": lines[-1] if lines else None})


def _to_plain(value: Any, models: _Models) -> Any:
    """What travels in the place of ``value``: tensors as arrays, Keras models as data."""
    if isinstance(value, list):
        return [_to_plain(item, models) for item in value]
    if isinstance(value, tuple):
        return tuple(_to_plain(item, models) for item in value)
    if isinstance(value, dict):
        return {key: _to_plain(item, models) for key, item in value.items()}
    root = type(value).__module__.partition(".")[0]
    if isinstance(value, np.ndarray) or root not in _TENSOR_LIBRARIES | {"__main__"}:
        return value
    if "keras" in sys.modules:
        from . import keras_bridge

        if keras_bridge.is_model(value):
            models.returned.append(value)
            return keras_bridge.describe(value, handle=len(models.returned) - 1)
    if root in _TENSOR_LIBRARIES and hasattr(value, "__array__"):
        try:
            return np.asarray(value)
        except Exception as error:
            # Symbolic tensors have no values yet.
            raise UnsupportedValue(f"{type(value).__name__}, sin valores todavía") from error
    raise UnsupportedValue(type(value).__name__)
