"""Leer el cuaderno de un estudiante, venga como venga: se copia lo conocido y nada más."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat
from nbformat import NotebookNode

from ..common.limits import MAX_NOTEBOOK_BYTES
from ..common.one_line import one_line
from ..common.regular_files import Unreadable
from .inline_pictures import Album
from .lean_json import NotLean, TooManyPieces, without_outputs
from .new_nodes import code_cell, markdown_cell
from .other_files import not_in_utf8, not_json, what_it_is

MAX_FILE = MAX_NOTEBOOK_BYTES
MAX_BYTES = 20 << 20  # Without them.
SMALL = 1 << 20  # Up to here, reading it whole costs nothing.
MAX_CELLS = 2000
MAX_SOURCE = 1 << 20
MAX_SOURCES = 8 << 20
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# Where the same name comes twice, Python and Jupyter read the last one.
_THAT_MATTER = frozenset(
    {"nbformat", "cells", "worksheets", "cell_type", "source", "input", "id", "metadata"}
)
_KINDS = ("code", "markdown", "raw", "html")  # The last one, of old versions.
_MOST_DIGITS = 4000  # Of a number: Python refuses a few more, and what it says is of no help.
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def read_notebook(data: bytes, notes: list[str] | None = None) -> NotebookNode:
    """The notebook in ``data`` as nbformat 4.5, with no outputs and only metadata of nbgrader.

    Colab, VS Code and old versions of Jupyter write fields of their own, or no cell ids: what is
    not needed for grading stays behind.

    Parameters
    ----------
    data : bytes
    notes : list of str, optional
        What a person wrote and cannot be kept is said here.

    Raises
    ------
    Unreadable
        If it is no JSON, no notebook, of an unknown version, or beyond all measure.
    """
    said: list[str] = [] if notes is None else notes
    tree = _parse(data, said)
    version = _version(tree)
    if version not in (2, 3, 4):
        raise Unreadable(
            f"está en una versión del formato de cuadernos que no se conoce: {str(version)[:6]}"
        )
    cells = tree.get("cells") if version == 4 else _cells_of_worksheets(tree.get("worksheets"))
    if not isinstance(cells, list):
        raise Unreadable("es JSON, pero no un cuaderno: no tiene celdas")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"tiene {len(cells)} celdas; se admiten hasta {MAX_CELLS}")
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    notebook.nbformat_minor = 5
    ids: set[str] = set()
    album = Album()
    for number, cell in enumerate(cells, 1):
        notebook.cells.append(_clean_cell(cell, number, ids, album, said))
    if sum(len(cell.source) for cell in notebook.cells) > MAX_SOURCES:
        raise Unreadable(f"el texto de sus celdas pasa de {MAX_SOURCES >> 20} MB")
    if album.left_out:
        said.append(f"sus imágenes pasan de lo que cabe: {album.left_out} no se guardan")
    return notebook


def _parse(data: bytes, notes: list[str]) -> dict[str, Any]:
    if len(data) > MAX_FILE:
        raise Unreadable(
            f"pesa {len(data) >> 20} MB y se admiten {MAX_FILE >> 20}; borra sus salidas y guárdalo"
        )
    if what := what_it_is(data):
        raise Unreadable(what)
    if len(data) > SMALL:
        data = _lean(data)
    if not data.strip():
        raise Unreadable("está vacío")
    try:
        text = data.decode().lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Unreadable(not_in_utf8(data)) from None
    try:
        tree = _tree(text, notes)
    except RecursionError:
        raise Unreadable("es JSON con anidamiento excesivo, no un cuaderno") from None
    except json.JSONDecodeError as error:
        raise Unreadable(not_json(text, error.lineno)) from None
    if not isinstance(tree, dict):
        raise Unreadable("es JSON, pero no un cuaderno")
    return tree


def _tree(text: str, notes: list[str]) -> Any:
    """The JSON in ``text``; ``NaN`` is none, but Python writes it and no value that counts is."""
    repeated: set[str] = set()

    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            repeated.update(name for name in _THAT_MATTER if names.count(name) > 1)
        return found

    try:
        tree = json.loads(text, object_pairs_hook=whole)
    except json.JSONDecodeError:
        raise
    except ValueError:
        # Some number is too long for Python; none of those that count is.
        tree = json.loads(text, object_pairs_hook=whole, parse_int=_bounded)
    if repeated:
        names = ", ".join(f"«{name}»" for name in sorted(repeated))
        notes.append(f"en su JSON hay nombres repetidos ({names}): cuenta el último")
    return tree


def _bounded(digits: str) -> int | str:
    return int(digits) if len(digits) < _MOST_DIGITS else f"{digits[:12]}…"


def _version(tree: dict[str, Any]) -> int:
    """The version of the format that it says that it is in; 4.0 is 4, as for Jupyter."""
    if "nbformat" not in tree:
        if "cells" not in tree:
            raise Unreadable("es JSON, pero no un cuaderno: no tiene celdas")
        raise Unreadable("no dice en qué versión del formato de cuadernos está (falta nbformat)")
    version = tree["nbformat"]
    if type(version) is int or (type(version) is float and version.is_integer()):
        return int(version)
    shown = (
        "…"
        if isinstance(version, (list, dict))
        else one_line(json.dumps(version, ensure_ascii=False), 40)
    )
    raise Unreadable(
        f"pone {shown} como versión del formato de cuadernos, y ahí va un número (nbformat: 4)"
    )


def _lean(data: bytes) -> bytes:
    """What is not output; a file that is no JSON, as it came, for whoever says what is wrong."""
    try:
        lean = without_outputs(data)
    except NotLean:
        lean = data
    except TooManyPieces:
        raise Unreadable("tiene demasiados datos en sus salidas; bórralas y guárdalo") from None
    if len(lean) > MAX_BYTES:
        raise Unreadable(
            f"pesa {len(lean) >> 20} MB y se admiten {MAX_BYTES >> 20}, sin contar las salidas"
        )
    return lean


def _cells_of_worksheets(worksheets: Any) -> Any:
    """Version 3 as version 4: code was called input, and headings were cells of their own."""
    try:
        old = [cell for sheet in worksheets for cell in sheet["cells"]]
        return [
            cell
            | {
                "cell_type": {"heading": "markdown"}.get(cell["cell_type"], cell["cell_type"]),
                "source": cell["input" if cell["cell_type"] == "code" else "source"],
            }
            for cell in old
        ]
    except (TypeError, KeyError):
        raise Unreadable("está en un formato de cuadernos antiguo, y dañado") from None


def _clean_cell(
    cell: Any, number: int, ids: set[str], album: Album, notes: list[str]
) -> NotebookNode:
    if not isinstance(cell, dict):
        raise Unreadable(f"su celda {number} no es una celda")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Unreadable(f"el contenido de su celda {number} no es texto")
    source = source.encode("utf-8", "replace").decode()  # Half of a surrogate pair cannot be saved.
    kind, cell_id = cell.get("cell_type"), _unique_id(cell.get("id"), number, ids)
    pictures: dict[str, dict[str, str]] = {}
    if kind != "code":
        source, pictures = album.paste(source, cell.get("attachments"))
    if len(source) > MAX_SOURCE:
        excess = f"su celda {number} pasa de {MAX_SOURCE >> 20} MB de texto"
        if kind == "code":
            raise Unreadable(excess)
        notes.append(f"{excess}: se guarda hasta ahí")
        source = source[:MAX_SOURCE]
    if kind not in _KINDS:
        shown = one_line(str(kind), 20)
        notes.append(
            f"su celda {number} es de un tipo que no se conoce ({shown}): queda como texto"
        )
    if kind == "code":
        clean = code_cell(source, cell_id)
    elif kind == "markdown":
        clean = markdown_cell(source, cell_id)
        if pictures:
            clean.attachments = pictures
    else:
        # A raw cell is copied as it is into the HTML of the feedback: as text it is only seen.
        clean = markdown_cell(_as_text(source), cell_id)
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if isinstance(marks, dict) and isinstance(marks.get("grade_id"), str):
        clean.metadata["nbgrader"] = {"grade_id": marks["grade_id"]}
    return clean


def _as_text(source: str) -> str:
    return "".join(f"    {line}" for line in source.splitlines(keepends=True))


def _unique_id(wanted: Any, number: int, ids: set[str]) -> str:
    valid = isinstance(wanted, str) and _CELL_ID.fullmatch(wanted) and wanted not in ids
    chosen = wanted if valid else f"celda-{number}"
    while chosen in ids:
        chosen += "-bis"
    ids.add(chosen)
    return chosen
