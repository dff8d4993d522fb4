"""Grade on a disk that is full; ``python full_disk.py FOLDER`` in a namespace where one may mount.

Of ``FOLDER`` it makes a disk of 16 MB and leaves less and less room in it. Each time grading says
so in one line and every mark is the one before; with room again, the next run completes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from classroom import UNIT, hand_in, new_course, solved, untouched
from faults import rows

from autograder.classroom import grading, pools
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.gradebook.copies import Copies
from autograder.gradebook.records import Records

PAGE = 4096
STUDENTS = ("ana", "bea", "caro")


def main() -> None:
    folder = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], check=True)
    course = new_course(folder / "curso")
    hand_in(course, "ana", untouched())
    _execute_once()
    grade(course, [UNIT], isolated=False)
    before = rows(course)
    for student in STUDENTS:
        hand_in(course, student, solved())
    start = shutil.copytree(course.root, folder / "como empezó")
    refused = []
    for pages in range(0, 200, 3):
        shutil.rmtree(course.root)
        shutil.copytree(start, course.root)
        ballast = folder / "lastre"
        _fill(ballast, pages * PAGE)
        try:
            grade(course, [UNIT], isolated=False)
        except CursoError as error:
            refused.append(str(error))
            assert "no queda sitio" in refused[-1], refused[-1]
        ballast.unlink()
        if not refused or len(refused) <= pages // 3:
            break
        _is_whole_so_far(course, before)
        assert len(grade(course, [UNIT], isolated=False)) == len(STUDENTS)
        assert all(row[2] == 20 for row in rows(course)["submissions"])
    assert len(refused) > 5, refused
    print(len(refused), refused[0])


def _execute_once() -> None:
    """Notebooks are executed once: only saving matters here."""
    results: dict[str, grading.Graded] = {}

    def run(function, jobs, *rest):
        for job in jobs:
            source = "".join(cell.source for cell in job.notebook.cells)
            if source not in results:
                results[source] = function(job)
            yield job, results[source]

    pools.run_jobs = run


def _fill(ballast: Path, room: int) -> None:
    """Take all of the disk but ``room`` bytes."""
    disk = os.statvfs(ballast.parent)
    with open(ballast, "wb") as file:
        file.write(bytes(disk.f_bavail * disk.f_frsize - room))


def _is_whole_so_far(course: Course, before: dict) -> None:
    found = {student: one for (student, _), one in Records.load(course).outcomes.items()}
    now = rows(course)
    assert [row for row in now["grades"] if row[0] == "ana"] in (
        [row for row in before["grades"] if row[0] == "ana"],
        [("ana", name, most, None, None, False) for name, most in now["cells"]],
    )
    marks = {row[0]: row[2] for row in now["submissions"]}
    assert {student: one.points for student, one in found.items()} == marks
    for student, one in found.items():
        assert one.copy == Copies(course).digest(student, UNIT), student


if __name__ == "__main__":
    main()
