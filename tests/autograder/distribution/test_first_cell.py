"""La primera celda: instala el paquete del curso donde falta o es otro, y si está no hace nada.

Pip is a double here, that writes down what it is asked; ``make instalaciones`` uses the real one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from traitlets.config import Config

from autograder.checks import UNITS
from autograder.common.errors import CursoError
from autograder.distribution.first_cell import CELL_ID, address_of, first_cell
from autograder.distribution.wheel import wheel_name

ROOT = Path(__file__).parents[3]
UNIT = "1_convolucion"
# Installs by linking to the repository; refuses what it is told to.
PIP = """
import os, shutil, sys
from pathlib import Path
home, words = Path(__file__).parents[1], sys.argv[1:]
with open(home / "asked", "a") as log:
    log.write(" ".join(words) + "\\n")
if words[0] == "uninstall":
    shutil.rmtree(home / "autograder")
    shutil.rmtree(home / "autograder-1.0.dist-info")
elif any(word in " ".join(words) for word in os.environ.get("REFUSED", "").split()):
    sys.exit("ERROR: no hay red")
else:
    for name in ("autograder", "conv2d_lib"):
        if (home / name).exists():
            shutil.rmtree(home / name)
        (home / name).symlink_to(Path({root!r}) / name)
"""
DONE = "✔ El paquete del curso está instalado.\n"
AFTER = "\nfrom autograder import comprobar\nprint(comprobar.__module__)"
OURS = "autograder.notebook.client\n"


class Home:
    """A student's Python: a folder of packages, and one with the notebook."""

    def __init__(self, folder: Path) -> None:
        self.packages, self.work = folder / "lib" / "site-packages", folder / "trabajo"
        (self.packages / "pip").mkdir(parents=True)
        self.work.mkdir()
        (self.packages / "pip" / "__init__.py").touch()
        (self.packages / "pip" / "__main__.py").write_text(PIP.format(root=str(ROOT)))

    def install(self, name: str, **files: str) -> None:
        for inside, text in files.items():
            path = self.packages / name / (inside.replace("__", "/") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (self.packages / name / "__init__.py").write_text("raise SystemExit('importado')")

    def distribution(self, name: str) -> None:
        folder = self.packages / f"{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")

    @property
    def asked(self) -> list[str]:
        log = self.packages / "asked"
        return log.read_text().splitlines() if log.exists() else []

    def run(self, after: str = "", address: str = "", **more: str) -> subprocess.CompletedProcess:
        """The cell, in a Python whose packages are these, and NumPy."""
        import numpy

        folders = [self.packages, Path(str(numpy.__file__)).parents[1]]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("NBGRADER", "PYTHON"))}
        path = {"PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, "-S", "-c", first_cell(UNITS[UNIT], address).source + after],
            cwd=self.work, env=kept | path | more, capture_output=True, text=True,
        )  # fmt: skip

    def refused(self, **more: str) -> str:
        done = self.run(**more)
        last = done.stderr.splitlines()[-1]
        assert done.returncode == 1
        assert "PaqueteDelCurso: " in last
        return last


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def with_wheel(home) -> Home:
    (home.work / wheel_name()).touch()
    return home


def test_where_there_is_none_that_beside_the_notebook_is_installed(with_wheel):
    done = with_wheel.run(AFTER)
    assert done.stdout == DONE + OURS, done.stderr
    (asked,) = with_wheel.asked
    assert asked.startswith("install ")
    assert f"curso-conv2d @ file://{with_wheel.work}/{wheel_name()}" in asked


def test_where_it_is_the_cell_does_nothing(with_wheel):
    for name in ("autograder", "conv2d_lib"):
        (with_wheel.packages / name).symlink_to(ROOT / name)
    assert with_wheel.run(AFTER).stdout == OURS
    assert with_wheel.asked == []


def test_another_project_of_that_name_is_taken_away_and_never_run(with_wheel):
    with_wheel.install("autograder", otra="")
    with_wheel.distribution("autograder")
    done = with_wheel.run(AFTER)
    assert done.stdout.startswith("Había otro paquete llamado «autograder»"), done.stderr
    assert done.stdout.endswith(DONE + OURS)
    assert [line.split()[0] for line in with_wheel.asked] == ["uninstall", "install"]


def test_another_project_stays_where_there_is_nothing_to_put_in_its_place(home):
    home.install("autograder", otra="")
    home.distribution("autograder")
    assert "pon junto al cuaderno" in home.refused()
    assert home.asked == []


def test_an_old_version_is_brought_up_to_date(with_wheel):
    with_wheel.install("autograder", notebook__client="", common__version='VERSION = "0.1.9"')
    assert with_wheel.run(AFTER).stdout == DONE + OURS
    assert len(with_wheel.asked) == 1


def test_with_nothing_to_install_one_line_says_what_to_do(home):
    assert "pon junto al cuaderno el archivo curso_conv2d-….whl" in home.refused()


def test_the_course_s_address_comes_first_and_then_what_is_beside(with_wheel):
    address = "https://aula.ejemplo.edu/curso/curso.whl"
    done = with_wheel.run(AFTER, address, REFUSED="https:")
    assert done.stdout == DONE + OURS, done.stderr
    assert [line.split(" @ ")[1][:5] for line in with_wheel.asked] == ["https", "file:"]


def test_without_network_what_is_needed_to_check_is_installed_alone(with_wheel):
    done = with_wheel.run(AFTER, REFUSED="--retries")
    assert done.stdout == DONE + OURS, done.stderr
    assert "--no-deps --no-index" in with_wheel.asked[-1]


def test_what_pip_could_not_do_is_said_in_one_line(with_wheel):
    said = with_wheel.refused(REFUSED="install")
    assert said.endswith("no se pudo instalar el paquete del curso: ERROR: no hay red")


@pytest.mark.parametrize("step", ["autograde", "validate"])
def test_while_grading_it_does_nothing_whatever_there_is(with_wheel, step):
    with_wheel.install("autograder", otra="")
    with_wheel.distribution("autograder")
    done = with_wheel.run(NBGRADER_EXECUTION=step)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert with_wheel.asked == []


@pytest.mark.parametrize("name", ["autograder.py", "autograder/__init__.py"])
def test_a_file_beside_the_notebook_that_covers_it_is_named_and_not_run(with_wheel, name):
    (with_wheel.work / name).parent.mkdir(exist_ok=True)
    (with_wheel.work / name).write_text("print('hostil')")
    assert "«autograder» que tapa el paquete del curso" in with_wheel.refused()
    assert with_wheel.run().stdout == ""
    assert with_wheel.asked == []


def test_a_student_s_module_beside_the_notebook_does_not_reach_pip(with_wheel):
    (with_wheel.work / "shutil_.py").touch()
    (with_wheel.work / "pip.py").write_text("raise SystemExit('hostil')")
    assert with_wheel.run(AFTER).stdout == DONE + OURS


def test_the_address_is_said_once_and_has_to_be_one():
    config = Config()
    assert address_of(config) == ""
    config.Curso.direccion = "https://aula.ejemplo.edu/curso/"
    assert address_of(config) == f"https://aula.ejemplo.edu/curso/{wheel_name()}"
    for wrong in ('https://a"); import os; ("', "curso/", 3, "https://a\nb"):
        config.Curso.direccion = wrong
        with pytest.raises(CursoError, match=r"c\.Curso\.direccion"):
            address_of(config)


@pytest.mark.parametrize("path", sorted((ROOT / "release").glob("*/*.ipynb")), ids=str)
def test_every_released_notebook_begins_its_code_with_it(path):
    code = [c for c in nbformat.read(path, 4).cells if c.cell_type == "code"]
    assert [c.id for c in code].index(CELL_ID) == 0
    assert "nbgrader" not in code[0].metadata  # No gradebook has to know it.
    assert "[keras]" in code[0].source or path.parent.name[0] in "124"
