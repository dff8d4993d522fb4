"""Órdenes del sistema dentro del recinto: ninguna arranca, ninguna acaba con su celda.

In Jupyter a shell line that fails prints and the cell goes on. Here no process can start, so each
says so in one line, and gives what a failed command gives: no output, and a code. The lock is not
here: the filter of system calls refuses new processes to whoever goes around these functions.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from IPython.utils.text import SList

NOBODY = (1 << 22) - 1  # the number of no process: there are only a few inside
EXIT_CODE = 126  # what a shell gives for what is there and cannot be run
SHOWN_CHARACTERS = 80
if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell as _Shell
else:
    _Shell = object  # IPython takes its time to import: whoever mixes this in has done so.

SCRIPT_MAGICS = frozenset(
    {"script", "sh", "bash", "zsh", "cmd", "perl", "ruby", "python", "python2", "python3", "pypy"}
)
PACKAGE_MAGICS = frozenset({"conda", "mamba", "micromamba"})


def say_not_run(command: Any) -> None:
    """One line that names a command, cut to a bounded length.

    Of a function that is being examined, whoever listens refuses it, as at home.
    """
    sys.audit("os.system", command)
    text = " ".join(str(command).replace(sys.executable, "python").split())
    if len(text) > SHOWN_CHARACTERS:
        text = text[: SHOWN_CHARACTERS - 1] + "…"
    print(f"al calificar no se ejecutan órdenes del sistema: «{text}»")


class CommandsMixin(_Shell):
    """The ways in which an IPython shell runs programs, without programs."""

    def system(self, cmd: str) -> None:
        """Of ``!orden``, ``%pip`` and the aliases (``%ls``)."""
        say_not_run(self.var_expand(cmd, depth=1))
        self.user_ns["_exit_code"] = EXIT_CODE

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | str:
        """Of ``x = !orden``, ``!!orden`` and ``%sx``."""
        say_not_run(self.var_expand(cmd, depth=depth + 1))
        return SList() if split else ""

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """``%conda`` would ask first whether this is an environment of conda."""
        if magic_name in PACKAGE_MAGICS:
            return say_not_run(f"{magic_name} {line}")
        return super().run_line_magic(magic_name, line, _stack_depth=_stack_depth + 1)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """``%%bash`` and the like, whose names that receive outputs still get some; ``%%time``."""
        if magic_name == "time" and not line.strip():
            return self._run_timed(cell)
        if magic_name not in SCRIPT_MAGICS:
            return super().run_cell_magic(magic_name, line, cell)
        from IPython.core.magics.script import ScriptMagics
        from IPython.utils.process import arg_split

        asked, _ = ScriptMagics.shebang.parser.parse_known_args(arg_split(line))
        for name in filter(None, (asked.out, asked.err)):
            self.user_ns[name] = ""
        return say_not_run(f"%%{magic_name} {line}")

    def _run_timed(self, cell: str) -> None:
        """Run a cell's statements one by one, as those of any other, and say how long it took.

        As one piece, what is not there for one of them would take the others with it.
        """
        start = time.perf_counter()
        result = self.run_cell(cell, store_history=False)
        result.raise_error()
        print(f"Wall time: {time.perf_counter() - start:.3g} s")


class _NeverStarted(subprocess.Popen):
    """A process that ended before it started, if its program goes by a name and is not here.

    Of one that is here, or by its path, the system is asked, and refuses. What ``pip`` would
    install is already here or never will be: its code says that all is well.
    """

    def _execute_child(self, args: Any, executable: Any, *rest: Any) -> None:
        words = [args] if isinstance(args, (str, bytes, os.PathLike)) else list(args)
        program = os.fsdecode(executable or (words[0] if words else ""))
        shell, pipes = rest[7], rest[8:14]
        installs = any("pip" in os.fsdecode(word).split() for word in words)
        if not shell and not installs and (os.sep in program or shutil.which(program)):
            super()._execute_child(args, executable, *rest)  # type: ignore[misc]  # Private.
            return
        say_not_run(" ".join(os.fsdecode(word) for word in words))
        self.pid, self.returncode = NOBODY, 0 if installs else EXIT_CODE
        self._close_pipe_fds(*pipes)  # type: ignore[attr-defined]  # Private.


def _no_command(command: str) -> int:
    say_not_run(command)
    return EXIT_CODE << 8


def stand_in_for_processes() -> None:
    """Put the standard library's ways to run a program on the same footing."""
    vars(subprocess)["Popen"] = _NeverStarted
    vars(os)["system"] = _no_command
