"""Lo que un cuaderno encuentra en Jupyter alrededor de su intérprete: el kernel y sus magias.

Of the kernel, what notebooks and libraries ask for; nobody listens on the other side.
"""

from __future__ import annotations

import fnmatch
from typing import Any

from .commands import say_not_run


class KernelStub:
    """``get_ipython().kernel``."""

    implementation = "ipython"
    banner = ""
    session = iopub_socket = iopub_thread = None

    def __init__(self, shell: Any) -> None:
        import IPython

        self.shell = shell
        self.implementation_version = IPython.__version__
        self.language_info = {"name": "python", "file_extension": ".py"}

    @property
    def comm_manager(self) -> Any:
        """The registry of comms: those of widgets are opened, and send into the void."""
        from comm import get_comm_manager

        return get_comm_manager()

    def get_parent(self, channel: str | None = None) -> dict[str, Any]:
        """The message of the cell that is running."""
        return {"header": {"msg_id": "celda", "msg_type": "execute_request"}, "metadata": {}}

    _parent_header = property(get_parent)

    def do_shutdown(self, restart: bool) -> dict[str, Any]:
        """A notebook that asks for a new kernel keeps the one it has."""
        return {"status": "ok", "restart": restart}

    def do_one_iteration(self) -> None:
        """There are no messages to attend to."""


class MemoryDatabase(dict):
    """IPython's database of bookmarks, aliases and ``%store``, which a profile would keep."""

    def keys(self, pattern: str | None = None) -> Any:
        found = super().keys()
        return found if pattern is None else fnmatch.filter(found, pattern)


def register_kernel_magics(shell: Any) -> None:
    """The magics that ipykernel adds to IPython's own."""

    def store(line: str) -> Any:
        shell.extension_manager.load_extension("storemagic")
        return shell.run_line_magic("store", line)

    def autosave(line: str) -> None:
        seconds = int(line) if line.strip() else 0
        print(f"Autosaving every {seconds} seconds" if seconds else "Autosave disabled")

    def less(line: str) -> None:
        from IPython.core.error import UsageError

        if not line:
            raise UsageError("Missing filename.")
        with open(line, encoding="utf-8", errors="replace") as file:
            print(file.read())

    def nothing(name: str) -> Any:
        return lambda line: say_not_run(f"%{name} {line}")

    own = {"store": store, "autosave": autosave, "less": less, "more": less}
    for name in ("man", "clear", "qtconsole", "connect_info", "subshell"):
        own[name] = nothing(name)
    for name, function in own.items():
        shell.register_magic_function(function, "line", name)
