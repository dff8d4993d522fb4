"""Carpetas temporales que no sobreviven a quien las hizo, ni aunque lo maten."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "curso-trabajo-"


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder for this process and its forks; where they are killed, ``sweep`` finds it."""
    path, descriptor = _locked()
    try:
        yield path
    finally:
        os.close(descriptor)
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Delete the folders of this user's processes that died without deleting them."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            if os.fstat(descriptor).st_uid == os.getuid():
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        except BlockingIOError:
            pass  # Its process lives.
        finally:
            os.close(descriptor)


def _locked() -> tuple[Path, int]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        descriptor = os.open(path, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if path.exists():
            return path, descriptor
        os.close(descriptor)  # Swept away between the two.
