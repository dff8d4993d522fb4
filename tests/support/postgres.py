"""A PostgreSQL of the tests' own: in a temporary folder, on a socket there, with no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

# Of the machine's own users, one that is not the administrator: it refuses to run as root.
NOBODY = 65534
# What makes a server durable takes time, and tests kill processes, not machines.
_FAST = ("fsync=off", "full_page_writes=off", "shared_buffers=16MB")


class Server:
    """A cluster in a folder; it can be stopped as a crash would, and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._data = folder, folder / "datos"

    def make(self) -> None:
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale=C", "--no-sync")  # fmt: skip
        self.start()

    def start(self) -> None:
        options = ["listen_addresses=", f"unix_socket_directories={self.folder}", *_FAST]
        told = " ".join(f"-c {option}" for option in options)
        log = self.folder / "registro"
        self._run("pg_ctl", "-D", self._data, "-w", "-t", "120", "-l", log, "-o", told, "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-D", self._data, "-w", "-t", "120", "-m", how, "stop")

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def new_database(self, name: str) -> str:
        self.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def execute(self, statement: str, database: str = "postgres") -> None:
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [*_as_nobody(), _program(program), *map(str, arguments)],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
        )


def _program(name: str) -> str:
    """Debian keeps them out of the PATH, one folder a version."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        if os.environ.get("CI"):
            pytest.fail("falta PostgreSQL: .ci/run lo instala (apt-get install postgresql)")
        pytest.skip("esta máquina no tiene PostgreSQL")
    return found


def _as_nobody() -> list[str]:
    if os.getuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


@contextmanager
def running() -> Iterator[Server]:
    """A server for a while; the name of its socket must be short."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as place:
        folder = Path(place)
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        server = Server(folder)
        server.make()
        try:
            yield server
        finally:
            server.stop()
