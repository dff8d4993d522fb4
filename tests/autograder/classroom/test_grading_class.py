"""Grading a class: stock nbgrader agrees, readers' marks stay, and a lost worker is replaced."""

import json
import os
import signal
import subprocess
import sys
from multiprocessing import forkserver
from pathlib import Path

import pytest
from classroom import UNIT, answer, cell, hand_in, new_course, solved, untouched

from autograder.classroom import workers
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.common.limits import Limits
from autograder.course.lock import only_grader
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.marks import marks_of
from autograder.gradebook.records import GRADED, UNCHANGED
from autograder.nbgrader_ext.publishing import publish

NBGRADER = Path(sys.executable).parent / "nbgrader"


def saved(course):
    with open_gradebook(course) as gradebook:
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for grade in gradebook.find_submission(UNIT, "ana").notebooks[0].grades
        }


def test_stock_nbgrader_gives_the_same_marks(tmp_path):
    noisy = answer(
        solved(),
        "correlacion_multicanal",
        "import sys\n"
        "def correlacion_multicanal(imagen, kernel):\n"
        "    print('ruido', file=sys.stderr)\n"
        "    return correlacion2d(imagen[:, :, 0], kernel[:, :, 0])",
    )
    noisy.cells = [one for one in noisy.cells if one.id != "correlacion2d-comprobacion"]
    cell(noisy, "conv2d-comprobacion").source = "7.0"
    ours = new_course(tmp_path / "curso")
    hand_in(ours, "ana", noisy)
    (outcome,) = grade(ours, [UNIT])
    assert outcome.points == pytest.approx(5 + 3 + 1 + 1.4)

    stock = new_course(tmp_path / "nbgrader")
    publish(stock, [UNIT])
    hand_in(stock, "ana", noisy)
    # Not activated, as an instructor may well run it by its path.
    path = os.pathsep.join([str(NBGRADER.parent), os.environ["PATH"]])
    run = subprocess.run(
        [NBGRADER, "autograde", UNIT],
        cwd=stock.root,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert saved(stock) == saved(ours)
    assert (stock.autograded / "ana" / UNIT / "convolucion.ipynb").is_file()


def test_a_mark_given_by_a_reader_stays_when_the_work_is_graded_again(tmp_path):
    course = new_course(tmp_path)
    hand_in(course, "ana", untouched())
    grade(course, [UNIT])
    with open_gradebook(course) as gradebook:
        found = gradebook.find_grade("conv2d-comprobacion", "convolucion", UNIT, "ana")
        found.manual_score = 3.5
        gradebook.db.commit()
    (unchanged,) = grade(course, [UNIT])
    assert (unchanged.state, unchanged.points) == (UNCHANGED, 3.5)
    (outcome,) = grade(course, [UNIT], again=True)
    assert (outcome.state, outcome.points) == (GRADED, 3.5)
    assert outcome.needs_reading


def test_only_what_changed_is_graded_again(tmp_path, monkeypatch):
    course = new_course(tmp_path)
    for student in ("ana", "luis"):
        hand_in(course, student, solved())
    assert [one.state for one in grade(course, [UNIT])] == [GRADED, GRADED]
    hand_in(course, "luis", untouched())
    ana, luis = grade(course, [UNIT])
    assert (ana.state, ana.points) == (UNCHANGED, 20)
    assert (luis.state, luis.points) == (GRADED, 0)
    # Another version of a check, of the library or of NumPy is another mark.
    monkeypatch.setattr("autograder.classroom.fingerprint.of_the_code", lambda unit: b"otra")
    assert [one.state for one in grade(course, [UNIT])] == [GRADED, GRADED]


def test_a_submission_missing_from_the_gradebook_is_graded_again(tmp_path):
    course = new_course(tmp_path)
    hand_in(course, "ana", solved())
    grade(course, [UNIT])
    with open_gradebook(course) as gradebook:
        gradebook.remove_student("ana")
    (outcome,) = grade(course, [UNIT])
    assert (outcome.state, outcome.points) == (GRADED, 20)
    assert saved_points(course, "ana") == 20


@pytest.mark.parametrize("spoil", [Path.unlink, lambda copy: copy.write_text("{}")])
def test_where_the_marked_copy_is_gone_or_another_it_is_graded_again(tmp_path, spoil):
    course = new_course(tmp_path)
    hand_in(course, "ana", solved())
    grade(course, [UNIT])
    copy = course.autograded / "ana" / UNIT / "convolucion.ipynb"
    whole = copy.read_bytes()
    spoil(copy)
    (outcome,) = grade(course, [UNIT])
    assert outcome.state == GRADED
    assert json.loads(copy.read_bytes())["cells"][0] == json.loads(whole)["cells"][0]


def test_a_second_grader_refuses_while_the_first_is_at_work(tmp_path):
    course = new_course(tmp_path)
    hand_in(course, "ana", solved())
    with only_grader(course), pytest.raises(CursoError, match="ya hay otro «curso calificar»"):
        grade(course, [UNIT])
    assert [one.state for one in grade(course, [UNIT])] == [GRADED]


def test_marks_that_cannot_be_saved_leave_the_earlier_ones(tmp_path, monkeypatch):
    course = new_course(tmp_path)
    hand_in(course, "ana", solved())
    grade(course, [UNIT])
    hand_in(course, "ana", untouched())

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.gradebook.copies.as_bytes", full)
    with pytest.raises(CursoError, match="no queda sitio en el disco"):
        grade(course, [UNIT])
    assert saved_points(course, "ana") == 20
    monkeypatch.undo()
    (outcome,) = grade(course, [UNIT])
    assert (outcome.state, outcome.points) == (GRADED, 0)


def saved_points(course, student):
    with open_gradebook(course) as gradebook:
        return marks_of(gradebook, student, UNIT).points


def test_a_written_answer_waits_for_a_reader_and_an_untouched_one_does_not(tmp_path):
    homework = "5_fashion_mnist"
    course = new_course(tmp_path, (homework,))
    for student, text in (("escribe", "La CNN comparte sus pesos."), ("calla", None)):
        notebook = untouched(homework)
        # Nothing of Keras: only the question matters here.
        notebook.cells = [one for one in notebook.cells if one.cell_type == "markdown"]
        if text:
            cell(notebook, "interpretacion-respuesta").source = text
        hand_in(course, student, notebook, "tarea.ipynb", homework)
    outcomes = {one.student: one for one in grade(course, [homework])}
    assert outcomes["escribe"].needs_reading
    assert not outcomes["calla"].needs_reading
    assert outcomes["escribe"].max_points == 20


def test_late_work_is_noted_by_nbgrader_with_its_time(tmp_path):
    course = new_course(tmp_path)
    hand_in(course, "ana", untouched())
    hand_in(course, "ana", "2026-05-04 10:30:00 UTC\n", "timestamp.txt")
    grade(course, [UNIT])
    with open_gradebook(course) as gradebook:
        when = gradebook.find_submission(UNIT, "ana").timestamp
    assert when.isoformat() == "2026-05-04T10:30:00"


def test_without_submissions_it_says_where_they_go(tmp_path):
    course = new_course(tmp_path)
    (tmp_path / "submitted").rmdir()
    with pytest.raises(CursoError, match="submitted/<estudiante>/<unidad>"):
        grade(course, [UNIT])


def test_a_student_who_kills_every_process_in_sight_costs_nobody_else(tmp_path):
    course = new_course(tmp_path)
    killer = untouched()
    cell(killer, "correlacion2d-solucion").source = (
        "import os, signal\n"
        "for pid in (os.getppid(), *range(2, 5000)):\n"
        "    try: os.kill(pid, signal.SIGKILL)\n"
        "    except OSError: pass"
    )
    hand_in(course, "asesina", killer)
    for name in ("ana", "luis", "zoe"):
        hand_in(course, name, solved())
    outcomes = {one.student: one for one in grade(course, [UNIT], processes=2)}
    assert outcomes.pop("asesina").points == 0
    assert {(one.state, one.points) for one in outcomes.values()} == {(GRADED, 20)}


def _double_or_die(number):
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 13:
        raise ValueError("mal número")
    return 2 * number


def test_workers_give_results_errors_and_deaths_apart():
    results = dict(workers.run_jobs(_double_or_die, [1, -1, 13, 4], processes=2, seconds=60))
    assert (results[1], results[4]) == (2, 8)
    assert isinstance(results[13], ValueError)
    assert isinstance(results[-1], workers.WorkerDied)


def _die_the_first_time(place):
    if not place.exists():
        place.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "hecho"


def test_a_job_whose_process_died_is_tried_once_more(tmp_path):
    place = tmp_path / "primera"
    assert dict(workers.run_jobs(_die_the_first_time, [place], 1, 60)) == {place: "hecho"}


def test_what_workers_are_forked_from_may_be_killed():
    assert dict(workers.run_jobs(_double_or_die, [1], processes=1, seconds=60)) == {1: 2}
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
    results = dict(workers.run_jobs(_double_or_die, [1, 2, 3], processes=2, seconds=60))
    assert results == {1: 2, 2: 4, 3: 6}


def test_a_machine_that_starts_no_process_is_an_answer_and_not_a_wait(monkeypatch):
    def no_process(*arguments):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(workers, "_Worker", no_process)
    results = dict(workers.run_jobs(_double_or_die, [1, 2], processes=2, seconds=60))
    assert all(isinstance(result, OSError) for result in results.values())


def test_the_limits_given_are_those_of_the_notebooks(tmp_path):
    course = new_course(tmp_path)
    slow = solved()
    cell(slow, "conv2d-solucion").source += "\nimport time; time.sleep(20)"
    hand_in(course, "ana", slow)
    (outcome,) = grade(course, [UNIT], limits=Limits(cell_seconds=4, notebook_seconds=100))
    assert any("límite de 4 s" in note for note in outcome.notes)
    assert outcome.points == 20
