"""What every test with a browser shares: the system's Chromium, a copy of the course, its servers.

``page`` is a tab of a Playwright browser that ``new_context`` makes; ``course_copy`` a folder with
the tracked files and the environment, as ``make`` leaves it; ``serving(folder, command)`` runs a
line that starts JupyterLab there, such as ``make lab``, and gives the address that it answers at.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from own_servers import PATIENCE, answered, end, free_port
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-proxy-server"),
    # There is no other machine: a page that asks one for something, as Formgrader does for its
    # formulas, is told so at once, and is not left half loaded for as long as a network is slow.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# What this run of the tests says to its own children is not for a student's shell.
OURS = ("MAKE", "MFLAGS", "PYTEST_", "JUPYTER", "VIRTUAL_ENV", "PRUEBAS", "BENCH", "LAB", "DEMO")

NewContext = Callable[..., BrowserContext]
Serving = Callable[[Path, str], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("falta Chromium: .ci/run lo instala (apt-get install chromium)")
        pytest.skip("esta máquina no tiene Chromium")
    expect.set_options(timeout=PATIENCE * 1000)  # Five seconds are what a busy machine loses.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[NewContext]:
    """A function: a browser that remembers nothing, in Spanish, 1280 pixels wide or as is said."""
    contexts: list[BrowserContext] = []

    def made(**options: Any) -> BrowserContext:
        usual: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "es-ES"}
        contexts.append(chromium.new_context(**usual | options))
        contexts[-1].set_default_timeout(PATIENCE * 1000)
        return contexts[-1]

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A tab 1280 pixels wide, in Spanish, of a browser that remembers nothing."""
    return new_context().new_page()


@pytest.fixture(scope="module")
def course_copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tracked files in a folder of their own, with the environment that ``make`` asks for."""
    folder = tmp_path_factory.mktemp("copia") / "curso"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in (Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name):
        if (ROOT / name).is_file() and name.parts[0] != "tests":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != ".listo":
            (folder / ".venv" / part.name).symlink_to(part)
    (folder / ".venv" / ".listo").touch()
    yield folder
    shutil.rmtree(folder.parent)


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Serving:
    """A function: the address of the JupyterLab that a line starts in a folder, while it lasts."""

    @contextmanager
    def serve(folder: Path, command: str) -> Iterator[str]:
        # A house for each: JupyterLab opens again what was left open, and here it is not there.
        home = tmp_path_factory.mktemp("casa")
        port = free_port()
        here = str(Path(sys.prefix) / "bin")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        path = [p for p in environment["PATH"].split(os.pathsep) if p != here]
        # JUPYTER_CONFIG_DIR and its like follow HOME: nothing of this machine's user is read.
        environment |= {
            "HOME": str(home),
            "PATH": os.pathsep.join(path),
            "LAB": f"--no-browser --allow-root --port={port} --IdentityProvider.token=",
        }
        log = home / f"servidor-{port}.log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                ["bash", "-c", command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                try:
                    answered(f"http://127.0.0.1:{port}/api", server)
                except OSError as error:
                    raise AssertionError(log.read_text(errors="replace")) from error
                yield f"http://127.0.0.1:{port}"
            finally:
                end(server)

    return serve
