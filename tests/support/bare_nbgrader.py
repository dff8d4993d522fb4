"""nbgrader as an instructor starts it, in a process where no piece of ours has been loaded.

Run as ``python bare_nbgrader.py``, it reads orders from stdin, one JSON line each, and answers with
what came of them: one import of nbgrader for all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

BUTTON = "formgrader"


class Answer(NamedTuple):
    """How an order ended, and what it wrote."""

    code: int
    text: str


class Bare:
    """A process that takes orders; see :func:`bare_nbgrader`."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def __call__(
        self,
        folder: Path,
        *arguments: str,
        home: Path | None = None,
        package: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> Answer:
        """Run ``nbgrader ARGUMENTS`` in ``folder``; or, after ``formgrader``, press its button.

        With ``environment`` it has those variables and no other; else those of the process, and a
        home of its own.
        """
        mine = None if environment is None else dict(environment)
        order = [str(folder), str(home or folder.parent / "casa"), package, mine, *arguments]
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Answer(*json.loads(self._process.stdout.readline()))


@contextmanager
def bare_nbgrader() -> Iterator[Bare]:
    process = subprocess.Popen(
        [sys.executable, "-I", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield Bare(process)
        process.stdin.close()


def _answer(
    folder: str, home: str, package: bool, environment: dict[str, str] | None, *arguments: str
) -> tuple[int, str]:
    with tempfile.TemporaryFile() as log:
        child = os.fork()
        if child == 0:
            os.setsid()
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            os.chdir(folder)
            if environment is None:
                os.makedirs(home, exist_ok=True)
                os.environ["HOME"] = home
                os.environ.pop("JUPYTER_CONFIG_DIR", None)
            else:
                os.environ.clear()
                os.environ.update(environment)
                time.tzset()
            bin_folder = Path(sys.executable).parent
            os.environ["PATH"] = f"{bin_folder}:{os.environ['PATH']}"
            if not package:
                sys.modules["autograder"] = None
            code = 3
            try:
                code = _press(*arguments[1:]) if arguments[0] == BUTTON else _command(arguments)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        log.seek(0)
        return os.waitstatus_to_exitcode(status), log.read().decode("utf-8", "replace")


def _command(arguments: tuple[str, ...]) -> int:
    from nbgrader.apps.nbgraderapp import NbGraderApp

    try:
        NbGraderApp.launch_instance(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def _press(unit: str, student: str) -> int:
    """What formgrader's page does when its button is pressed, with what its server loaded."""
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

    app = FormgradeExtension()
    app.initialize([])
    answered = NbGraderAPI(app.coursedir, parent=app).autograde(unit, student)
    print(answered)
    return 0 if answered["success"] else 1


if __name__ == "__main__":
    # A second and a half of processor; each order runs in a copy of this process, that has it.
    import nbgrader.apps.nbgraderapp
    import nbgrader.server_extensions.formgrader.formgrader  # noqa: F401

    assert "autograder" not in sys.modules
    for line in sys.stdin:
        print(json.dumps(_answer(*json.loads(line))), flush=True)
