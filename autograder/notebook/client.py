"""Lo que un cuaderno importa: ``from autograder import comprobar``.

Aquí corre la función del estudiante, y nada más: los datos llegan del juez, los resultados vuelven
al juez, y es él quien compara y decide. Necesita solo NumPy; Keras se importa si el juez envía o la
función devuelve un modelo.
"""

from __future__ import annotations

import functools
import inspect
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np

from ..common.extras import FaltaUnPaquete
from ..common.failures import (
    ComprobacionFallida,
    ComprobacionInterrumpida,
    executed_by_nbgrader,
    validating,
)
from ..wire.protocol import (
    Message,
    ProtocolError,
    UnsupportedValue,
    encode,
)
from . import (
    absent,
    call_forms,
    cell_errors,
    cell_lines,
    endless,
    home_advice,
    outside_calls,
    shadows,
    standing,
    time_limit,
)
from .home_judge import CannotStart, Judge, inherited
from .interrupts import HeldInterrupts
from .library_watch import LibraryWatch
from .progress import Progress, say
from .rich_report import show_report
from .shortcut_watch import ShortcutWatch
from .student_values import Models, to_plain

_INSIDE = (
    "comprobar se llamó desde dentro de la función que se está comprobando; llámala en su celda, "
    "fuera de toda función"
)
_GONE = "el juez dejó de responder; vuelve a ejecutar la celda, y si se repite, el kernel"


def _told_in_spanish(check: Callable[..., None]) -> Callable[..., None]:
    """Arguments that are missing or too many, in one line of ours and not in Python's."""

    @functools.wraps(check)
    def told(*args: Any, **kwargs: Any) -> None:
        try:
            inspect.signature(check).bind(*args, **kwargs)
        except TypeError:
            raise ComprobacionFallida(call_forms.binding_problem(args, kwargs)) from None
        check(*args, **kwargs)

    return told


@_told_in_spanish
def comprobar(comprobacion: str, funcion: Callable[..., Any]) -> None:
    """Comprueba una función tuya e imprime qué pasó, qué falló y por qué.

    Una función que todavía no está escrita se dice, y el cuaderno sigue.

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
    if wrong := call_forms.problem(comprobacion, funcion):
        raise ComprobacionFallida(wrong)
    answer = _converse(comprobacion, funcion)
    if answer.op == "refused":
        raise ComprobacionFallida(answer.body["reason"])
    unwritten = answer.body["unwritten"]
    if unwritten and not (inherited() or executed_by_nbgrader()):
        # «Ejecutar todas las celdas» goes on; who grades or validates has to see a failure.
        say(f"○ {comprobacion}: {unwritten}")
        return
    show_report(answer.body["report"], answer.body.get("page"))
    if not inherited():
        for line in home_advice.lines(funcion, answer.body["watched"]):
            say(line)
    graded = inherited() or executed_by_nbgrader()
    if not graded:
        now = standing.noted(comprobacion, answer.body["score"])
        if now and answer.body["score"]:  # Who earned nothing has enough to read.
            say(now)
    if not answer.body["passed"]:
        raise ComprobacionFallida(answer.body["summary"], answer.body["report"])


class _Turn:
    """One check at a time: threads wait for theirs, and a function cannot check itself."""

    def __init__(self) -> None:
        self._lock, self._holder = threading.Lock(), 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        if self._holder == threading.get_ident():
            raise ComprobacionFallida(_INSIDE)
        with self._lock:
            self._holder = threading.get_ident()
            try:
                yield
            finally:
                self._holder = 0


_judge, _turn = Judge(), _Turn()


def _after_fork() -> None:
    global _turn
    _turn = _Turn()  # The thread that held the other may not exist here.
    _judge.forget_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
if covered := shadows.cause():
    raise covered
cell_errors.install()
endless.install()
if not inherited():
    home_advice.listen()
_judge.begin()


def _converse(check_id: str, function: Callable[..., Any]) -> Message:
    """Ask for a check and answer the judge's calls until its verdict comes."""
    interrupts = HeldInterrupts()
    with _turn.taken(), Progress(check_id, function) as progress:
        stopped = f"paraste {check_id} a los {{}} s"
        try:
            with interrupts:
                answer, interrupted = _exchange(check_id, function, interrupts)
        except CannotStart as error:
            raise ComprobacionFallida(error.args[0]) from None
        except FaltaUnPaquete as error:
            _judge.hang_up()
            raise ComprobacionFallida(f"{check_id}: {error}") from None
        except (OSError, EOFError, ValueError, ProtocolError):
            _judge.hang_up()
            raise ComprobacionFallida(_GONE) from None
        except KeyboardInterrupt:
            # Cut in the middle of a message: what is left on the wire means nothing any more.
            _judge.hang_up()
            raise ComprobacionInterrumpida(stopped.format(progress.seconds)) from None
        if interrupted and validating():
            raise ComprobacionFallida(
                f"{check_id}: tu función no terminó; a los {progress.seconds} s estaba en "
                f"{interrupted} (¿un bucle que no acaba?)"
            )
        if interrupted:
            where = f"; tu función estaba en {interrupted}"
            raise ComprobacionInterrumpida(stopped.format(progress.seconds) + where) from None
        if interrupts.pending:
            raise ComprobacionInterrumpida(stopped.format(progress.seconds))
    return answer


def _exchange(
    check_id: str, function: Callable[..., Any], interrupts: HeldInterrupts
) -> tuple[Message, str | None]:
    """The judge's last word, and where the student's function was interrupted, if it was."""
    models = Models()
    interrupted = None
    watched = False
    connection = _judge.connect()
    connection.send(Message("check", {"id": check_id}))
    while True:
        request = connection.receive()
        if request.op in ("verdict", "refused"):
            request.body["watched"] = watched
            return request, interrupted
        watched = watched or bool(request.body["watch"])
        try:
            with interrupts.allowed():
                frame = _frame(request, function, models)
        except KeyboardInterrupt as stop:
            place = cell_lines.of_traceback(stop.__traceback__, getattr(function, "__code__", None))
            interrupted = str(place or "medio de una llamada")
            frame = encode(Message("raised", {"type": "KeyboardInterrupt"}))
        connection.send_frame(frame)


def _frame(request: Message, function: Callable[..., Any], models: Models) -> bytes:
    """The bytes of an answer, whatever the student's objects do while they are looked at."""
    try:
        return encode(_answer(request, function, models))
    except UnsupportedValue as unsupported:
        return encode(Message("unsupported", {"type": str(unsupported)}))
    except FaltaUnPaquete:
        raise
    except Exception as error:
        text = f"un objeto que falla al leerlo, con {type(error).__name__}"
        return encode(Message("unsupported", {"type": text}))


def _answer(request: Message, function: Callable[..., Any], models: Models) -> Message:
    watch = request.body["watch"]
    if request.op == "apply":
        model, x = models.returned[request.body["handle"]], request.body["x"]
        # As in inference: layers of augmentation, or of noise, change what they see while training.
        return _run(lambda: model(x, training=False), (), models, watch)
    args = tuple(models.living(arg) for arg in request.body["args"])
    kwargs = request.body["kwargs"]
    within = request.body.get("within")
    names = request.body.get("shortcuts")
    shortcuts = ShortcutWatch(names) if names else None
    reply = _run(lambda: function(*args, **kwargs), args, models, watch, within, shortcuts)
    if shortcuts:
        reply.body["shortcuts"] = sorted(shortcuts.seen)
    if reply.op == "raised" and reply.body["type"] == "TypeError" and reply.body["line"] is None:
        # Perhaps its parameters are others: Python says that in English.
        reply.body["message"] = call_forms.unfit(function, args, kwargs) or reply.body["message"]
    return reply


def _run(
    call: Callable[[], Any],
    args: tuple,
    models: Models,
    watch: bool,
    within: float | None = None,
    shortcuts: ShortcutWatch | None = None,
) -> Message:
    libraries = LibraryWatch()
    watching = shortcuts or (libraries if watch else nullcontext())
    with absent.examining() as missing, outside_calls.refused(), watching:
        try:
            with time_limit.limited(within):
                value = call()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            # SystemExit and the like too: exit() inside a function must not end the conversation.
            raised = _exception_message(error)
            raised.body["libraries"] = sorted(libraries.seen | missing)
            return raised
    body = {
        "value": to_plain(value, models),
        "inputs": tuple(arg if isinstance(arg, np.ndarray) else None for arg in args),
        "libraries": sorted(libraries.seen | missing),
    }
    return Message("returned", body)


def _exception_message(error: BaseException) -> Message:
    place = cell_lines.of_traceback(error.__traceback__)
    body = {"type": type(error).__name__, "message": str(error)}
    where = {"line": place.line, "code": place.code} if place else {"line": None}
    return Message("raised", body | where)
