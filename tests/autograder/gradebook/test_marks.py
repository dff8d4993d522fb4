"""The marks of the whole class, read at once, are those that nbgrader gives one by one."""

import sqlite3
from contextlib import closing

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import event

import autograder.gradebook.database  # noqa: F401  # It lets a gradebook be made without alembic on the PATH.
from autograder.gradebook.marks import all_marks, make_indexes, marks_of

UNITS = ("1_una", "2_dos")


@pytest.fixture
def book(tmp_path):
    """Two units, one of two notebooks; what each student has is told by their name."""
    with Gradebook(f"sqlite:///{tmp_path}/libro.db") as book:
        for unit in UNITS:
            book.add_assignment(unit)
            for notebook in ("a", "b") if unit == "2_dos" else ("a",):
                book.add_notebook(notebook, unit)
                for cell, points in (("fácil", 2), ("difícil", 5)):
                    book.add_grade_cell(cell, notebook, unit, max_score=points, cell_type="code")
        for student in ("nada", "sin notas", "todo", "a mano", "tarde", "muy tarde", "por leer"):
            book.add_student(student)
        for student in ("sin notas", "todo", "a mano", "tarde", "muy tarde", "por leer"):
            book.add_submission("1_una", student)
        for student in ("todo", "tarde"):
            book.add_submission("2_dos", student)
        for student in ("todo", "a mano", "tarde", "muy tarde", "por leer"):
            _mark(book, student, "1_una", "a", 2, 3.5)
        for student, points in (("todo", 5), ("tarde", 1)):
            _mark(book, student, "2_dos", "a", 2, points)
            _mark(book, student, "2_dos", "b", 0, points)
        easy = book.find_grade("fácil", "a", "1_una", "a mano")
        easy.manual_score, easy.extra_credit = 0.5, 1.0
        book.find_grade("difícil", "a", "1_una", "por leer").needs_manual_grade = True
        for student, penalty in (("tarde", 1.25), ("muy tarde", 99.0)):
            found = book.find_submission_notebook("a", "1_una", student)
            found.late_submission_penalty = penalty
        for notebook in "ab":
            found = book.find_submission_notebook(notebook, "2_dos", "tarde")
            found.late_submission_penalty = 0.5
        book.db.commit()
        yield book


def _mark(book, student, unit, notebook, easy, difficult):
    for cell, points in (("fácil", easy), ("difícil", difficult)):
        book.find_grade(cell, notebook, unit, student).auto_score = points


def test_read_at_once_they_are_the_same(book):
    known = all_marks(book)
    students = [student.id for student in book.students]
    one_by_one = {
        (student, unit): marks
        for student in students
        for unit in UNITS
        if (marks := marks_of(book, student, unit)) is not None
    }
    assert known == one_by_one
    assert len(known) == 8
    assert known["a mano", "1_una"].points == 0.5 + 1 + 3.5
    assert known["tarde", "2_dos"].points == 2 + 0 + 1 + 1 - 1
    assert known["muy tarde", "1_una"].points == 0
    assert known["por leer", "1_una"].needs_reading
    assert known["todo", "2_dos"].max_points == 14


def test_the_number_of_queries_does_not_grow_with_the_class(book):
    asked = []
    event.listen(book.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    all_marks(book)
    few = len(asked)
    for index in range(20):
        book.add_student(f"más {index}")
        book.add_submission("1_una", f"más {index}")
    asked.clear()
    assert len(all_marks(book)) == 28
    assert len(asked) == few


def test_grades_are_found_without_reading_all_of_them(book, tmp_path):
    make_indexes(book.engine)
    make_indexes(book.engine)  # Again, in a gradebook that has them.
    with closing(sqlite3.connect(tmp_path / "libro.db")) as connection:
        for table, column in (("grade", "notebook_id"), ("submitted_notebook", "assignment_id")):
            query = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {column} = 'x'"
            (plan,) = connection.execute(query)
            assert "SEARCH" in plan[-1], plan


def test_a_gradebook_that_may_not_be_changed_is_read_all_the_same(book, tmp_path):
    known = all_marks(book)
    with Gradebook(f"sqlite:///file:{tmp_path}/libro.db?mode=ro&uri=true") as locked:
        make_indexes(locked.engine)
        assert all_marks(locked) == known
