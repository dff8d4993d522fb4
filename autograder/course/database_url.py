"""La dirección del libro de notas: una ruta cualquiera cabe en ella sin perder nada."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from ..common.errors import CursoError

MEMORY = ":memory:"


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
    except ArgumentError as error:
        raise CursoError(
            "la dirección del libro de notas (CourseDirectory.db_url en nbgrader_config.py) no se "
            "entiende; una de SQLite es sqlite:////carpeta/notas.db"
        ) from error
    path = url.database
    if url.get_backend_name() != "sqlite" or not path or path == MEMORY or "uri" in url.query:
        return address
    if Path(path).is_absolute():
        return address
    return url.set(database=str(root / path)).render_as_string(hide_password=False)
