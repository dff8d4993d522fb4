"""Lo que cada cual entregó en el zip, y sus cuadernos, que se conocen por sus celdas."""

from __future__ import annotations

import unicodedata
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..common.errors import CursoError
from ..common.limits import MIB
from ..common.regular_files import Unreadable
from ..submission.folder import SECRET, TIMESTAMP
from ..submission.handed_files import notebooks_among
from ..submission.kept_text import tidy
from ..submission.notebook_reader import read_notebook
from ..submission.published import PublishedCell
from ..submission.recognition import identities
from ..submission.variants import as_anybody_has_it
from .archive import CUT, Damaged, Packed, Room, files_of, is_litter, read_entry, true_name
from .entries import Entry, entry_of

MAX_NOTEBOOKS = 20
NOTE = "entrega.json"  # What «curso entregar» says of its own zip, which nobody believes.
_MAYBE = (".txt", ".json")
Published = Mapping[str, Sequence[PublishedCell]]


@dataclass(frozen=True)
class Recognised:
    """A notebook among the files, and how much of each unit is in it."""

    path: str
    scores: Mapping[str, tuple[int, int]]
    when: tuple[int, ...]

    @property
    def unit(self) -> str | None:
        """The unit it is most of; None where it is of none."""
        best = max(self.scores, key=lambda unit: self.scores[unit], default=None)
        return best if best is not None and self.scores[best][0] else None


@dataclass
class Handed:
    """What one owner (a person, or a team) has in the zip, unpacked in ``folder``."""

    name: str
    number: int | None
    folder: Path
    files: list[str] = field(default_factory=list)
    notebooks: list[Recognised] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str | None = None

    @property
    def shown(self) -> str:
        return self.name if self.number is None else f"{self.name} ({self.number})"


Owned = dict[tuple[str, int | None], list[tuple[Entry, zipfile.ZipInfo]]]


def owned_entries(archive: zipfile.ZipFile) -> tuple[Owned, list[str]]:
    """The zip's files by their owner, and the names of those that say none."""
    owned: Owned = {}
    strangers = []
    for info in archive.infolist():
        name = true_name(info)
        if info.is_dir() or is_litter(name):
            continue
        entry = entry_of(name)
        if entry is None or not entry.path:
            strangers.append(name)
            continue
        owner = unicodedata.normalize("NFC", entry.name), entry.number
        owned.setdefault(owner, []).append((entry, info))
    return owned, strangers


def numbers_with_two_names(owned: Owned) -> set[int]:
    times = Counter(number for _, number in owned if number is not None)
    return {number for number, count in times.items() if count > 1}


def unpack(
    archive: zipfile.ZipFile,
    owner: tuple[str, int | None],
    entries: Sequence[tuple[Entry, zipfile.ZipInfo]],
    folder: Path,
    published: Published,
) -> Handed:
    """The files of one owner, in a folder of their own.

    What is wrong with a student's own files is theirs alone; it never stops the class.

    Raises
    ------
    CursoError
        If Moodle's zip itself is damaged.
    """
    handed = Handed(*owner, folder)
    room = Room(notes=handed.notes)
    try:
        for entry, info in entries:
            for one in files_of(_packed(archive, entry, info, room), room):
                _keep(handed, one, published)
    except Unreadable as error:
        handed.problem = error.args[0]
    return handed


def _packed(archive: zipfile.ZipFile, entry: Entry, info: zipfile.ZipInfo, room: Room) -> Packed:
    try:
        data = read_entry(archive, info, room.size)
    except Damaged as error:
        raise CursoError(f"el zip {CUT} («{one_name(info)}» {error.args[0]})") from error
    path = entry.path
    if entry.plugin == "onlinetext":
        path = "texto_en_linea.html"
    return Packed(path, data, info.date_time)


def one_name(info: zipfile.ZipInfo) -> str:
    name = true_name(info)
    return "".join(char if char.isprintable() else "-" for char in name)[-80:]


def _keep(handed: Handed, one: Packed, published: Published) -> None:
    path = _free(one.path, handed.files)
    if path.rpartition("/")[2].casefold() == NOTE:
        return
    if path.rpartition("/")[2].casefold() in (TIMESTAMP, SECRET):
        handed.notes.append(f"«{path}» no se coloca: ese archivo lo pone el curso")
        return
    target = handed.folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(one.data)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        handed.notes.append(f"«{path}» no se coloca: se llama como una de sus carpetas")
        return
    handed.files.append(path)
    if _may_be_notebook(path, one.data) and len(handed.notebooks) < MAX_NOTEBOOKS:
        handed.notebooks.append(Recognised(path, _scores(one.data, published), one.when))


def _free(path: str, taken: Sequence[str]) -> str:
    """The path, or one beside it: no file takes another's place, whatever the disk's rules."""
    used = {name.casefold() for name in taken}
    parts = path.split("/")
    for n in range(1, len(parts)):
        if "/".join(parts[:n]).casefold() in used:  # A folder called as a file is.
            parts[n - 1] += " (carpeta)"
    stem, dot, ending = parts[-1].partition(".")
    count, name = 1, "/".join(parts)
    while any(one == name.casefold() or one.startswith(f"{name.casefold()}/") for one in used):
        count += 1
        name = "/".join([*parts[:-1], f"{stem} ({count}){dot}{ending}"])
    return name


def _may_be_notebook(path: str, data: bytes) -> bool:
    if notebooks_among([path]):
        return True
    name = path.rpartition("/")[2].lower()
    plain = "." not in name or name.endswith(_MAYBE)
    return plain and len(data) < 100 * MIB and data[:1] == b"{" and b'"nbformat"' in data


def _scores(data: bytes, published: Published) -> dict[str, tuple[int, int]]:
    """Of each unit, how many of its cells are there, and how many answers were written."""
    try:
        notebook = read_notebook(data)
    except Unreadable:
        return {}
    scores = {}
    for unit, cells in published.items():
        named = identities(notebook.cells, cells)
        stubs = {
            cell.grade_id: as_anybody_has_it(cell.grade_id, cell.source, unit)
            for cell in cells
            if cell.solution
        }
        written = {
            name
            for name, cell in zip(named, notebook.cells, strict=True)
            if name in stubs and tidy(cell.source) not in stubs[name]
        }
        scores[unit] = len(set(named) - {None}), len(written)
    return scores
