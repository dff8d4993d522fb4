"""What the exercises promise: to the instructor (source/) and to the student (release/)."""

import ast
import os
import re
from functools import cache
from pathlib import Path
from unittest.mock import MagicMock

import nbformat
import pytest
import spanish
from nbclient import NotebookClient
from nbgrader.nbgraderformat import MetadataValidator

from autograder.checks import UNITS, checks_of
from autograder.course.folder import Course
from autograder.nbgrader_ext import publishing
from autograder.nbgrader_ext.settings import BEGIN_SOLUTION, END_SOLUTION, STUB, TEXT_STUB

ROOT = Path(__file__).parents[2]

# The contract that submissions depend on, written here once more on purpose.
SIGNATURES = {
    "1_convolucion": {
        "correlacion2d": "imagen, kernel",
        "convolucion_verdadera": "imagen, kernel",
        "correlacion_multicanal": "imagen, kernel",
        "conv2d": "x, kernel, bias",
    },
    "2_filtros": {
        "filtro_sobel": "eje",
        "filtro_gaussiano": "tamano, sigma",
        "parametros_conv2d": "kernel_size, canales_entrada, filters, use_bias=True, groups=1",
        "parametros_dense": "entradas, unidades, use_bias=True",
        "normalizar_filtros": "kernel",
    },
    "3_mapas_de_caracteristicas": {
        "capa_basica": "",
        "capa_stride2": "",
        "campo_receptivo": "capas",
        "extraer_mapas": "modelo, nombre_capa, x",
        "filtros_aprendidos": "modelo",
    },
    "4_padding": {
        "tamano_salida": "n, kernel_size, strides=1, padding='valid', dilation_rate=1",
        "relleno_same": "n, kernel_size, strides=1, dilation_rate=1",
        "rellenar": "x, kernel_size, strides=1",
        "conv2d": "x, kernel, bias, strides=1, padding='valid'",
        "max_pooling2d": "x, pool_size, strides=None, padding='valid'",
        "average_pooling2d": "x, pool_size, strides=None, padding='valid'",
        "conv2d_dilatada": "x, kernel, bias, dilation_rate=1",
        "conv2d_grupos": "x, kernel, bias, groups=1",
    },
    "5_fashion_mnist": {
        "construir_cnn": "",
        "construir_mlp": "",
        "construir_mlp_equivalente": "",
        "parametros_totales": "modelo",
        "mapas_primera_conv": "modelo, imagenes",
        "redes_entrenadas": "",
    },
}
ACCEPTANCE = "redes-entrenadas-comprobacion"
BONUS = {"conv2d_dilatada", "conv2d_grupos"}
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}

each_unit = pytest.mark.parametrize("unit", SIGNATURES)
each_function = pytest.mark.parametrize(
    ("unit", "function"), [(unit, name) for unit, named in SIGNATURES.items() for name in named]
)
own_implementation = pytest.mark.parametrize("unit", ["1_convolucion", "2_filtros", "4_padding"])
both_versions = pytest.mark.parametrize("version", ["source", "release"])


def path_of(unit, version):
    return ROOT / version / unit / f"{UNITS[unit].notebook}.ipynb"


@cache
def read(unit, version="source"):
    return nbformat.read(path_of(unit, version), as_version=4)


def role(unit, function, name, version="source"):
    """The cell of a function that plays a role: enunciado, solucion, ejemplos, comprobacion."""
    wanted = f"{function.replace('_', '-')}-{name}"
    return next(cell for cell in read(unit, version).cells if cell.id == wanted)


def graded(notebook, cell_type="code"):
    return [c for c in notebook.cells if c.cell_type == cell_type and is_graded(c)]


def is_graded(cell):
    return cell.metadata.get("nbgrader", {}).get("grade", False)


def prose(unit):
    return [cell for cell in read(unit).cells if cell.cell_type == "markdown"]


# --- what is asked, and what it is worth ----------------------------------------------------------


@each_unit
def test_each_check_of_the_judge_is_asked_once_with_its_function(unit):
    assert set(checks_of(unit)) == {f"{unit}.{name}" for name in SIGNATURES[unit]}
    asked = [cell.source for cell in graded(read(unit))]
    assert asked == [f'comprobar("{unit}.{name}", {name})' for name in SIGNATURES[unit]]


@each_function
def test_the_student_sees_the_signature_of_the_contract(unit, function):
    for version in ("source", "release"):
        defined = ast.parse(role(unit, function, "solucion", version).source).body[0]
        assert defined.name == function
        assert ast.unparse(defined.args) == SIGNATURES[unit][function]
        assert ast.get_docstring(defined)


@each_unit
def test_a_unit_is_worth_20_points_and_the_bonus_is_named(unit):
    points = {}
    for cell in read(unit).cells:
        if is_graded(cell):
            points[cell.id] = cell.metadata.nbgrader.points
    bonus = {f"{name.replace('_', '-')}-comprobacion" for name in BONUS} & set(points)
    assert sum(points.values()) - sum(points[name] for name in bonus) == 20
    assert all(isinstance(worth, int) and worth > 0 for worth in points.values())
    told = " ".join(cell.source for cell in prose(unit))
    assert told.count("(extra)") == len(bonus)


@each_function
def test_the_statement_tells_the_points(unit, function):
    worth = role(unit, function, "comprobacion").metadata.nbgrader.points
    heading = role(unit, function, "enunciado").source.splitlines()[0]
    assert heading.endswith(f"· {worth} puntos")
    assert ("(extra)" in heading) == (function in BONUS)


def test_the_homework_has_one_question_for_a_person():
    (question,) = graded(read("5_fashion_mnist"), "markdown")
    assert question.metadata.nbgrader.solution
    statement = next(c for c in prose("5_fashion_mnist") if c.id == "interpretacion-enunciado")
    points = question.metadata.nbgrader.points
    assert statement.source.splitlines()[0].endswith(f"· {points} puntos")
    assert sum(1 for unit in SIGNATURES for _ in graded(read(unit), "markdown")) == 1


# --- what the statements say ----------------------------------------------------------------------


def plain(text):
    """Numbers as code writes them: 100 480, 100_480 -> 100480; 0,25 -> 0.25; − -> -."""
    text = re.sub(r"(?<=\d)[\u00a0 _](?=\d{3}\b)", "", text)
    return re.sub(r"(?<=\d),(?=\d)", ".", text).replace("−", "-")


@each_function
def test_the_statement_has_a_number_worked_by_hand_that_the_examples_confirm(unit, function):
    statement = role(unit, function, "enunciado").source
    _, worked = re.split(r"\*\*Un número a mano\.\*\*", statement)
    worked = re.split(r"\*\*Predice|<details>", worked)[0]
    numbers = re.findall(r"\*\*(.+?)\*\*", plain(worked))
    examples = plain(role(unit, function, "ejemplos").source)
    assert numbers
    for number in numbers:
        assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", examples), number


@each_function
def test_the_statement_asks_for_a_prediction_and_keeps_a_hint_closed(unit, function):
    statement = role(unit, function, "enunciado").source
    assert "Predice" in statement
    assert "**Recibe**" in statement
    assert "**Devuelve**" in statement
    (hint,) = re.findall(
        r"<details><summary>Pista</summary>\n\n(.+?)\n\n</details>", statement, re.DOTALL
    )
    assert len(hint) > 40


@each_unit
def test_links_lead_to_the_lessons(unit):
    links = [link for cell in prose(unit) for link in re.findall(r"\]\(([^)]+)\)", cell.source)]
    assert links[0] == f"../../course/{unit}.ipynb"
    for link in links:
        assert (path_of(unit, "source").parent / link).resolve().is_file(), link


@each_unit
def test_spanish_has_its_accents_and_signs(unit):
    for cell in read(unit).cells:
        text = spanish.readable(cell)
        assert spanish.misspelt(text) == [], cell.id
        assert text.count("?") == text.count("¿"), cell.id
        assert text.count("!") == text.count("¡"), cell.id


# --- the files ------------------------------------------------------------------------------------


@each_unit
def test_source_is_stored_in_canonical_form(unit):
    notebook = read(unit)
    assert notebook.metadata == METADATA
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    stored = path_of(unit, "source").read_text(encoding="utf-8")
    assert stored == nbformat.writes(notebook) + "\n"
    assert {c.id for c in notebook.cells if len(c.source.splitlines()) > 25} == set()


@both_versions
@each_unit
def test_no_outputs_are_stored_and_ids_are_words(unit, version):
    cells = read(unit, version).cells
    for cell in cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell.id)
        assert cell.metadata.get("nbgrader", {}).get("grade_id", cell.id) == cell.id
    ids = [cell.id for cell in cells]
    assert len(ids) == len(set(ids))


@both_versions
@each_unit
def test_nbgrader_accepts_the_metadata(unit, version):
    MetadataValidator().validate_nb(read(unit, version))


@own_implementation
def test_numpy_is_all_that_a_unit_of_own_implementation_needs(unit):
    needed = set()
    for cell in read(unit).cells:
        if cell.cell_type == "code":
            # At the top of a cell: what a figure would like to have stands inside a try.
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.Import):
                    needed |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    needed.add(node.module)
    assert needed == {"numpy", "autograder"}


def test_release_is_what_source_gives():
    stale = publishing.outdated(Course(ROOT), SIGNATURES)
    assert stale == [], "run «curso publicar» and commit release/"


@each_function
def test_release_keeps_the_solution_and_gives_a_spanish_stub(unit, function):
    text = role(unit, function, "solucion").source
    solution = text.split(BEGIN_SOLUTION, 1)[1].split(END_SOLUTION, 1)[0]
    seen = role(unit, function, "solucion", "release").source
    assert all(line.strip() in seen for line in STUB.splitlines())
    assert [line for line in solution.splitlines() if line.strip() and line in seen] == []
    assert "todavía no está escrita" in seen


def test_release_keeps_the_answer_of_the_question():
    (question,) = graded(read("5_fashion_mnist", "release"), "markdown")
    assert question.source == TEXT_STUB


# --- run ------------------------------------------------------------------------------------------


def execute(unit, version, folder, **variables):
    notebook = nbformat.read(path_of(unit, version), as_version=4)
    if version == "source":
        notebook.cells = list(with_challenges_answered(notebook.cells))
    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        notebook, timeout=240, resources=where, kernel_name="python3", allow_errors=True
    )
    client.execute(env={**os.environ, **variables})
    return notebook


def printed(cell):
    outputs = cell.get("outputs", [])
    return "".join(output.text for output in outputs if output.get("name") == "stdout")


def with_challenges_answered(cells):
    """The cells, and after each challenge it once more with the answer that the next one hides."""
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        yield cell
        if cell.id in challenges(cells):
            (answer,) = re.findall(r"```python\n(.+?)\n```", following.source, re.DOTALL)
            yield nbformat.v4.new_code_cell(answered(cell.source, answer), id=f"{cell.id}-otra-vez")


def answered(source, answer):
    """The code of a challenge with what the answer defines in the place of what stood there."""
    given = names_given(ast.parse(answer).body)
    lines = source.splitlines()
    for node in reversed(ast.parse(source).body):
        if names_given([node]) & given:
            lines[node.lineno - 1 : node.end_lineno] = []
    defined = [node.end_lineno for node in ast.parse(source).body if is_definition(node)]
    place = max(defined, default=0)
    return "\n".join([*lines[:place], answer, *lines[place:]])


def names_given(statements):
    targets = [t for node in statements if isinstance(node, ast.Assign) for t in node.targets]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def is_definition(node):
    return isinstance(node, ast.FunctionDef)


def challenges(cells):
    return [c.id for c in cells if c.cell_type == "code" and c.id.startswith("reto-")]


@both_versions
@each_unit
def test_a_unit_ends_with_two_challenges_that_no_mark_depends_on(unit, version):
    cells = read(unit, version).cells
    assert len(challenges(cells)) == 2
    for cell in cells:
        marked = cell.metadata.get("nbgrader", {})
        assert not cell.id.startswith("reto") or not (marked.get("grade") or marked.get("solution"))
        assert (
            not cell.id.endswith("-respuesta")
            or cell.id.startswith("interpretacion")
            or (cell.source.startswith("<details><summary>Una respuesta</summary>"))
        )


@each_unit
def test_the_solutions_earn_full_marks(unit, tmp_path):
    notebook = execute(unit, "source", tmp_path, CURSO_DATOS_CORTOS="1")
    told = {cell.id: printed(cell) for cell in notebook.cells}
    for challenge in challenges(read(unit).cells):
        assert told[challenge].startswith("○ Todavía no: ")
        assert told[f"{challenge}-otra-vez"].startswith("✔ L")
    errors = {
        cell.id: output.evalue
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    }
    if unit == "5_fashion_mnist":  # trained for a moment: of no use to hand in
        assert "la CNN llega al 91 %" in errors.pop(ACCEPTANCE)
    assert errors == {}
    for cell in graded(notebook):
        assert cell.id == ACCEPTANCE or ": todo correcto" in printed(cell), cell.id
    figures = [
        output.data
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert all('alt="' in data.get("text/html", "") for data in figures)


@each_unit
def test_an_untouched_release_runs_to_its_end_and_says_what_is_missing(unit, tmp_path):
    # As nbgrader runs it for its student: to grade, only a sandbox will do.
    notebook = execute(unit, "release", tmp_path, NBGRADER_EXECUTION="validate")
    assert len(graded(notebook)) == len(SIGNATURES[unit])
    for cell in graded(notebook):
        assert "esta función todavía no está escrita" in printed(cell), cell.id
    # Nothing is trained, and no data is asked for, while a submission is graded.
    told = "".join(printed(cell) for cell in notebook.cells)
    assert not re.search("Entrenando|para entrenar", told)
    assert list(tmp_path.iterdir()) == []


def test_weights_that_exist_are_read_instead_of_trained(tmp_path):
    cells = {cell.id: cell.source for cell in read("5_fashion_mnist").cells}
    names = {"keras": MagicMock(), "Path": Path, "epocas": 12}
    names |= dict.fromkeys(("x_train", "y_train", "x_val", "y_val"), range(256))
    exec(cells["ajustar-solucion"], names)
    exec(cells["receta"], names)
    weights = tmp_path / "cnn.weights.h5"

    new = MagicMock()
    names["entrenar"](new, weights)
    new.fit.assert_called_once()
    new.save_weights.assert_called_once_with(weights)

    weights.touch()
    again = MagicMock()
    names["entrenar"](again, weights)
    again.fit.assert_not_called()
    again.load_weights.assert_called_once_with(weights)


@both_versions
def test_the_test_images_are_looked_at_once_and_after_everything_is_chosen(version):
    cells = [c for c in read("5_fashion_mnist", version).cells if c.cell_type == "code"]
    looks = [n for n, cell in enumerate(cells) if re.search(r"x_test|y_test|examen\[", cell.source)]
    assert [cells[n].id for n in looks] == ["examen"]
    chosen = [
        n for n, cell in enumerate(cells) if re.search(r"\.fit\(|entrenar\(|ajustar\(", cell.source)
    ]
    assert max(chosen) < looks[0]
    assert all("validation_data=(x_test" not in cell.source for cell in cells)
