"""Un solo calificador a la vez en cada curso: el segundo lo dice y no toca nada."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from .course import Course
from .errors import CursoError


@contextmanager
def only_grader(course: Course) -> Iterator[None]:
    """Hold the course while its class is graded; the lock goes with the process, even killed.

    Raises
    ------
    CursoError
        If another process holds it.
    """
    course.autograded.mkdir(parents=True, exist_ok=True)
    with open(course.autograded / ".calificando", "a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = file.read(20).strip() or "?"
            raise CursoError(
                f"ya hay otro «curso calificar» en marcha en este curso (proceso {who}); "
                "espera a que termine o ciérralo"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
