"""Los archivos que acompañan a un cuaderno: módulos de ayuda, arreglos, tablas e imágenes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..common.limits import MIB
from ..common.regular_files import Unreadable, read_regular, reason_of
from ..notebook.helper_kinds import KINDS, problem

MAX_FILES, MAX_FILE_BYTES, MAX_BYTES, MAX_DEPTH = 40, 4 * MIB, 12 * MIB, 3
_MOST_SEEN, _MOST_NAME = 500, 100
_NOT_THEIRS = frozenset({"timestamp.txt", "submission_secret.txt"})


def read_helpers(folder: Path, notes: list[str]) -> dict[str, bytes]:
    """What stands beside a notebook and it may use, by its path; why not is added to ``notes``."""
    found: dict[str, bytes] = {}
    size = 0
    for path in _candidates(folder):
        name = path.relative_to(folder).as_posix()
        try:
            if wrong := problem(name):
                raise Unreadable(wrong)
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
