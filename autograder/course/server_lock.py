"""El cerrojo de un libro de notas que está en un servidor: lo ven todas sus máquinas."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from ..common.errors import CursoError
from ..common.one_line import one_line
from .database_url import is_on_server, server_engine
from .folder import Course

_MAX_NAME = 63  # Of a session, in bytes: PostgreSQL cuts the rest.
_HOLDERS = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.database = a.datid AND l.objsubid = 1 "
    "AND a.datname = current_database() "
    "AND ((l.classid::bigint << 32) | l.objid::bigint) = :key LIMIT 1"
)


def _number(what: str) -> int:
    """The number by which a database knows a lock; of the whole of it, as nbgrader's units are."""
    return int.from_bytes(
        hashlib.sha256(f"curso\0{what}".encode()).digest()[:8], "big", signed=True
    )


HELD, WRITING = _number("en marcha"), _number("escribir")


@contextmanager
def held_on_server(course: Course, what: str, *, shared: bool) -> Iterator[Callable[[], None]]:
    """Hold the course in the database itself, by a session that ends with this process.

    Gives a function that raises where the session was lost: then somebody else may be grading. It
    does nothing where the gradebook is a file.

    Raises
    ------
    CursoError
        If another process, of whatever machine, holds it.
    """
    if not is_on_server(course.database_url):
        yield lambda: None
        return
    engine = server_engine(course.database_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            _take(connection, course, what, shared)
            yield lambda: _still_there(connection)
    finally:
        engine.dispose()


def _take(connection: Any, course: Course, what: str, shared: bool) -> None:
    name = f"{what}, en {platform.node() or '?'}".encode()[:_MAX_NAME].decode("utf-8", "ignore")
    connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})
    function = "pg_try_advisory_lock_shared" if shared else "pg_try_advisory_lock"
    if not connection.execute(text(f"SELECT {function}(:key)"), {"key": HELD}).scalar():
        # Whoever may enter the database writes that name.
        other = one_line(connection.execute(_HOLDERS, {"key": HELD}).scalar() or "", _MAX_NAME)
        raise CursoError(
            f"ya hay quien califica este curso en ese libro de notas ({other or 'otra sesión'}); "
            "espera a que termine o ciérralo"
        )


def _still_there(connection: Any) -> None:
    connection.execute(text("SELECT 1"))
