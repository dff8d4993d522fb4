"""Por qué se cerró un kernel, hasta donde se sabe: de lo que no se sabe no se supone nada."""

from __future__ import annotations

import signal

from ..common.one_line import one_line
from ..sandbox.kernel import LOST, NOT_STARTED, CellRun

ENDED = "el kernel se cerró mientras corría esta celda"
_MOST_NAMES = 3
_SIGNALS = {
    "SIGKILL": "algo mató su proceso (señal SIGKILL): el propio cuaderno, o el sistema, que lo "
    "hace donde no queda memoria o se gastó demasiado procesador",
    "SIGXCPU": "gastó más procesador del que se concede (señal SIGXCPU)",
    "SIGSEGV": "su proceso se rompió (señal SIGSEGV): usó memoria que no es suya, o una recursión "
    "no acababa",
    "SIGBUS": "su proceso se rompió (señal SIGBUS): usó memoria que no es suya",
    "SIGABRT": "su proceso abortó (señal SIGABRT)",
    "SIGSYS": "pidió al sistema algo que al calificar no se concede (señal SIGSYS)",
}


def why_ended(run: CellRun) -> str:
    """One line on a cell whose process went away while it ran."""
    why = _why(run)
    return f"{ENDED}: {why}" if why else ENDED


def names_of(changed: tuple[str, ...]) -> str:
    """``builtins.len, builtins.max, builtins.min y 4 más``."""
    shown, more = changed[:_MOST_NAMES], len(changed) - _MOST_NAMES
    if more > 0:
        return f"{', '.join(shown)} y {more} más"
    return " y ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _why(run: CellRun) -> str | None:
    if run.broken is not None:
        if run.changed:
            return f"el cuaderno cambió {names_of(run.changed)}, y sin eso no se puede seguir"
        return f"el cuaderno dejó inservible lo que lo ejecuta ({one_line(run.broken, 160)})"
    if run.nonsense:
        return "por el canal de las celdas llegó algo que no es de quien las ejecuta"
    farewell = run.farewell
    if (threads := farewell.get("threads")) is not None:
        return f"creó demasiados hilos (caben {threads})"
    code = farewell.get("code")
    if code is None:
        return None
    if code == LOST:
        return "el cuaderno cerró el canal por el que le llegan las celdas"
    if code == NOT_STARTED:
        return "su proceso no llegó a arrancar en esta máquina"
    if code >= 0:
        return f"el cuaderno terminó su propio proceso (con código {code}, como hace os._exit)"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return _SIGNALS.get(name, f"la señal {name} terminó su proceso")
