"""A notebook's bytes, whatever wrote them: read as far as can be, or refused with a reason."""

import io
import json
import zipfile

import nbformat
import pytest
from classroom import FIXTURES, cell, solved

from autograder.submission.new_nodes import (
    code_cell,
    data_output,
    error_output,
    markdown_cell,
    stream_output,
    value_output,
)
from autograder.submission.notebook_reader import MAX_BYTES, Unreadable, read_notebook
from autograder.submission.restoring import PublishedCell, recognised, restore

NOTEBOOKS = FIXTURES / "notebooks"
FUNCTIONS = ("correlacion2d", "convolucion-verdadera")
PUBLISHED = [
    published
    for name in FUNCTIONS
    for published in (
        PublishedCell(f"{name}-solucion", "code", "pass", None, False, False, True, False, None),
        PublishedCell(
            f"{name}-comprobacion",
            "code",
            f"comprobar('1_convolucion.{name.replace('-', '_')}', None)",
            "suma",
            True,
            True,
            False,
            False,
            5.0,
        ),
    )
]


def read(name):
    return read_notebook((NOTEBOOKS / f"{name}.ipynb").read_bytes())


@pytest.mark.parametrize(
    "name",
    [
        "nbformat-3",
        "nbformat-4.0",
        "colab",
        "vscode-sin-nbgrader",
        "celdas-duplicadas",
        "sin-metadatos-ni-ids",
        "nan-y-campos-rotos",
    ],
)
def test_every_tools_notebook_gets_its_graded_cells_back(name):
    notebook = read(name)
    restore(notebook, PUBLISHED)
    graded = [one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade")]
    assert [one.source for one in graded] == [one.source for one in PUBLISHED if one.grade]
    assert len({one.id for one in notebook.cells}) == len(notebook.cells)
    assert any("def correlacion2d" in one.source for one in notebook.cells)
    assert all(one.outputs == [] for one in notebook.cells if one.cell_type == "code")
    assert notebook.metadata.kernelspec.name == "python3"
    assert {key for one in notebook.cells for key in one.metadata} <= {"nbgrader"}
    nbformat.validate(notebook)


def test_cells_are_those_of_nbformat_and_none_is_compared_with_its_schema(monkeypatch):
    assert code_cell("x = 1", "uno") == nbformat.v4.new_code_cell("x = 1", id="uno")
    assert markdown_cell("*x*", "dos") == nbformat.v4.new_markdown_cell("*x*", id="dos")
    data, seen = nbformat.writes(solved()).encode(), []
    monkeypatch.setattr(nbformat, "validate", lambda node, *args, **kwargs: seen.append(node))
    restore(read_notebook(data), PUBLISHED)
    assert not any("cell_type" in node for node in seen)


def test_outputs_are_those_of_nbformat():
    new_output, data = nbformat.v4.new_output, {"text/plain": "4.5"}
    assert stream_output("hola", "stderr") == new_output("stream", name="stderr", text="hola")
    assert error_output("Fallo", "cosa", ["a", "b"]) == new_output(
        "error", ename="Fallo", evalue="cosa", traceback=["a", "b"]
    )
    assert data_output(data) == new_output("display_data", data=data)
    assert value_output("4.5") == new_output("execute_result", data=data, execution_count=1)


def test_answers_are_recognised_by_their_ids_when_vs_code_lost_nbgraders_metadata():
    notebook = read("vscode-sin-nbgrader")
    assert recognised(notebook, PUBLISHED) == len(PUBLISHED)
    assert restore(notebook, PUBLISHED) == []
    assert cell(notebook, "correlacion2d-solucion").metadata.nbgrader.solution is True


def test_of_a_cell_that_is_there_twice_the_last_one_counts():
    notebook = read("celdas-duplicadas")
    notes = restore(notebook, PUBLISHED)
    assert "la celda «correlacion2d-solucion» está repetida: cuenta la última" in notes
    (counted,) = (
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == "correlacion2d-solucion"
    )
    assert "Correlación cruzada" in counted.source


def test_deleted_graded_cells_come_back_at_the_end():
    notebook = read("vscode-sin-nbgrader")
    notebook.cells = [one for one in notebook.cells if not one.id.endswith("-comprobacion")]
    (note,) = restore(notebook, PUBLISHED)
    assert "faltaban celdas calificadas" in note
    assert "correlacion2d-comprobacion" in note
    assert [one.metadata.nbgrader.points for one in notebook.cells[-2:]] == [5.0, 5.0]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("cortado", "no es JSON válido"),
        ("vacio", "está vacío"),
        ("pagina-web", "es una página web"),
        ("lista", "no un cuaderno"),
        ("sin-celdas", "no tiene celdas"),
        ("version-desconocida", "versión del formato de cuadernos que no se conoce: 7"),
        ("no-es-utf8", "no está en UTF-8"),
        ("celda-que-no-es-celda", "su celda 1 no es una celda"),
    ],
)
def test_what_is_no_notebook_is_refused_with_its_reason(name, reason):
    with pytest.raises(Unreadable, match=reason):
        read(name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" " * (MAX_BYTES + 1), "se admiten 20"),
        (b"[" * 200_000 + b"]" * 200_000, "anidamiento excesivo"),
        (b'{"nbformat": ' + b"9" * 10_000 + b"}", 'pone "999999999999…" como versión'),
        (b'{"nbformat": true, "cells": []}', "pone true como versión"),
        (json.dumps({"nbformat": 4, "cells": [{}] * 3000}).encode(), "tiene 3000 celdas"),
        (
            json.dumps(
                {"nbformat": 4, "cells": [{"cell_type": "code", "source": "#" * (2 << 20)}]}
            ).encode(),
            "pasa de 1 MB",
        ),
        (b'{"nbformat": 4, "cells": [{"source": {"a": 1}}]}', "no es texto"),
        (b"PK\x03\x04\xff\xfe", "es un zip"),
        (b"%PDF-1.7\n1 0 obj", "es un PDF"),
        (b"%PDF-1.7\n\xff\xfe", "es un PDF"),
        ('{"nbformat": 4}'.encode("utf-16"), "UTF-16"),
        (b'{\n<<<<<<< HEAD\n"a": 1\n=======\n>>>>>>> otra\n}', "conflicto"),
        (b'{"nbformat": 3, "worksheets": 5}', "antiguo, y dañado"),
    ],
    ids=[
        "too big",
        "deeply nested",
        "huge integer",
        "version is a boolean",
        "too many cells",
        "huge cell",
        "source is an object",
        "zip",
        "PDF",
        "PDF with pictures",
        "UTF-16",
        "conflict of git",
        "broken old format",
    ],
)
def test_hostile_sizes_and_shapes_are_refused_with_their_reason(data, reason):
    with pytest.raises(Unreadable, match=reason):
        read_notebook(data)


def of_one_cell(version: str = "4", cell: str = "", rest: str = "") -> bytes:
    cell = cell or '{"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": []}'
    return f'{{"nbformat": {version}, "metadata": {{}}, "cells": [{cell}]{rest}}}'.encode()


@pytest.mark.parametrize(
    ("version", "shown"),
    [
        *((one, one) for one in ("NaN", "Infinity", "null", "true", "4.5", '"4"')),
        ("[4]", "…"),
        ("1e400", "Infinity"),
    ],
)
def test_a_version_that_is_no_number_is_shown_as_it_was_written(version, shown):
    with pytest.raises(Unreadable) as said:
        read_notebook(of_one_cell(version))
    assert (
        f"pone {shown} como versión del formato de cuadernos, y ahí va un número"
        in said.value.args[0]
    )


def _zip(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(name, "x" * 99)
    return packed.getvalue()


OTHERS = {
    "nothing": (b"", "está vacío"),
    "zeros": (bytes(99), "está lleno de ceros"),
    "notebook in a zip": (_zip("convolucion.ipynb"), "es un zip con otro nombre: saca de él"),
    "other zip": (_zip("fotos/1.txt"), "no hay ningún cuaderno"),
    "Word": (_zip("word/document.xml"), "es un documento de Word"),
    "gzip": (b"\x1f\x8b\x08\0", r"comprimido \(gzip\)"),
    "7z": (b"7z\xbc\xaf\x27\x1c", r"comprimido \(7z\)"),
    "RAR": (b"Rar!\x1a\x07", r"comprimido \(RAR\)"),
    "picture": (b"\x89PNG\r\n\x1a\n", "es una imagen"),
    "login page": (b"<!DOCTYPE html><title>Iniciar sesi\xc3\xb3n", "es una página web"),
    "login page in Latin-1": (b"\n <html>Iniciar sesi\xf3n", "es una página web"),
    "login page with a mark": (b"\xef\xbb\xbf<html>", "es una página web"),
    "Git LFS": (b"version https://git-lfs.github.com/spec/v1", "git lfs pull"),
    "script": (b"import numpy as np\nx = 1\n", "empieza por «import numpy as np»"),
    "UTF-16": (of_one_cell().decode().encode("utf-16-be"), "UTF-16"),
    "UTF-16 with its mark": (b"\xfe\xff" + of_one_cell().decode().encode("utf-16-be"), "UTF-16"),
    "UTF-32": (of_one_cell().decode().encode("utf-32"), "UTF-32"),
    "Latin-1": (of_one_cell(cell='"año"').decode().encode("latin-1"), "no está en UTF-8"),
    "answer of a page": (b'{"error": "login required"}', "no un cuaderno: no tiene celdas"),
    "no version": (b'{"cells": []}', "falta nbformat"),
    "cell that is NaN": (of_one_cell(cell="NaN"), "su celda 1 no es una celda"),
    "text that is NaN": (of_one_cell(cell='{"source": NaN}'), "su celda 1 no es texto"),
    "text that is a number": (of_one_cell(cell='{"source": ["x", 7]}'), "su celda 1 no es texto"),
}


@pytest.mark.parametrize(("data", "reason"), OTHERS.values(), ids=OTHERS)
def test_what_comes_under_a_notebook_s_name_is_said_to_be_what_it_is(data, reason):
    with pytest.raises(Unreadable, match=reason) as said:
        read_notebook(data)
    assert "\n" not in said.value.args[0]


@pytest.mark.parametrize(
    "data",
    [
        of_one_cell("4.0"),
        of_one_cell(rest=', "nbformat_minor": NaN'),
        of_one_cell(rest=f', "nbformat_minor": {"9" * 9999}'),
        of_one_cell(cell='{"cell_type": "code", "source": "x = 1", "metadata": {"a": 1e999}}'),
        of_one_cell(cell='{"cell_type": "code", "source": "x = 1", "execution_count": "7"}'),
        b"\xef\xbb\xbf" * 2 + of_one_cell(),
    ],
    ids=["4.0", "NaN", "huge integer", "infinite", "number as text", "marked twice"],
)
def test_a_value_that_no_mark_depends_on_costs_nothing(data):
    notes: list[str] = []
    (only,) = read_notebook(data, notes).cells
    assert (only.cell_type, only.source, notes) == ("code", "x = 1", [])


def test_where_a_name_comes_twice_the_last_one_counts_and_it_is_said():
    notes: list[str] = []
    twice = '{"cell_type": "code", "source": "x = 1", "source": "x = 2", "a": 1, "a": 2}'
    (only,) = read_notebook(of_one_cell(cell=twice), notes).cells
    assert only.source == "x = 2"
    assert notes == ["en su JSON hay nombres repetidos («source»): cuenta el último"]


@pytest.mark.parametrize("kind", ["NaN", "7", '"codigo"', "null"])
def test_a_cell_of_no_known_kind_does_not_become_text_in_silence(kind):
    notes: list[str] = []
    one = f'{{"cell_type": {kind}, "source": "x = 1"}}'
    (only,) = read_notebook(of_one_cell(cell=one), notes).cells
    assert only.cell_type == "markdown"
    (note,) = notes
    assert note.startswith("su celda 1 es de un tipo que no se conoce (")
