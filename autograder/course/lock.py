"""Quién califica en un curso: un «curso calificar» solo, o cuantos «nbgrader autograde» haya.

Two locks: of the course's folder, and of its gradebook where that is on a server.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..common.errors import CursoError
from .folder import Course
from .server_lock import held_on_server

OURS, NBGRADERS = "curso calificar", "nbgrader autograde"


@contextmanager
def only_grader(course: Course) -> Iterator[Callable[[], None]]:
    """Hold the course while its class is graded; the lock goes with the process, even killed.

    Gives a function that raises where the lock was lost: a server's is lost with its connection.

    Raises
    ------
    CursoError
        If another process holds it.
    """
    with _held(course, OURS, fcntl.LOCK_EX) as still_ours:
        yield still_ours


@contextmanager
def only_one(course: Course, what: str) -> Iterator[None]:
    """Hold the course for another order, ``what``, that nobody may be grading meanwhile.

    Raises
    ------
    CursoError
        If another process holds it.
    """
    with _held(course, what, fcntl.LOCK_EX):
        yield


@contextmanager
def nbgrader_grades(course: Course) -> Iterator[None]:
    """Hold the course against :func:`only_grader`; among its own, nbgrader does as it always did.

    Raises
    ------
    CursoError
        If ``curso calificar`` holds it.
    """
    with _held(course, NBGRADERS, fcntl.LOCK_SH):
        yield


@contextmanager
def _held(course: Course, what: str, lock: int) -> Iterator[Callable[[], None]]:
    course.autograded.mkdir(parents=True, exist_ok=True)
    with open(course.autograded / ".calificando", "a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, lock | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            process, _, other = file.read(40).strip().partition(" ")
            raise CursoError(
                f"ya hay {'otro' if other == what else 'un'} «{other or '?'}» en marcha en este "
                f"curso (proceso {process or '?'}); espera a que termine o ciérralo"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()} {what}")
        file.flush()
        with held_on_server(course, what, shared=lock == fcntl.LOCK_SH) as still_ours:
            yield still_ours
