"""Nothing that a student wrote disappears: what stands in the course's cells, or lost its name."""

from __future__ import annotations

import nbformat
import pytest
from classroom import POINTS, answer, cell, solved
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from autograder.submission.execution import execute
from autograder.submission.graded_cells import check_id_of
from autograder.submission.kept_text import kept_code, kept_markdown
from autograder.submission.notebook_reader import read_notebook
from autograder.submission.published import PublishedCell
from autograder.submission.restoring import restore

HOMEWORK = "5_fashion_mnist"
ANSWER = "interpretacion-respuesta"
STUB = "*ESCRIBE TU RESPUESTA AQUÍ*"
TEXT = "La CNN gana porque comparte pesos entre posiciones."


def published_from(unit: str) -> list[PublishedCell]:
    """What the gradebook would hold, read from the student's version."""
    cells = []
    for one in solved(unit, "release").cells:
        marks = one.metadata.get("nbgrader")
        if marks:
            cells.append(
                PublishedCell(
                    marks.grade_id, one.cell_type, one.source, marks.get("checksum"),
                    marks.locked, marks.grade, marks.solution, marks.get("task", False),
                    marks.get("points"),
                )
            )  # fmt: skip
    return cells


def restored(notebook: NotebookNode, unit: str = "1_convolucion") -> tuple[NotebookNode, list[str]]:
    """As ``curso calificar`` reads it, from its bytes."""
    read = read_notebook(nbformat.writes(notebook).encode())
    return read, restore(read, published_from(unit))


def stripped(notebook: NotebookNode) -> NotebookNode:
    """As Kaggle and Deepnote export it: neither names nor metadata."""
    notebook.nbformat_minor = 4
    for one in notebook.cells:
        one.pop("id", None)
        one.metadata = NotebookNode(trusted=True)
    return notebook


def of(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    (found,) = (
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )
    return found


def waits(notebook: NotebookNode) -> bool:
    """Whether nbgrader asks a person to read the answer."""
    found = of(notebook, ANSWER)
    (known,) = (one for one in published_from(HOMEWORK) if one.grade_id == ANSWER)
    assert found.metadata.nbgrader.checksum == known.checksum
    return determine_grade(found)[0] is None


PUBLISHED_CHECK = 'comprobar("u.f", f)'


@pytest.mark.parametrize(
    ("submitted", "kept"),
    [
        (PUBLISHED_CHECK, ""),
        (f"\n{PUBLISHED_CHECK}  \n\n", ""),
        ("comprobar('u.f',f)", ""),
        ('comprobar("u.f", otra)', ""),
        ("", ""),
        (f"def f():\n    return 1\n\n{PUBLISHED_CHECK}", "def f():\n    return 1"),
        (f"{PUBLISHED_CHECK}\n\n\ndef g():\n    return 1", "def g():\n    return 1"),
        (f"# no me sale\n{PUBLISHED_CHECK}", "# no me sale"),
        (f"x = 1; {PUBLISHED_CHECK}", f"x = 1; {PUBLISHED_CHECK}"),
        (f"%matplotlib inline\n{PUBLISHED_CHECK}", "%matplotlib inline"),
        (f"def f(:\n{PUBLISHED_CHECK}", "def f(:"),
        ("100", "100"),
        (f"x = '\x0c\u2028'\n{PUBLISHED_CHECK}", "x = '\x0c\u2028'"),
        (f"x = '\\d'\n{PUBLISHED_CHECK}", "x = '\\d'"),
    ],
)
def test_of_a_check_what_is_not_the_courses_is_kept(submitted, kept):
    assert kept_code(submitted, PUBLISHED_CHECK) == kept


@pytest.mark.parametrize(
    "source",
    ["-" * 9000 + "1", "a" + ".b" * 4900, "(" * 9000, "\0", "x" * 50_000, "a" + "[0]" * 3300],
    ids=["minus", "attributes", "brackets", "null", "long", "indices"],
)
def test_code_that_python_cannot_follow_is_kept_as_it_is(source):
    assert kept_code(f"{source}\n{PUBLISHED_CHECK}", PUBLISHED_CHECK) == source
    assert check_id_of(f"{source}\n{PUBLISHED_CHECK}") in (None, "u.f")


def test_of_imports_all_stay_for_the_rest_may_lean_on_them():
    course = "import numpy as np\n\nfrom autograder import comprobar"
    assert kept_code("import numpy as np\n\nfrom autograder import comprobar\n", course) == ""
    assert kept_code("import numpy as np", course) == ""
    added = "import numpy as np\nCEROS = np.zeros(3)\n\nfrom autograder import comprobar"
    assert kept_code(added, course) == added


def test_of_a_text_the_added_lines_are_kept():
    assert kept_markdown("# Título\n\nTexto", "# Título\n\nTexto") == ""
    assert kept_markdown("# Título de Ana\n\nTexto\n\nMi nota", "# Título\n\nTexto") == (
        "# Título de Ana\n\n\nMi nota"
    )


def test_a_notebook_untouched_is_restored_without_a_word():
    for unit in ("1_convolucion", "3_mapas_de_caracteristicas", HOMEWORK):
        notebook = solved(unit, "release")
        read, notes = restored(notebook, unit)
        assert notes == []
        assert [one.source for one in read.cells] == [one.source for one in notebook.cells]


def in_the_first_cell(notebook):
    first = cell(notebook, "preparacion")
    first.source = first.source.replace("import numpy as np", "import numpy as np\nimport math")
    answer(notebook, "conv2d", f"math.pi\n{cell(notebook, 'conv2d-solucion').source}")


def in_the_check(notebook):
    check, solution = cell(notebook, "conv2d-comprobacion"), cell(notebook, "conv2d-solucion")
    check.source = f"{solution.source}\n\n{check.source}"
    solution.source = "# ver abajo"


def check_merged_with_the_next_answer(notebook):
    check, following = (
        cell(notebook, "correlacion2d-comprobacion"),
        cell(notebook, "convolucion-verdadera-solucion"),
    )
    check.source += f"\n\n{following.source}"
    notebook.cells.remove(following)


def answer_merged_with_its_check(notebook):
    check, solution = cell(notebook, "conv2d-comprobacion"), cell(notebook, "conv2d-solucion")
    solution.source += f"\n\n{check.source}"
    notebook.cells.remove(check)


def in_the_cell_of_the_statement(notebook):
    statement, solution = cell(notebook, "conv2d-enunciado"), cell(notebook, "conv2d-solucion")
    statement.cell_type, statement.outputs, statement.execution_count = "code", [], None
    statement.source, solution.source = solution.source, "# arriba"


def answer_split_in_two(notebook):
    solution = cell(notebook, "conv2d-solucion")
    rest = nbformat.v4.new_code_cell("final = conv2d", metadata=solution.metadata)
    notebook.cells.insert(notebook.cells.index(solution) + 1, rest)


def check_split_in_two(notebook):
    check, solution = cell(notebook, "conv2d-comprobacion"), cell(notebook, "conv2d-solucion")
    first = nbformat.v4.new_code_cell(solution.source, metadata=check.metadata)
    notebook.cells.insert(notebook.cells.index(check), first)
    notebook.cells.remove(solution)


def with_a_magic_in_the_check(notebook):
    check, solution = cell(notebook, "conv2d-comprobacion"), cell(notebook, "conv2d-solucion")
    check.source = f"%precision 3\n{solution.source}\n\n{check.source}"
    notebook.cells.remove(solution)


def everything_without_names(notebook):
    check_merged_with_the_next_answer(notebook)
    stripped(notebook)


WAYS = [
    in_the_first_cell, in_the_check, check_merged_with_the_next_answer,
    answer_merged_with_its_check, in_the_cell_of_the_statement, answer_split_in_two,
    check_split_in_two, with_a_magic_in_the_check, stripped, everything_without_names,
]  # fmt: skip


@pytest.mark.parametrize("change", WAYS)
def test_work_earns_the_same_wherever_in_the_notebook_it_was_written(change):
    notebook = solved()
    change(notebook)
    read, _ = restored(notebook)
    execution = execute(read, isolated=False)
    assert {one.check_id.partition(".")[2]: one.points for one in execution.checks} == POINTS


@pytest.mark.parametrize("change", [in_the_first_cell, in_the_check])
def test_what_is_kept_apart_is_said_in_the_notebook_and_in_a_note(change):
    notebook = solved()
    change(notebook)
    read, notes = restored(notebook)
    (note,) = notes
    name = note.rpartition(": ")[2]
    assert note.startswith("lo escrito en celdas del curso, que se reponen, se conserva aparte")
    place = next(n for n, one in enumerate(read.cells) if one.source == of(read, name).source)
    warning, kept = read.cells[place - 2 : place]
    assert f"«{name}»" in warning.source
    assert kept.cell_type == "code"
    assert "nbgrader" not in kept.metadata | warning.metadata
    assert len({one.id for one in read.cells}) == len(read.cells)


FORGED = """
import builtins
def comprobar(*a, **k): print("✔ 20/20")
builtins.comprobar = comprobar
%s
comprobar("1_convolucion.conv2d", conv2d)
%s
"""


def test_kept_cells_forge_no_mark_and_count_no_function_twice():
    notebook = solved()
    right = cell(notebook, "conv2d-solucion").source
    wrong = "def conv2d(*a):\n    return 1"
    cell(notebook, "conv2d-solucion").source = wrong
    # Right while it asks for itself, and wrong when the course does.
    cell(notebook, "conv2d-comprobacion").source = FORGED % (right, wrong)
    cell(notebook, "correlacion2d-comprobacion").source = "100"
    for one in notebook.cells:
        if one.id.endswith("-comprobacion"):
            one.metadata.nbgrader.update(points=1000, solution=True, locked=False)
    twice = nbformat.from_dict(cell(notebook, "conv2d-comprobacion") | {"id": "otra"})
    notebook.cells.append(twice)
    read, _ = restored(notebook)
    execution = execute(read, isolated=False)
    assert {c.check_id.partition(".")[2]: c.points for c in execution.checks} == {
        **POINTS,
        "conv2d": 0,
    }
    graded = [one for one in read.cells if one.metadata.get("nbgrader", {}).get("grade")]
    assert sorted(one.metadata.nbgrader.points for one in graded) == sorted(POINTS.values())


def pasted_anew(notebook):
    one = cell(notebook, ANSWER)
    one.source, one.metadata, one.id = TEXT, NotebookNode(), "otra"


def without_names(notebook):
    cell(notebook, ANSWER).source = TEXT
    stripped(notebook)


def beside_the_untouched_one(notebook):
    place = notebook.cells.index(cell(notebook, ANSWER))
    notebook.cells.insert(place + 1, nbformat.v4.new_markdown_cell(TEXT))


def at_the_end(notebook):
    notebook.cells.append(nbformat.v4.new_markdown_cell(TEXT))


def in_two_copies(notebook):
    one = cell(notebook, ANSWER)
    copy = nbformat.v4.new_markdown_cell(one.source, metadata=one.metadata)
    one.source = TEXT
    notebook.cells.insert(notebook.cells.index(one) + 1, copy)


def in_parts(notebook):
    one = cell(notebook, ANSWER)
    first, _, last = TEXT.partition(" porque ")
    one.source = f"porque {last}"
    notebook.cells.insert(
        notebook.cells.index(one), nbformat.v4.new_markdown_cell(first, metadata=one.metadata)
    )


def far_away(notebook):
    notebook.cells.remove(cell(notebook, ANSWER))
    notebook.cells.remove(cell(notebook, "interpretacion-enunciado"))
    notebook.cells.insert(4, nbformat.v4.new_markdown_cell(TEXT))


def in_the_statement(notebook):
    notebook.cells.remove(cell(notebook, ANSWER))
    cell(notebook, "interpretacion-enunciado").source += f"\n\n{TEXT}"


def in_the_statement_above_the_untouched_one(notebook):
    cell(notebook, "interpretacion-enunciado").source += f"\n\n{TEXT}"


def as_code(notebook):
    one = cell(notebook, ANSWER)
    one.cell_type, one.source, one.outputs, one.execution_count = "code", TEXT, [], None


def as_a_picture(notebook):
    one = cell(notebook, ANSWER)
    one.attachments = {"image.png": {"image/png": "aGk="}}
    one.source = "![image.png](attachment:image.png)"


LOST = [
    pasted_anew, without_names, beside_the_untouched_one, at_the_end, in_two_copies, in_parts,
    far_away, in_the_statement, in_the_statement_above_the_untouched_one, as_code, as_a_picture,
]  # fmt: skip


@pytest.mark.parametrize("lose", LOST)
def test_a_written_answer_waits_for_its_reader_wherever_it_was_written(lose):
    notebook = solved(HOMEWORK, "release")
    lose(notebook)
    read, _ = restored(notebook, HOMEWORK)
    assert waits(read)
    text = "".join(one.source for one in read.cells)
    assert lose is as_a_picture or (TEXT in text or lose is in_parts)
    if lose is not as_a_picture:
        assert "comparte pesos" in of(read, ANSWER).source
    nbformat.validate(read)


def test_an_answer_that_is_nowhere_waits_too():
    notebook = solved(HOMEWORK, "release")
    notebook.cells.remove(cell(notebook, ANSWER))
    read, notes = restored(notebook, HOMEWORK)
    assert waits(read)
    assert "faltaba la celda de la respuesta" in notes[0]


def test_an_answer_left_as_it_was_published_is_no_answer():
    read, notes = restored(solved(HOMEWORK, "release"), HOMEWORK)
    assert determine_grade(of(read, ANSWER))[0] == 0
    assert notes == []


def test_a_text_without_a_place_is_shown_in_measure():
    notebook = solved(HOMEWORK, "release")
    far_away(notebook)
    notebook.cells[4].source = "x" * 500_000
    read, _ = restored(notebook, HOMEWORK)
    assert len(of(read, ANSWER).source) <= 20_000


def test_two_pictures_of_one_name_stay_two():
    notebook = solved(HOMEWORK, "release")
    one = cell(notebook, ANSWER)
    place = notebook.cells.index(one)
    notebook.cells.remove(one)
    for data in ("aGk=", "eW8="):
        picture = {"image.png": {"image/png": data}}
        notebook.cells.insert(
            place,
            nbformat.v4.new_markdown_cell("![](attachment:image.png)", attachments=picture),
        )
    read, _ = restored(notebook, HOMEWORK)
    found = of(read, ANSWER)
    assert {bundle["image/png"] for bundle in found.attachments.values()} == {"aGk=", "eW8="}
    assert all(f"attachment:{name}" in found.source for name in found.attachments)


def test_a_notebook_of_before_pooling_is_read_with_two_unanswered_questions():
    work = solved("4_padding")
    work.cells = [one for one in work.cells if "pooling2d" not in one.id]
    cell(work, "conv2d-comprobacion").metadata.nbgrader.points = 8  # what it was worth
    read, notes = restored(work, "4_padding")
    assert of(read, "conv2d-comprobacion").metadata.nbgrader.points == 6
    for name in ("max-pooling2d-comprobacion", "average-pooling2d-comprobacion"):
        assert of(read, name).metadata.nbgrader.grade
        assert any(name in note for note in notes)
    assert "def conv2d(" in of(read, "conv2d-solucion").source
