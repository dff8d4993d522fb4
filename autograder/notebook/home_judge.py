"""El juez de un cuaderno: heredado al calificar; en casa, un proceso que se arranca aquí.

At home it speaks over its standard input and output, and ends when they do: that works alike on
Linux, macOS and Windows, and with the kernel killed, closed or restarted.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..wire.pipes import Pipes
from ..wire.protocol import Connection

if TYPE_CHECKING:
    import io

JUDGE_FD = "CURSO_JUEZ_FD"
WITHOUT_COURSE = (
    "nbgrader está calificando sin la configuración de este curso: sin recinto ni juez, ninguna "
    "nota vale; quien califica lo arregla con curso doctor"
)

# The course's package is that of this notebook, wherever it is; all else is where Python has it,
# and only then where this notebook has it.
_BEGIN = ";".join((
    "import sys",
    "course, *others = sys.argv[1:]",
    "sys.path.insert(0, course)",
    "import autograder, conv2d_lib",
    "del sys.path[0]",
    "sys.path += [course, *others]",
    "from autograder.checks.judge_server import main",
    "main()",
))  # fmt: skip


class CannotStart(Exception):
    """The judge's process could not be started; ``args[0]`` says why, in Spanish."""


def inherited() -> bool:
    """Whether somebody grades: then the judge is on the other side already."""
    return JUDGE_FD in os.environ


class Judge:
    """This process's conversation with its judge: begun when it is needed, and begun anew."""

    def __init__(self) -> None:
        self.connection: Connection | None = None
        self.process: subprocess.Popen | None = None

    def connect(self) -> Connection:
        """The way to the judge. Raises :class:`CannotStart`, and ``OSError`` when grading."""
        if self.process is not None and self.process.poll() is not None:
            self.hang_up()
        if self.connection is None:
            if inherited():
                self.connection = Connection(socket.socket(fileno=int(os.environ[JUDGE_FD])))
            else:
                if os.environ.get("NBGRADER_EXECUTION") == "autograde":
                    raise CannotStart(WITHOUT_COURSE)
                self.process = _start()
                self.connection = Connection(_pipes_of(self.process))
        return self.connection

    def begin(self) -> None:
        """In a notebook, start it before it is asked for: it gets ready while the student reads.

        Where it cannot be started, the first check says so.
        """
        if _in_a_notebook() and not inherited():
            with suppress(CannotStart, OSError):
                self.connect()

    def hang_up(self) -> None:
        """Leave a conversation that cannot go on; at home, the next one starts a new judge."""
        if self.process is None or self.connection is None:
            # An inherited judge cannot be called again: its descriptor may be others' by then.
            return
        self.process.kill()
        self.process.wait()
        self._forget()

    def forget_in_child(self) -> None:
        """After a fork: the judge is the parent's, and a child that wants one starts its own."""
        if self.process is not None:
            self.process.returncode = 0  # Not this process's child: there is no waiting for it.
            self._forget()

    def _forget(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = self.process = None


def _in_a_notebook() -> bool:
    """Whether a kernel runs this: a script may only pass by."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None


def _pipes_of(process: subprocess.Popen) -> Pipes:
    """The way to a judge that was just started: raw files, for it was asked for no buffers."""
    return Pipes(cast("io.RawIOBase", process.stdout), cast("io.RawIOBase", process.stdin))


def _start() -> subprocess.Popen:
    # -I: a file of the student's named numpy.py or autograder.py must not replace the real one.
    command = [sys.executable or "python", "-I", "-c", _BEGIN, *_homes()]
    try:
        # Its errors come as answers; what its libraries print is nobody's news.
        return subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_apart(),
        )
    except (OSError, ValueError) as error:
        raise CannotStart(f"no se pudo arrancar el juez ({command[0]}): {error}") from error


def _homes() -> list[str]:
    """Where the course's package and NumPy are; -I does not look in a user's own folder."""
    numpy = getattr(sys.modules.get("numpy"), "__file__", None)
    return [str(Path(__file__).resolve().parents[2])] + (
        [str(Path(numpy).resolve().parents[1])] if numpy else []
    )


def _apart() -> dict[str, Any]:
    """How to start it so that Ctrl-C, which is for the student's function, does not reach it."""
    if sys.platform == "win32":
        # Without a window of its own: Jupyter on Windows has no console that it could share.
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}
