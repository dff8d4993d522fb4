"""``curso entregar``: el cuaderno, sus pesos y lo que usa, en un zip que se sube al aula."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..checks import UNITS
from ..checks.units import NAME
from ..common.archives import deterministic_zip
from ..common.errors import CursoError
from ..common.limits import MAX_ALL_WEIGHTS, MAX_WEIGHTS_BYTES, MIB
from ..common.one_line import one_line
from ..common.regular_files import Unreadable, read_regular, reason_of
from ..common.system_errors import in_words
from ..common.version import VERSION
from ..common.whole_files import write_whole
from ..notebook.helper_kinds import KINDS, problem
from .saved_work import SavedWork, read_saved

LIST = "entrega.json"
MAX_DEPTH, MAX_SEEN, MAX_NOTEBOOKS = 3, 2000, 60
MAX_HELPERS, MAX_HELPER_BYTES, MAX_ALL_HELPERS = 40, 4 * MIB, 12 * MIB
# Of a course's own folder: what is the instructor's, and copies of what was handed in.
_NOT_THEIRS = {
    "source", "submitted", "autograded", "feedback", "paquetes", "demo", "course", "node_modules",
}  # fmt: skip


@dataclass(frozen=True)
class Delivery:
    """The zip that was written, and what there is to say of it."""

    path: Path
    work: SavedWork
    names: tuple[str, ...]
    notes: tuple[str, ...]


def find_work(folder: Path, wanted: str | None) -> SavedWork:
    """The notebook to hand in: of the unit that is wanted, or of the only one there is.

    Raises
    ------
    CursoError
        If there is none, or several and nobody says which.
    """
    unit = _unit_of(wanted)
    found: dict[str, list[SavedWork]] = {}
    broken = []
    # Whoever is asked where a notebook is may well say which.
    paths, folder = ([folder], folder.parent) if folder.is_file() else (_notebooks(folder), folder)
    for path in paths:
        try:
            work = read_saved(path)
        except (OSError, Unreadable) as error:
            broken.append(f"{_shown(path, folder)} {reason_of(error)}")
            continue
        if work and unit in (None, work.unit, work.unit.partition("_")[0]):
            found.setdefault(work.unit, []).append(work)
    if not found:
        also = f" ({'; '.join(broken[:3])})" if broken else ""
        of = f"de la unidad {unit}" if unit else "del curso"
        raise CursoError(
            f"en «{folder}» no hay ningún cuaderno {of}{also}: ve a la carpeta donde lo "
            "guardaste, o di cuál es con --carpeta"
        )
    if len(found) > 1:
        raise CursoError(
            f"hay cuadernos de varias unidades ({', '.join(sorted(found))}): di cuál entregas, "
            f"por ejemplo: curso entregar {sorted(found)[0]}"
        )
    (works,) = found.values()
    return _chosen(works, folder)


def _chosen(works: list[SavedWork], folder: Path) -> SavedWork:
    """The one with the published name, and nearest; where copies are alike, nobody guesses."""

    def rank(work: SavedWork) -> tuple[bool, int]:
        name = f"{work.known.notebook}.ipynb"
        return work.path.name != name, len(work.path.relative_to(folder).parts)

    works = sorted(works, key=rank)
    alike = [work for work in works if rank(work) == rank(works[0])]
    if len({work.data for work in alike}) > 1:
        names = ", ".join(_shown(work.path, folder) for work in alike)
        raise CursoError(
            f"hay varios cuadernos de {works[0].unit} ({names}): di en qué carpeta está el que "
            "entregas, con --carpeta, o deja uno"
        )
    return works[0]


def hand_in(work: SavedWork, where: Path) -> Delivery:
    """Write ``entrega_UNIDAD.zip`` in ``where``, whatever ``comprobar`` said of the work."""
    unit, notes = work.known, []
    files = {f"{unit.notebook}.ipynb": work.data}
    if work.path.name != f"{unit.notebook}.ipynb":
        notes.append(f"{one_line(work.path.name)} va como {unit.notebook}.ipynb, su nombre")
    files |= _weights(work, notes)
    files |= _helpers(work, notes)
    listed = {
        "unidad": unit.id,
        "version": VERSION,
        "archivos": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        },
        "dijo": {said.check: f"{said.mark} {said.line}" for said in work.said},
    }
    content = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    packed = {f"{unit.id}/{name}": data for name, data in files.items()}
    packed[f"{unit.id}/{LIST}"] = content.encode("utf-8", "replace")
    path = where / f"entrega_{unit.id}.zip"
    try:
        write_whole(path, deterministic_zip(packed))
    except OSError as error:
        raise CursoError(
            f"no se puede escribir {in_words(error)}; ve a una carpeta tuya y di dónde está tu "
            f"cuaderno: curso entregar --carpeta {shlex.quote(str(work.path.parent))}"
        ) from None
    return Delivery(path, work, tuple(sorted(files)), tuple(notes))


def saved_ago(work: SavedWork) -> str:
    """How long ago the notebook was saved: what is only on the screen is not in the file."""
    minutes = max(0, int(time.time() - work.path.stat().st_mtime)) // 60
    if minutes < 2:
        return "hace un momento"
    if minutes > 365 * 1440:
        return "hace más de un año, o nunca desde que te lo dieron"
    if minutes < 120:
        return f"hace {minutes} minutos"
    return f"hace {minutes // 60} horas" if minutes < 48 * 60 else f"hace {minutes // 1440} días"


def _unit_of(wanted: str | None) -> str | None:
    if wanted is None:
        return None
    name = wanted.strip("/")
    for unit in UNITS:
        if name in (unit, unit.partition("_")[0]):
            return unit
    if NAME.fullmatch(name) or (name.isascii() and name.isdecimal()):
        return name  # Of an instructor's own: its notebook says so.
    raise CursoError(f"no existe la unidad «{one_line(wanted)}»; son: {', '.join(UNITS)}")


def _notebooks(folder: Path) -> Iterator[Path]:
    names = (path for path in _files(folder) if path.suffix.lower() == ".ipynb")
    for _, path in zip(range(MAX_NOTEBOOKS), names, strict=False):
        yield path


def _files(folder: Path) -> Iterator[Path]:
    """The files in a folder and a little further in, the nearest first; of an endless one, some."""
    level, seen = [folder], 0
    for _ in range(MAX_DEPTH):
        deeper = []
        for here in level:
            try:
                entries = sorted(os.scandir(here), key=lambda entry: entry.name)
            except OSError:
                continue
            for entry in entries:
                seen += 1
                if seen > MAX_SEEN:
                    return
                if entry.name.startswith((".", "__")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    deeper += [Path(entry.path)] if entry.name not in _NOT_THEIRS else []
                else:
                    yield Path(entry.path)
        level = deeper


def _weights(work: SavedWork, notes: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in work.known.weights:
        try:
            data = read_regular(work.path.parent / name, MAX_WEIGHTS_BYTES)
            if sum(map(len, found.values())) + len(data) > MAX_ALL_WEIGHTS:
                raise Unreadable(f"los pesos pasan, juntos, de {MAX_ALL_WEIGHTS // MIB} MB")
            found[name] = data
        except FileNotFoundError:
            notes.append(f"falta {name}: el cuaderno lo escribe al entrenar, en su carpeta")
        except (OSError, Unreadable) as error:
            notes.append(f"{name} no va: {reason_of(error)}")
    return found


def _helpers(work: SavedWork, notes: list[str]) -> dict[str, bytes]:
    """The modules and data beside the notebook that its code names, and those that they name."""
    home = work.path.parent
    beside = {
        path.relative_to(home).as_posix(): path
        for path in _files(home)
        if path.name.lower().endswith(KINDS)
    }
    found: dict[str, bytes] = {}
    text, size = work.code, 0
    while named := [name for name in beside if _is_named(name, text)]:
        for name in named:
            path = beside.pop(name)
            try:
                if wrong := problem(name):
                    raise Unreadable(wrong)
                data = read_regular(path, MAX_HELPER_BYTES)
                size += len(data)
                if len(found) == MAX_HELPERS or size > MAX_ALL_HELPERS:
                    raise Unreadable(
                        f"se admiten {MAX_HELPERS} archivos y {MAX_ALL_HELPERS // MIB} MB entre "
                        "todos"
                    )
                found[name] = data
                text += "\n" + data.decode("utf-8", "replace") if name.endswith(".py") else ""
            except (OSError, Unreadable) as error:
                notes.append(f"{one_line(name)} no va: {reason_of(error)}")
    return found


def _is_named(name: str, text: str) -> bool:
    base = name.rpartition("/")[2]
    if base.endswith(".py"):
        stem = re.escape(base.removesuffix(".py"))
        return re.search(rf"^\s*(?:from|import)\b[^#\n]*\b{stem}\b", text, re.M) is not None
    return base in text


def _shown(path: Path, folder: Path) -> str:
    return one_line(path.relative_to(folder).as_posix())
