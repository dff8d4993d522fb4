"""Dentro del recinto: un intérprete IPython que ejecuta celdas y manda fuera lo que producen.

No es un kernel de Jupyter: no tiene puertos, ni clave de conexión, ni hilos propios. Recibe celdas
por un socket heredado y devuelve las salidas en el formato de un cuaderno. Nada de lo que dice se
cree: quien califica lo lee con límites, y la nota la pone el juez.
"""

from __future__ import annotations

import dis
import io
import json
import sys
import threading
import time
from types import CodeType
from typing import Any

import numpy as np
from IPython.core import page
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from ..notebook import absent
from ..wire.protocol import Connection, Message
from .commands import CommandsMixin
from .kernel_stub import KernelStub, MemoryDatabase, register_kernel_magics

FLUSH_CHARACTERS, FLUSH_SECONDS = 8192, 0.2
SKIPPED = "(al calificar, esa instrucción se salta y la celda sigue)"
# Backends of Matplotlib that need neither a screen nor a browser.
DRAWN_HERE = frozenset({"inline", "agg", "svg", "pdf", "ps", "cairo"})


class Outbox:
    """Where outputs go: the socket of the cell that is running.

    Threads of a notebook may print at once, and an interrupt may come in the middle: messages are
    whole all the same.
    """

    def __init__(self) -> None:
        self.connection: Connection | None = None
        self.sending = False  # in the main thread, the one that interrupts reach
        self.interrupted = False
        self._lock = threading.RLock()
        self._clears = False

    def send(self, output: dict[str, Any], display: str | None = None, op: str = "output") -> None:
        """Send an output; of one that can be updated, ``display`` is its name."""
        text = json.dumps(output, default=str).encode("utf-8", "replace")
        body: dict[str, Any] = {"json": np.frombuffer(text, np.uint8)}
        if display is not None:
            body["display"] = display
        if self._clears:
            self._clears = False
            self.say(Message("clear", {}))
        self.say(Message(op, body))

    def clear(self, wait: bool) -> None:
        """Forget what the cell has shown so far, or what it will have shown until the next."""
        self._clears = wait
        if not wait:
            self.say(Message("clear", {}))

    def say(self, message: Message) -> None:
        if self.connection is None:
            return
        main = threading.current_thread() is threading.main_thread()
        with self._lock:
            self.sending = main or self.sending
            try:
                self.connection.send(message)
            finally:
                if main:
                    self.sending = False
        if main and self.interrupted:
            self.interrupted = False
            raise KeyboardInterrupt


OUTBOX = Outbox()


class Stream(io.TextIOBase):
    """``stdout`` or ``stderr``: text gathered for a moment and sent as one output."""

    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        self._name = name
        self._parts: list[str] = []
        self._waiting = 0
        self._sent = time.monotonic()
        self._lock = threading.RLock()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        """As in Jupyter, what the system would write to."""
        return 1 if self._name == "stdout" else 2

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() espera str y llegó {type(text).__name__}")
        with self._lock:
            self._parts.append(text)
            self._waiting += len(text)
        late = time.monotonic() - self._sent > FLUSH_SECONDS
        if self._waiting > FLUSH_CHARACTERS or late:
            self.flush()
        return len(text)

    def flush(self) -> None:
        with self._lock:
            text = "".join(self._parts)
            self._parts, self._waiting, self._sent = [], 0, time.monotonic()
            if text:
                OUTBOX.send({"output_type": "stream", "name": self._name, "text": text})


class _Hook(DisplayHook):
    """The value of a cell's last line becomes an ``execute_result``."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        flush_streams()
        OUTBOX.send(
            {
                "output_type": "execute_result",
                "data": _texts(format_dict),
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )


class _Publisher(DisplayPublisher):
    """``display(...)`` becomes a ``display_data``, which may be updated later in its cell."""

    def publish(
        self,
        data: dict,
        metadata: dict | None = None,
        *args: Any,
        transient: dict | None = None,
        update: bool = False,
        **kwargs: Any,
    ) -> None:
        flush_streams()
        OUTBOX.send(
            {"output_type": "display_data", "data": _texts(data), "metadata": metadata or {}},
            display=str(transient["display_id"])
            if transient and "display_id" in transient
            else None,
            op="update" if update else "output",
        )

    def clear_output(self, wait: bool = False) -> None:
        flush_streams()
        OUTBOX.clear(wait)


def _texts(data: dict) -> dict[str, Any]:
    """A MIME bundle ready for JSON: bytes (a PNG) in base 64, as notebooks keep them."""
    from base64 import b64encode

    return {
        mime: b64encode(value).decode() if isinstance(value, bytes) else value
        for mime, value in data.items()
    }


class ZMQInteractiveShell(CommandsMixin, InteractiveShell):
    """IPython without terminal, history or colours, by the name that libraries know Jupyter by."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    kernel = AnyTrait()

    def enable_gui(self, gui: str | None = None) -> None:
        """There are no windows: nothing to attend to."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str | None, str]:
        """Figures are drawn in the notebook, whatever window was asked for."""
        return super().enable_matplotlib(gui if gui in DRAWN_HERE else "inline")

    def ask_exit(self) -> None:
        """``exit`` and ``quit`` would end the kernel: here there are cells to run yet."""

    def init_magics(self) -> None:
        super().init_magics()
        register_kernel_magics(self)

    def init_hooks(self) -> None:
        super().init_hooks()
        # Jupyter shows help beside the notebook, and nothing in it.
        self.set_hook("show_in_pager", page.as_hook(lambda *args, **kwargs: None), 99)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._lost: set[str] = set()  # Names that statements which were skipped would have given.

    def should_run_async(
        self,
        raw_cell: str,
        *,
        transformed_cell: str | None = None,
        preprocessing_exc_tuple: tuple | None = None,
    ) -> bool:
        """Whether a cell awaits something; one that has neither word is not compiled to know it."""
        code = raw_cell if transformed_cell is None else transformed_cell
        if "await" not in code and "async" not in code:
            return False
        return super().should_run_async(
            raw_cell,
            transformed_cell=transformed_cell,
            preprocessing_exc_tuple=preprocessing_exc_tuple,
        )

    async def run_code(self, code_obj: Any, result: Any = None, *, async_: bool = False) -> bool:
        """Run one statement; one that fails for a library that is not there costs only itself.

        At home it may be there: then the statements after it run, and here they must too.
        """
        before = absent.touched()
        failed = await super().run_code(code_obj, result, async_=async_)
        absent.forget_modules()
        error = getattr(result, "error_in_exec", None)
        if failed and (absent.touched() > before or self._is_lost(error)):
            print(SKIPPED)
            self._lost |= _stored(code_obj)
            result.error_in_exec = None
            return False
        return failed

    def _is_lost(self, error: BaseException | None) -> bool:
        """Whether a module is missing, or what an earlier statement would have made with one."""
        missing = isinstance(error, NameError) and error.name in self._lost
        return missing or isinstance(error, ModuleNotFoundError)

    def _get_exc_info(self, exc_tuple: tuple | None = None) -> tuple:
        """Of an interrupt, the last line shown is the student's, and not where we raise it."""
        etype, value, top = super()._get_exc_info(exc_tuple)
        frame = top if issubclass(etype, KeyboardInterrupt) else None
        while frame is not None and frame.tb_next is not None:
            if frame.tb_next.tb_frame.f_globals.get("__package__") == __package__:
                frame.tb_next = None
            frame = frame.tb_next
        return etype, value, top

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        flush_streams()
        OUTBOX.send(
            {
                "output_type": "error",
                "ename": getattr(etype, "__name__", str(etype)),
                "evalue": str(evalue),
                "traceback": [str(line) for line in stb],
            }
        )


def _stored(code: CodeType) -> set[str]:
    """The names of the notebook that a statement gives a value."""
    return {step.argval for step in dis.get_instructions(code) if step.opname == "STORE_NAME"}


Shell = ZMQInteractiveShell


def make_shell() -> Shell:
    """The interpreter, made once in the fork server: every notebook gets a copy of it."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autoindent = False
    config.IPKernelApp.connection_file = ""  # By this section tqdm knows that it is in a notebook.
    shell = Shell.instance(config=config)
    shell.kernel = KernelStub(shell)
    shell.db = MemoryDatabase()
    return shell


def flush_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Stream):
            stream.flush()
