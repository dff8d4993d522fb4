"""The site runs a lesson once, and Ctrl-C in the middle of a cell is an order to stop."""

from __future__ import annotations

import nbformat
import pytest

from sitio import lessons

# The kernel's parent is who runs the lesson: this is Ctrl-C, at a moment that no clock decides.
PRESSED = "import os, signal, time\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(60)"


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.setattr(lessons, "CACHE", tmp_path / "cache")
    work = tmp_path / "trabajo"
    work.mkdir()

    def run(code: str):
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(code, id="celda")],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, tmp_path / "leccion.ipynb")
        return lessons.executed(tmp_path / "leccion.ipynb", work)

    return run


def test_a_lesson_that_ended_is_not_run_again(lesson):
    once = "open('veces', 'a').write('x')\nprint(len(open('veces').read()))"
    first, again = lesson(once), lesson(once)
    assert first.cells[0].outputs[0].text == again.cells[0].outputs[0].text == "1\n"


def test_a_lesson_that_stops_is_told_in_a_line(lesson):
    with pytest.raises(lessons.LessonStopped) as told:
        lesson("raise ValueError('dos\\nlíneas')")
    assert str(told.value) == "La lección leccion se detuvo en una celda: ValueError: dos"


def test_what_a_lesson_folds_gives_no_answer_away_on_the_site():
    question = 'Predice(\n    "¿Cuánto?",\n    3,\n    "Porque sí.",\n)'
    asked = nbformat.v4.new_output("display_data", data={"text/html": "<p>¿Cuánto?</p>"})
    compiling = "conv2d_lib: compilando los kernels; solo la primera vez, unos…\n"
    drawn = nbformat.v4.new_output("stream", text=compiling + "0,5\n")
    cells = {
        "pregunta": (question, [asked]),
        "dos": (f"display(\n    {question},\n)", [asked]),
        "dibuja": ("plt.plot(x)", [drawn]),
        "comprueba": ("assert x == 3", []),
        "compila": ("assert f() == 3", [nbformat.from_dict(drawn | {"text": compiling})]),
    }
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Título")])
    for name, (source, outputs) in cells.items():
        cell = nbformat.v4.new_code_cell(source, id=name, outputs=outputs)
        cell.metadata["jupyter"] = {"source_hidden": True}
        notebook.cells.append(cell)
    page = {cell.id: cell for cell in lessons.for_the_site(notebook, "course/x.ipynb").cells}
    tags = {name: page[name].metadata.tags for name in cells}
    assert tags == {
        "pregunta": ["remove-input"], "dos": ["remove-input"],
        "dibuja": ["hide-input"], "comprueba": ["remove-cell"],
        "compila": ["remove-cell"],
    }  # fmt: skip
    assert page["dibuja"].outputs[0].text == "0,5\n"


@pytest.mark.parametrize("compared", [True, False])
def test_an_explorer_that_calls_a_function_says_that_the_page_has_no_python(compared):
    view = nbformat.v4.new_output("display_data", data={lessons.VIEW: {"model_id": "uno"}})
    cell = nbformat.v4.new_code_cell("Explorador(funcion=mia)", id="uno", outputs=[view])
    state = {"estado": {}, "imagenes": [], "con_funcion": compared}
    widgets = {lessons.STATE: {"state": {"uno": {"state": state}}}}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Título"), cell], metadata={"widgets": widgets}
    )
    shown = lessons.for_the_site(notebook, "course/x.ipynb").cells[-1].outputs[0].data["text/html"]
    assert 'data-widget="explorador"' in shown
    assert ("aquí no hay Python" in shown) is compared


def test_ctrl_c_in_the_middle_of_a_cell_stops_the_order_and_its_kernel(lesson, capfd):
    with pytest.raises(KeyboardInterrupt):
        lesson(PRESSED)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("code", "depends"), [("from autograder import comprobar", 2), ("1", 1)])
def test_a_lesson_runs_again_when_what_it_calls_changes(monkeypatch, tmp_path, code, depends):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    monkeypatch.setattr(lessons, "ROOT", tmp_path)
    digests = {lessons._libraries(notebook)}
    for package in ("conv2d_lib", "autograder"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "x.py").write_text(package)
        digests.add(lessons._libraries(notebook))
    assert len(digests) == depends + 1
