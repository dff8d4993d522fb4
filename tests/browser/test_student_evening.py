"""A student's evening in a browser: the lesson, its unit, the report of ``comprobar``, the mark."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import nbformat
from notebook_page import NotebookPage, errors, printed
from playwright.sync_api import Page

from autograder.sandbox.availability import isolation_problem

LESSON = "course/1_convolucion.ipynb"
UNIT = "1_convolucion/convolucion.ipynb"
FUNCTIONS = ("correlacion2d", "convolucion_verdadera", "correlacion_multicanal", "conv2d")


def solutions(source) -> dict[str, str]:
    """What a student who knows would write in each cell of the unit."""
    cells = nbformat.read(source, as_version=4).cells
    return {
        cell.id: re.sub(r"\n *### (INICIO|FIN) SOLUCIÓN", "", cell.source)
        for cell in cells
        if cell.cell_type == "code" and "### INICIO SOLUCIÓN" in cell.source
    }


def test_from_the_lesson_to_the_mark(page: Page, course_copy, serving):
    with serving(course_copy, "make lab") as lab:
        lesson = NotebookPage(page, lab, course_copy, LESSON)
        lesson.run_all()
        assert errors(lesson.stored()) == []

        unit = NotebookPage(page, lab, course_copy, f"release/{UNIT}")
        written = solutions(course_copy / "source" / UNIT)
        assert len(written) == len(FUNCTIONS)
        sources: dict[str, str] = {}
        for _ in range(3):
            # JupyterLab, on a busy machine, loses a key now and then: whoever sees it writes again.
            for cell_id, source in written.items():
                if sources.get(cell_id) != source:
                    unit.write(cell_id, source)
            unit.run_all()
            stored = unit.stored()
            sources = {cell.id: cell.source for cell in stored.cells}
            if all(sources[cell_id] == source for cell_id, source in written.items()):
                break
        assert {cell_id: sources[cell_id] for cell_id in written} == written
        assert errors(stored) == []
        for function in FUNCTIONS:
            report = printed(stored, f"{function.replace('_', '-')}-comprobacion")
            assert f"✔ 1_convolucion.{function}: todo correcto" in report
    if isolation_problem() and not os.environ.get("CI"):
        return
    handed_in = course_copy / "submitted" / "ana" / UNIT
    handed_in.parent.mkdir(parents=True)
    shutil.copy(unit.file, handed_in)
    for order in (["publicar"], ["calificar", "1_convolucion"]):
        ended = subprocess.run(
            [course_copy / ".venv" / "bin" / "curso", *order],
            cwd=course_copy,
            env=os.environ | {"COLUMNS": "120"},
            capture_output=True,
            encoding="utf-8",
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "ana · 1_convolucion · 20 / 20" in ended.stdout
