"""A notebook's bytes, whatever wrote them: read as far as can be, or refused with a reason."""

import json

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
        ("no-es-utf8", "no es texto en UTF-8"),
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
        (b'{"nbformat": ' + b"9" * 10_000 + b"}", "no es JSON válido"),
        (b'{"nbformat": true, "cells": []}', "no dice en qu"),
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
