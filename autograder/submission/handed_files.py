"""Los archivos de una entrega, también con otro nombre o en una carpeta de más."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..course.names import printable

# What is looked at: a submission holds a handful, and nobody waits for one of a million.
MAX_FILES = 500
MAX_LISTED = 5000
MAX_DEPTH = 3
_NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json))?$", re.IGNORECASE)
_WEIGHTS = re.compile(r"\.(h5|hdf5)(\.txt)?$", re.IGNORECASE)
_COPY = re.compile(r"\(\d+\)|\bcopia( de)?\b|\bcopy( of)?\b")
_SAID_ANYWAY = {"weights", "weight", "pesos", "h5", "hdf5"}
_PACKED = (".zip", ".rar", ".7z", ".gz", ".tar")


def files_in(folder: Path, *expected: str) -> list[str]:
    """Files by their path from ``folder``: those that stand in it, and then those further in.

    What is ``expected`` comes first, and is found among any number of others. Links are named and
    not followed; hidden folders, and those that macOS adds, are not looked at.
    """
    found = [name for name in expected if os.path.lexists(folder / name)]
    level = [""]
    for _ in range(MAX_DEPTH):
        deeper: list[str] = []
        for where in level:
            for entry in _entries(folder / where):
                inside = os.path.join(where, entry.name)
                if inside in expected:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith((".", "__")):
                        deeper.append(inside)
                elif not entry.name.startswith(("._", ".DS_Store")):
                    found.append(inside)
                if len(found) + len(deeper) >= MAX_FILES:
                    return found
        level = deeper
    return found


def notebooks_among(files: Sequence[str]) -> list[str]:
    """Those that may be a notebook, by how they end; browsers add ``.txt`` and ``.json``."""
    return [name for name in files if _NOTEBOOK.search(name)]


def weights_for(name: str, files: Sequence[str]) -> list[str]:
    """What may be the weights called ``name``: itself, or else those that nearly are.

    ``cnn.weights (1).h5``, ``CNN_weights.h5`` and ``entrega/cnn.weights.h5.txt`` nearly are
    ``cnn.weights.h5``.
    """
    if name in files:
        return [name]
    wanted = _words(name)
    return [each for each in files if _WEIGHTS.search(each) and _words(each) == wanted]


def what_there_is(files: Sequence[str]) -> str:
    """What stands in a folder with no notebook, in Spanish: a few names, and what to do."""
    if not files:
        return "la carpeta está vacía"
    names = ", ".join(f"«{printable(name)}»" for name in files[:3])
    more = f" y {len(files) - 3} más" if len(files) > 3 else ""
    packed = any(name.lower().endswith(_PACKED) for name in files)
    return f"en la carpeta hay {names}{more}" + (" (¿falta descomprimir?)" if packed else "")


def age(path: Path) -> float:
    """When a file was written; 0 where it cannot be known."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def _words(path: str) -> list[str]:
    name = _COPY.sub(" ", _WEIGHTS.sub("", os.path.basename(path).lower()))
    return [word for word in re.findall(r"[a-z0-9]+", name) if word not in _SAID_ANYWAY]


def _entries(folder: Path) -> Iterator[os.DirEntry]:
    try:
        with os.scandir(folder) as entries:
            yield from sorted(islice(entries, MAX_LISTED), key=lambda entry: entry.name)
    except OSError:
        return
