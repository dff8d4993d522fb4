"""``curso doctor``: qué ofrece esta máquina para calificar, probado y no supuesto."""

from __future__ import annotations

import os
import platform
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from .limits import Limits
from .sandbox.availability import isolation_problem
from .sandbox.flavours import NUMPY
from .sandbox.kernel import Kernel
from .sandbox.servers import server_of

# The folder itself may be there, with nothing in it but the way to this Python's packages.
_READ_ANY = """
for path in {private!r}:
    try:
        open(path, "rb").close()
        break
    except OSError:
        continue
else:
    raise PermissionError("no se puede leer ninguno")
"""
_MOST_FILES = 500
# What a notebook tries, and what it means that it fails.
_ATTEMPTS = {
    "no hay red": "import socket; socket.create_connection(('1.1.1.1', 53), 1)",
    "no ve los archivos de la máquina": "open('/etc/passwd')",
    "no lee la carpeta personal ni el curso": _READ_ANY,
    "el sistema es de solo lectura": "open('/nuevo', 'w')",
    "no crea procesos": "import os; os.fork()",
    "no ejecuta programas": "import os; os.execv('/sleep', ['sleep', '0'])",
    "no importa TensorFlow, Keras ni SciPy": "import pathlib, sys; next(folder "
    "for folder in sys.path for name in ('tensorflow', 'keras', 'scipy/signal') "
    "if pathlib.Path(folder, name).exists())",
    "su memoria tiene un límite": "bytearray({too_much})",
    "su carpeta tiene un límite": "open('lleno', 'wb').write(bytes(2 * {folder}))",
}


@dataclass(frozen=True)
class Finding:
    """One line of the diagnosis."""

    text: str
    good: bool


def examine() -> Iterator[Finding]:
    """The machine's facts, then the sandbox attempt by attempt."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield Finding(
        f"Python {platform.python_version()} en {platform.system()}, {cores} núcleos", True
    )
    problem = isolation_problem()
    if problem:
        yield Finding(f"no se puede aislar: {problem}", False)
        return
    yield Finding("bubblewrap y espacios de nombres: se puede aislar", True)
    limits = Limits(memory_bytes=512 << 20, folder_bytes=1 << 20)
    judge, theirs = socket.socketpair()
    kernel = Kernel(server_of(NUMPY), theirs, limits)
    with judge:
        for promise, attempt in _ATTEMPTS.items():
            source = attempt.format(
                private=_private_files(), too_much=1 << 30, folder=limits.folder_bytes
            )
            refused = kernel.execute(source).ended == "error"
            text = promise if refused else f"NO se cumple: {promise}"
            yield Finding(f"dentro del recinto, {text}", refused)
    kernel.close()


def _private_files() -> list[str]:
    """Files that no notebook may read: this one, and those of the course and the home folder."""
    here, home = Path.cwd(), Path.home()
    found = [Path(__file__), *here.glob("source/*/*"), *here.glob("submitted/*/*/*")]
    for folder in (here, home):
        if os.access(folder, os.R_OK):
            found += folder.iterdir()
    return [str(path) for path in found if path.is_file()][:_MOST_FILES]


def run(console: Console | None = None) -> int:
    """Print the diagnosis; 0 where notebooks can be graded isolated, 1 where not."""
    console = console or Console()
    sound = True
    for finding in examine():
        mark = Text("✔ ", "green") if finding.good else Text("✘ ", "red")
        console.print(mark.append(finding.text, "default"), soft_wrap=True)
        sound = sound and finding.good
    return 0 if sound else 1
