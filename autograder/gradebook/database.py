"""El libro de notas que el curso tiene configurado en nbgrader, abierto con su propia API."""

from __future__ import annotations

import logging
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import nbgrader.api
from nbgrader.api import Base, Gradebook
from nbgrader.dbutil import _temp_alembic_ini
from sqlalchemy import Table, inspect, make_url, text
from sqlalchemy.exc import (
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    SAWarning,
    SQLAlchemyError,
)

from ..common.errors import CursoError
from ..common.scratch import scratch
from ..course.database_url import (
    MEMORY,
    is_on_server,
    no_driver,
    of_file,
    patient,
    server_engine,
    without_secrets,
)
from ..course.folder import Course
from ..course.server_lock import WRITING

_STAMP = "alembic_version"  # The last table that nbgrader makes.
BUSY_SECONDS = 60.0  # Of patience while another program, formgrader perhaps, holds the gradebook.


class OneTransaction:
    """nbgrader's session, where its many commits wait for the last one."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._lost = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def settle(self) -> None:
        """Wait for a killed writer's last transaction, which only a server goes on with."""
        if self._session.get_bind().dialect.name != "sqlite":
            self.begin()
            self._session.rollback()

    def begin(self) -> None:
        """Take the gradebook for writing, and forget what was read of it before."""
        self._lost = False
        self._session.rollback()
        # Now, with patience: a transaction that has read may not wait to write.
        if self._session.get_bind().dialect.name == "sqlite":
            self._session.execute(text("BEGIN IMMEDIATE"))
        else:
            take_server(self._session)

    def commit(self) -> None:
        """Not yet."""

    def commit_all(self) -> None:
        """Commit what was done since :meth:`begin`.

        SQLite ends by itself the transaction of what fails badly: then there is nothing left of it,
        and a commit would say that there is.
        """
        connection = self._session.connection()
        if connection.dialect.name == "sqlite":
            self._lost |= not connection.connection.in_transaction
        if self._lost:
            raise sqlite3.OperationalError("the transaction was lost")
        self._session.commit()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of the transaction, that is undone alone where what is inside fails."""
        self._session.execute(text("SAVEPOINT parte"))
        try:
            yield
        except BaseException:
            try:
                self._session.execute(text("ROLLBACK TO SAVEPOINT parte"))
                self._session.expire_all()
            except SQLAlchemyError:
                self._lost = True  # With all of it; what failed first says why.
            raise
        self._session.execute(text("RELEASE SAVEPOINT parte"))


def take_server(connection: Any) -> None:
    """Wait, in a transaction of a server's, for whoever of us is writing.

    Also for one that was killed while it committed: its last transaction ends, one way or another,
    before anything is read.
    """
    wait = {"wait": f"{BUSY_SECONDS:g}s"}
    connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), wait)
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITING})


def gradebook_url(course: Course) -> str:
    """Where the course's gradebook is, with how long to wait for it."""
    url = make_url(course.database_url)
    if url.get_backend_name() == "sqlite":
        url = url.update_query_dict({"timeout": f"{BUSY_SECONDS:g}"})
    return patient(url.render_as_string(hide_password=False))


def open_gradebook(course: Course) -> Gradebook:
    """The course's gradebook, created where there is none; use it in a ``with``."""
    # nbgrader's own order of insertion; harmless, and nothing that an instructor could mend.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    # What it logs there, with its trace, it raises as well.
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)
    if (file := _file(course)) is not None and not exists(course):
        _create(file)
    try:
        if is_on_server(course.database_url):
            _create_on_server(course)
        return Gradebook(gradebook_url(course), course.course_id)
    except (NoSuchModuleError, ImportError) as error:
        raise CursoError(no_driver(course.database_url, error)) from error


def exists(course: Course) -> bool:
    """Whether the course has a gradebook; one on a server always exists."""
    path = _file(course)
    return path is None or (path.exists() and path.stat().st_size > 0)


def _file(course: Course) -> Path | None:
    """Where an ordinary SQLite file is, or is to be; None where it is not for us to make it."""
    url = make_url(course.database_url)
    plain = url.get_backend_name() == "sqlite" and "uri" not in url.query
    return Path(url.database) if plain and url.database and url.database != MEMORY else None


def shown(course: Course) -> str:
    """The gradebook as a person knows it: the file, or the address without its password."""
    return str(_file(course) or without_secrets(course.database_url))


def _create(path: Path) -> None:
    """A new gradebook appears whole: nbgrader, killed in the middle, would never complete it."""
    with scratch() as folder:
        fresh = folder / path.name
        Gradebook(of_file(fresh)).close()
        with closing(sqlite3.connect(fresh)) as source:
            statements = list(source.iterdump())[1:-1]  # Without their own transaction.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    with closing(connection):
        connection.execute("BEGIN IMMEDIATE")
        # Another program may have made it meanwhile.
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in statements:
                connection.execute(statement)
        connection.execute("COMMIT")


def _create_on_server(course: Course) -> None:
    """The same in a server: all of its tables in one transaction, that nobody else makes too."""
    engine = server_engine(course.database_url)
    with engine.connect() as connection:
        if inspect(connection).has_table(_STAMP):
            return
        connection.rollback()
        take_server(connection)
        if not inspect(connection).has_table(_STAMP):
            Base.metadata.create_all(connection)
            connection.execute(text(f"CREATE TABLE {_STAMP} (version_num VARCHAR(32) NOT NULL)"))
            version = {"version": _alembic_version()}
            connection.execute(text(f"INSERT INTO {_STAMP} VALUES (:version)"), version)
        connection.commit()


def ensure_table(engine: Any, table: Table) -> None:
    """See that a gradebook has one more table, whoever else does so at the same time."""
    try:
        table.create(engine, checkfirst=True)
    except (IntegrityError, ProgrammingError, OperationalError):
        if not inspect(engine).has_table(table.name):
            raise


def _alembic_version() -> str:
    """The version that nbgrader stamps on a new gradebook.

    It runs ``alembic heads`` for that: another Python, which is not even found in an environment
    that is not activated. This asks the same of the same scripts.
    """
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    with _temp_alembic_ini("sqlite://") as settings:
        head = ScriptDirectory.from_config(Config(settings)).get_current_head()
    assert head is not None  # nbgrader comes with its migrations.
    return head


nbgrader.api.get_alembic_version = _alembic_version
