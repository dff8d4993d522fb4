"""Lo que hace una máquina del clúster: decir qué es, prepararse, y calificar lo que le llega.

Dask calls these functions, in the threads of its worker. Notebooks run where they always do: in the
sandbox, and their graders in processes of their own, forked from one that has no threads.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import queue
import shutil
import socket
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from ..checks.fashion_mnist import location
from ..common.scratch import sweep
from ..sandbox.availability import isolation_problem
from ..sandbox.flavours import FLAVOURS
from ..sandbox.servers import server_of, stop_servers
from .build import build
from .carried import grade_carried, packed_result
from .workers import Place, check_temporary_folder

_lock = threading.Lock()
_servers: dict[str, socket.socket] = {}
_places: queue.LifoQueue[Place] = queue.LifoQueue()


def introduce(isolated: bool) -> dict[str, str]:
    """What this machine has of all that marks depend on, and under ``problem`` why it cannot grade.

    Parameters
    ----------
    isolated : bool
        Whether notebooks must run in the sandbox.
    """
    # Dask's workers are daemons to multiprocessing, that forbids them to have children. Ours end
    # by themselves when their parent does.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    about = {name: str(value) for name, value in build().items()}
    try:
        check_temporary_folder()
        sweep()
        problem = isolation_problem() if isolated else None
    except Exception as error:
        problem = str(error)
    return {**about, "problem": problem} if problem else about


def expect(flavour: str) -> None:
    """Jobs of that flavour are coming: load what they need."""
    with _lock:
        if flavour not in _servers:
            _servers[flavour] = server_of(FLAVOURS[flavour])


def has_data(names: list[str]) -> bool:
    """Whether Fashion-MNIST is in this machine."""
    folder = location()
    return all((folder / name).is_file() for name in names)


def take_data(files: dict[str, bytes]) -> None:
    """Keep Fashion-MNIST, as the one who grades has it, while this worker lives."""
    folder = Path(tempfile.mkdtemp(prefix="curso-datos-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, data in files.items():
        (folder / Path(name).name).write_bytes(data)
    os.environ["FASHION_MNIST_DIR"] = str(folder)


def grade(carried: bytes, seconds: float) -> bytes:
    """Grade one submission in the first grader that is free, or in a new one."""
    with suppress(queue.Empty):
        place = _places.get_nowait()
        return _graded(place, carried, seconds)
    with _lock:
        place = Place(grade_carried, dict(_servers))
    return _graded(place, carried, seconds)


def rest() -> None:
    """End the graders and the servers, until somebody comes again."""
    with suppress(queue.Empty):
        while True:
            _places.get_nowait().stop()
    with _lock:
        _servers.clear()
        stop_servers()


def _graded(place: Place, carried: bytes, seconds: float) -> bytes:
    result = place.run(carried, seconds)
    _places.put(place)
    return result if isinstance(result, bytes) else packed_result(result)
