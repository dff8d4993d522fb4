"""Si esta máquina puede aislar cuadernos, y si no, qué le falta."""

from __future__ import annotations

import ctypes
import shutil
import sys

from ..common.limits import Limits
from ..common.scratch import scratch
from .walls import SandboxError, Walls, readable

WITHOUT = "o califica sin aislar, con --sin-aislamiento, si confías en lo entregado"


def isolation_problem() -> str | None:
    """Why notebooks cannot be isolated here, and what to do; None where they can."""
    if sys.platform != "linux":
        return "el aislamiento necesita Linux; califica en una máquina con Linux"
    if shutil.which("bwrap") is None:
        return "falta bubblewrap (en Debian o Ubuntu: sudo apt-get install bubblewrap)"
    try:
        ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return "falta libseccomp (en Debian o Ubuntu: sudo apt-get install libseccomp2)"
    with scratch() as empty:
        try:
            Walls(readable(False, empty), Limits()).close()
        except SandboxError as error:
            return error.args[0]
    return None
