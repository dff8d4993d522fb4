"""``curso doctor``: qué ofrece esta máquina para calificar, probado y no supuesto."""

from __future__ import annotations

import os
import platform
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from rich.console import Console
from rich.text import Text

from conv2d_lib.cores import usable_cores

from ..common.errors import CursoError
from ..common.limits import Limits
from ..course.configuration import FILE
from ..course.folder import Course
from ..course.in_force import check_in_force
from ..course.unit_folders import strange_folders, units_without_source
from ..course.variants import SECRET, others_may_read
from ..gradebook.database import exists
from ..gradebook.lock import lock_course
from ..gradebook.own_tests import check_registered, check_source, without_lock
from ..gradebook.storage import explained
from ..gradebook.variants import variants_problem
from ..sandbox.availability import isolation_problem
from ..sandbox.flavours import NUMPY
from ..sandbox.kernel import Kernel
from ..sandbox.servers import server_of

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
    yield Finding(
        f"Python {platform.python_version()} en {platform.system()}, {usable_cores()} núcleos", True
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
            # An instruction that is refused may be passed over, and the cell go on.
            outputs = kernel.execute(source).outputs
            refused = any(output.get("output_type") == "error" for output in outputs)
            text = promise if refused else f"NO se cumple: {promise}"
            yield Finding(f"dentro del recinto, {text}", refused)
    kernel.close()


def examine_course(course: Course) -> Iterator[Finding]:
    """Whether nobody can grade this course but with its own configuration, and each unit can be."""
    try:
        check_in_force(course)
    except CursoError as error:
        yield Finding(error.args[0], False)
        return
    yield Finding("nbgrader_config.py está en vigor: nbgrader y Formgrader usan el juez", True)
    unknown, renamed = strange_folders(course)
    for line in (*unknown, *renamed, *units_without_source(course)):
        yield Finding(line, False)
    for unit in course.units():
        yield _source_of(course, unit)
        if lacking := course.all_units[unit].flavour.lacking():
            yield Finding(f"{unit} no se puede calificar aquí: {lacking}", False)
    yield from _gradebook_of(course)


def _source_of(course: Course, unit: str) -> Finding:
    folder = course.source / unit
    try:
        check_source(folder, course.all_units[unit])
    except CursoError as error:
        return Finding(error.args[0], False)
    if problem := without_lock(course, unit):
        return Finding(problem, False)
    return Finding(f"{course.source.name}/{unit} se puede publicar", True)


def _gradebook_of(course: Course) -> Iterator[Finding]:
    try:
        if not exists(course):
            return
        with explained(course):
            open_before = lock_course(course)
            check_registered(course)
    except CursoError as error:
        yield Finding(error.args[0], False)
        return
    if open_before:
        yield Finding(
            f"el libro de notas era anterior al cerrojo: ya lo tiene ({', '.join(open_before)})",
            True,
        )
    yield Finding("el libro de notas solo se puede calificar con esta configuración", True)
    yield from _variants_of(course)


def _variants_of(course: Course) -> Iterator[Finding]:
    if problem := variants_problem(course):
        yield Finding(problem, False)
    elif (course.root / SECRET).exists():
        if others_may_read(course.root):
            yield Finding(
                f"«{course.root / SECRET}» lo puede leer alguien más que tú: quítale los permisos",
                False,
            )
        elif course.with_variants:
            yield Finding("el secreto de las variantes es el de lo que se repartió", True)


def _private_files() -> list[str]:
    """Files that no notebook may read: this one, and those of the course and the home folder."""
    here, home = Path.cwd(), Path.home()
    found = [Path(__file__), *here.glob("source/*/*"), *here.glob("submitted/*/*/*")]
    for folder in (here, home):
        if os.access(folder, os.R_OK):
            found += folder.iterdir()
    return [str(path) for path in found if path.is_file()][:_MOST_FILES]


def run(root: Path = Path("."), console: Console | None = None) -> int:
    """Print the diagnosis; 0 where notebooks can be graded isolated, 1 where not.

    Parameters
    ----------
    root : Path
        The course's, if there is one there: it is examined too.
    console : Console, optional
    """
    console = console or Console()
    sound = True
    course = Course(root.resolve())
    there = (course.root / "source").is_dir() or (course.root / FILE).is_file()
    for finding in chain(examine(), examine_course(course) if there else ()):
        mark = Text("✔ ", "green") if finding.good else Text("✘ ", "red")
        console.print(mark.append(finding.text, "default"), soft_wrap=True)
        sound = sound and finding.good
    return 0 if sound else 1
