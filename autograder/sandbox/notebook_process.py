"""De copia del servidor a cuaderno: un proceso que no tiene más que sus dos sockets."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from ..notebook import absent, outside_calls
from .flavours import Flavour

CONTROL_FD, JUDGE_FD = 3, 4
_FAR = 900  # where descriptors wait while the low numbers are freed


def become_notebook(
    control: int,
    judge: int,
    source: str | Path | None,
    home: str,
    flavour: Flavour,
) -> socket.socket:
    """Leave behind every descriptor, variable and path of the server; the cells' socket is left.

    Parameters
    ----------
    control, judge : int
        Descriptors of the two sockets.
    source : path, optional
        Folder whose files are copied into the notebook's own.
    home : str
        That folder.
    flavour : Flavour
        What its notebooks miss can be imported, and says so when it is used.
    """
    # kill(0) reaches a whole process group, through pid namespaces: every notebook has its own.
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    # The sockets may themselves have the numbers that they move to.
    os.dup2(control, _FAR)
    os.dup2(judge, _FAR + 1)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.dup2(_FAR, CONTROL_FD)
    os.dup2(_FAR + 1, JUDGE_FD)
    os.closerange(JUDGE_FD + 1, os.sysconf("SC_OPEN_MAX"))
    os.chdir(home)
    if source:
        shutil.copytree(source, home, dirs_exist_ok=True)
    os.environ.clear()
    os.environ.update(
        HOME=home,
        TMPDIR=home,
        MPLCONFIGDIR=home,
        NBGRADER_EXECUTION="autograde",
        CURSO_JUEZ_FD=str(JUDGE_FD),
        TF_CPP_MIN_LOG_LEVEL="3",
        PYTHONDONTWRITEBYTECODE="1",
        LANG="C.UTF-8",
        **flavour.environment,
    )
    tempfile.tempdir = None
    sys.argv, sys.path[:0] = [""], [home]
    absent.install(flavour.own_implementation)
    outside_calls.install(grading=True)
    return socket.socket(fileno=CONTROL_FD)
