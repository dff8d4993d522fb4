"""Los archivos que acompañan a un cuaderno: módulos de ayuda, arreglos, tablas e imágenes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from . import packages
from .limits import MIB
from .regular_files import Unreadable, read_regular, reason_of

KINDS = (
    ".py", ".npy", ".npz", ".txt", ".csv", ".tsv", ".json",
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".pgm", ".ppm",
)  # fmt: skip
MAX_FILES, MAX_FILE_BYTES, MAX_BYTES, MAX_DEPTH = 40, 4 * MIB, 12 * MIB, 3
_MOST_SEEN, _MOST_NAME = 500, 100
_NOT_THEIRS = frozenset({"timestamp.txt", "submission_secret.txt"})
# Python runs these by itself when it starts.
_RUN_BY_PYTHON = frozenset({"sitecustomize", "usercustomize"})


def read_helpers(folder: Path, notes: list[str]) -> dict[str, bytes]:
    """What stands beside a notebook and it may use, by its path; why not is added to ``notes``."""
    found: dict[str, bytes] = {}
    size = 0
    for path in _candidates(folder):
        name = path.relative_to(folder).as_posix()
        try:
            if problem := shadowed(name):
                raise Unreadable(problem)
            if len(found) == MAX_FILES:
                notes.append(f"junto al cuaderno hay más de {MAX_FILES} archivos: sobran los demás")
                break
            content = read_regular(path, MAX_FILE_BYTES)
            size += len(content)
            if size > MAX_BYTES:
                notes.append(f"junto al cuaderno hay más de {MAX_BYTES // MIB} MB: sobra {name}…")
                break
            found[name] = content
        except (OSError, Unreadable) as error:
            notes.append(f"{name}: {reason_of(error)}")
    return found


def shadowed(name: str) -> str | None:
    """Why a module cannot be called so, in Spanish; None where it can, or is none."""
    path = PurePosixPath(name)
    root = path.parts[0].partition(".")[0]
    taken = root in sys.stdlib_module_names or root in packages.allowed_roots()
    taken = taken or root in packages.OWN | packages.READY_MADE | _RUN_BY_PYTHON
    if path.suffix == ".py" and taken:
        return f"se llama como «{root}», que ya existe, y no se usa; cámbiale el nombre"
    return None


def _candidates(folder: Path) -> Iterator[Path]:
    """The files of kinds that may help, in order; of an endless folder, the first ones."""
    seen = 0
    waiting = [folder]
    while waiting:
        here = waiting.pop(0)
        try:
            with os.scandir(here) as entries:
                listed = sorted(
                    (e for e, _ in zip(entries, range(_MOST_SEEN - seen), strict=False)),
                    key=lambda entry: entry.name,
                )
        except OSError:
            continue
        seen += len(listed)
        for entry in listed:
            if not _is_plain(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if len(Path(entry.path).relative_to(folder).parts) < MAX_DEPTH:
                    waiting.append(Path(entry.path))
            elif entry.name.lower().endswith(KINDS) and entry.name not in _NOT_THEIRS:
                yield Path(entry.path)


def _is_plain(name: str) -> bool:
    hidden = name.startswith((".", "__pycache__"))
    return not hidden and name.isprintable() and len(name) <= _MOST_NAME
