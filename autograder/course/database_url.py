"""La dirección del libro de notas: una ruta cualquiera cabe en ella sin perder nada."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from ..common.errors import CursoError
from ..common.one_line import one_line

MEMORY = ":memory:"
SERVER, SERVERS = "postgresql", "postgresql+psycopg://usuario@servidor/base"
CONNECT_SECONDS = 15  # Of patience with a server that does not answer: the system has minutes.
_SECRET = ("password", "sslpassword", "passfile")


def of_file(path: Path) -> str:
    """The address of an SQLite file; as plain text, but where a name would be misread in it.

    In an address «?» begins the options, and «%41» is an A.
    """
    plain = f"sqlite:///{path}"
    url = make_url(plain)
    if url.database == str(path) and not url.query:
        return plain
    return URL.create("sqlite", database=str(path)).render_as_string()


def from_root(address: str, root: Path) -> str:
    """An address as nbgrader, run in the course's folder, takes it: SQLite's paths start there."""
    default = root / "gradebook.db"
    if address == f"sqlite:///{default}":
        return of_file(default)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise CursoError(
            "la dirección del libro de notas (CourseDirectory.db_url en nbgrader_config.py) no se "
            "entiende; una de SQLite es sqlite:////carpeta/notas.db, y una de PostgreSQL, "
            f"{SERVERS}"
        ) from None
    if "@" in (url.host or ""):
        raise CursoError(
            "la contraseña de CourseDirectory.db_url lleva una @, que en una dirección se escribe "
            "%40 (y un %, %25)"
        )
    path = url.database
    if url.get_backend_name() != "sqlite" or not path or path == MEMORY or "uri" in url.query:
        return address
    if Path(path).is_absolute():
        return address
    return url.set(database=str(root / path)).render_as_string(hide_password=False)


def is_on_server(address: str) -> bool:
    """Whether a gradebook is in a database that several machines share."""
    return make_url(address).get_backend_name() == SERVER


def patient(address: str) -> str:
    """The address of a server with how long to wait for it, where it does not say."""
    url = make_url(address)
    if "psycopg" in url.drivername or url.drivername == SERVER:
        url = url.update_query_dict({"connect_timeout": str(CONNECT_SECONDS), **url.query})
    return url.render_as_string(hide_password=False)


def server_engine(address: str, **options: Any) -> Engine:
    """An engine for a server's gradebook, that keeps no connection open.

    Raises
    ------
    CursoError
        If the package that speaks to it is missing.
    """
    try:
        return create_engine(patient(address), poolclass=NullPool, **options)
    except (NoSuchModuleError, ImportError) as error:
        raise CursoError(no_driver(address, error)) from error


def no_driver(address: str, error: Exception) -> str:
    """What to say where nothing installed can open that address."""
    return (
        f"no se puede abrir el libro de notas «{without_secrets(address)}»: falta el paquete que "
        f"habla con esa base de datos ({one_line(str(error))}); con curso-conv2d[postgres] "
        f"instalado, una dirección es {SERVERS} (CourseDirectory.db_url)"
    )


def without_secrets(address: str) -> str:
    """An address to be shown: no password in it, wherever it was written."""
    url = make_url(address).difference_update_query(_SECRET)
    return url.render_as_string()
