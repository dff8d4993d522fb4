"""Reading and running overlap: the first notebooks run while others are still to be read."""

from __future__ import annotations

from collections.abc import Iterator

from classroom import UNIT, hand_in, new_course, solved

from autograder.classroom import grading, pools, workers
from autograder.classroom.grading import grade
from autograder.gradebook.records import GRADED, UNCHANGED, UNGRADED

MAPS = "3_mapas_de_caracteristicas"


def _double(number: int) -> int:
    return 2 * number


def _numbers(taken: list[int]) -> Iterator[int]:
    for number in range(100):
        taken.append(number)
        yield number


def test_jobs_are_taken_as_there_is_room_for_them():
    taken = []
    results = workers.run_jobs(_double, _numbers(taken), processes=2, seconds=60)
    most = 2 * (1 + workers.LOOK_AHEAD)
    given = {}
    for number, result in results:
        assert len(taken) - len(given) <= most
        given[number] = result
    assert given == {number: 2 * number for number in range(100)}


def test_where_nobody_wants_the_rest_no_more_are_taken():
    taken = []
    results = workers.run_jobs(_double, _numbers(taken), processes=2, seconds=60)
    next(results)
    results.close()
    assert len(taken) <= 2 * (1 + workers.LOOK_AHEAD)


def test_the_first_verdict_does_not_wait_for_the_whole_class(tmp_path, monkeypatch):
    course = new_course(tmp_path)
    names = [f"est{number}" for number in range(9)]
    for name in names:
        hand_in(course, name, solved())
    hand_in(course, names[0], b"{")
    hand_in(course, names[-1], b"{")
    seen, read = [], grading.read_submission

    def reading(course, student, unit, published):
        seen.append(student)
        return read(course, student, unit, published)

    def started(total):
        seen.append(total)

    monkeypatch.setattr(grading, "read_submission", reading)
    outcomes = grade(
        course,
        [UNIT],
        processes=1,
        started=started,
        report=lambda outcome: seen.append((outcome.student, outcome.state)),
    )
    states = dict.fromkeys(names, GRADED) | {names[0]: UNGRADED, names[-1]: UNGRADED}
    assert [(one.student, one.state) for one in outcomes] == list(states.items())
    # All are counted before any is read, and each is told of once.
    assert seen[0] == len(names)
    assert [one for one in seen if one in names] == names
    told = [one for one in seen if isinstance(one, tuple)]
    assert sorted(told) == sorted(states.items())
    first = next(one for one in told if one[1] == GRADED)
    assert seen.index(first) < seen.index(names[-2])
    # And so it is where some have not changed.
    hand_in(course, names[4], b"{")
    seen.clear()
    grade(course, [UNIT], processes=1, report=lambda outcome: seen.append(outcome.state))
    assert [one for one in seen if one not in names].count(UNCHANGED) == len(names) - 3


def test_numpy_runs_first_and_keras_begins_to_load_before_it(tmp_path, monkeypatch):
    course = new_course(tmp_path, (UNIT, MAPS))
    hand_in(course, "ana", solved())
    hand_in(course, "ana", b"{", "mapas.ipynb", MAPS)
    hand_in(course, "bea", solved(MAPS), "mapas.ipynb", MAPS)
    servers, ran = [], []
    monkeypatch.setattr(pools, "server_of", lambda flavour: servers.append(flavour.name))

    def run(function, jobs, processes, seconds, known, idle):
        assert list(known) == servers
        ran.extend((job.student, job.unit) for job in jobs)
        return ()

    monkeypatch.setattr(pools, "run_jobs", run)
    grade(course, [MAPS, UNIT])
    assert servers == ["keras", "numpy"]
    assert ran == [("ana", UNIT), ("bea", MAPS)]
    # TensorFlow is not loaded for what cannot be read.
    hand_in(course, "bea", b"{", "mapas.ipynb", MAPS)
    servers.clear()
    grade(course, [MAPS, UNIT])
    assert servers == ["numpy"]
