"""``make instalaciones``: el paquete instalado de verdad, con pip, en cada Python que haya.

It builds the wheel; in a new environment for each Python it installs the base, measures it, checks
a function of unit 1, hands in a notebook and says what is missing; with ``--lecciones``, the
library too. In one more it runs the first cell of a notebook with none, another or an old package.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
MOST_MEGABYTES, MOST_SECONDS = 150, 1.0
CHECK = """
import os, time
began, used = time.perf_counter(), os.times()
import numpy as np
from autograder import comprobar

def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", ventanas, kernel)

comprobar("1_convolucion.correlacion2d", correlacion2d)
print("segundos", round(time.perf_counter() - began, 3))
"""
LIBRARY = """
import numpy as np, conv2d_lib
from conv2d_lib.explorer import Explorador
from conv2d_lib.plots import show_image
x, kernel = np.ones((1, 5, 5, 2), "float32"), np.ones((3, 3, 2, 4), "float32")
y = conv2d_lib.conv2d(x, kernel)
assert y.shape == (1, 3, 3, 4) and (y == 18).all()
Explorador(), show_image(x[0, :, :, 0])
(images, _), _ = conv2d_lib.load_digits()
print(images.shape)
"""


class Environment:
    """A new virtual environment, and what is asked in it."""

    def __init__(self, python: str, folder: Path) -> None:
        subprocess.run([python, "-m", "venv", str(folder)], check=True)
        self.folder = folder
        scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python, self.curso = str(scripts / "python"), str(scripts / "curso")

    def pip(self, *words: str) -> None:
        command = [self.python, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)

    def run(self, *words: str, cwd: Path, fails: bool = False) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NBGRADER"))}
        done = subprocess.run(words, cwd=cwd, env=kept, capture_output=True, text=True)
        if (done.returncode != 0) != fails:
            raise AssertionError(f"{' '.join(words)[:200]}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def megabytes(self) -> float:
        """Of the packages alone, without those that every environment has."""
        (site,) = self.folder.rglob("site-packages")
        ours = (path for path in site.iterdir() if not path.name.startswith(("pip", "setuptools")))
        return sum(_size(path) for path in ours) / 1e6


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def try_base(python: str, wheel: Path, work: Path, lessons: bool) -> None:
    """The base in a Python: its size, a check, a delivery, and what it says that is missing."""
    home = Environment(python, work / f"entorno-{Path(python).name}")
    home.pip("install", str(wheel))
    size = home.megabytes()
    seconds = min(
        float(home.run(home.python, "-c", CHECK, cwd=work).rsplit(maxsplit=1)[1]) for _ in range(5)
    )
    shutil.copy(ROOT / "release/1_convolucion/convolucion.ipynb", work)
    assert "✔ entrega_1_convolucion.zip" in home.run(home.curso, "entregar", cwd=work)
    said = home.run(home.curso, "calificar", cwd=work, fails=True)
    assert 'pip install "curso-conv2d[docente]"' in said
    assert said.count("\n") == 1, said
    said = home.run(home.python, "-c", "from conv2d_lib import Conv2D", cwd=work, fails=True)
    assert said.endswith('pip install "curso-conv2d[lecciones]"\n')
    print(f"✔ {python}: la base, {size:.0f} MB; comprobar, con todo por cargar, {seconds:.2f} s")
    assert size < MOST_MEGABYTES
    if seconds >= MOST_SECONDS:
        print(f"  aviso: pasa de {MOST_SECONDS} s (¿máquina ocupada?)")
    if lessons:
        home.pip("install", f"curso-conv2d[lecciones] @ {wheel.as_uri()}")
        home.run(home.python, "-c", LIBRARY, cwd=work)
        home.pip("install", "ipywidgets<8")
        home.run(home.python, "-c", LIBRARY, cwd=work)
        print(f"✔ {python}: las lecciones ({home.megabytes():.0f} MB), con ipywidgets 8 y 7")


def try_first_cell(python: str, wheel: Path, work: Path) -> None:
    """The first cell with the real pip: none, another project of that name, an old one."""
    home = Environment(python, work / "celda")
    shutil.copy(wheel, work)
    notebook = json.loads((ROOT / "release/1_convolucion/convolucion.ipynb").read_text("utf-8"))
    (cell,) = (c for c in notebook["cells"] if c["id"] == "paquete-del-curso")
    code = "".join(cell["source"]) + "\nfrom autograder import comprobar"
    other, old = work / "otro", work / "viejo"
    _project(other, "autograder", "9.9", {"autograder/__init__.py": "raise SystemExit('otro')"})
    _project(old, "curso-conv2d", "0.1.0", {"autograder/__init__.py": "", "conv2d_lib/x.py": ""})
    cases: dict[str, Callable[[], None]] = {
        "no hay ninguno": lambda: None,
        "es otro": lambda: home.pip("install", "--no-build-isolation", "--no-deps", str(other)),
        "es viejo": lambda: home.pip("install", "--no-build-isolation", "--no-deps", str(old)),
    }
    home.pip("install", "hatchling", "numpy")
    for name, prepare in cases.items():
        home.pip("uninstall", "--yes", "curso-conv2d", "autograder")
        prepare()
        assert "✔ El paquete del curso" in home.run(home.python, "-c", code, cwd=work), name
        assert home.run(home.python, "-c", code, cwd=work) == "", name
    print(f"✔ la primera celda, donde {', '.join(cases)}, instala el paquete")


def _project(folder: Path, name: str, version: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    packages = sorted({path.partition("/")[0] for path in files})
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[project]\nname = "{name}"\nversion = "{version}"\n'
        f"[tool.hatch.build.targets.wheel]\npackages = {json.dumps(packages)}\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.installations", description=__doc__)
    parser.add_argument("--pythons", nargs="*", help="sus programas; si no, los que haya")
    parser.add_argument("--lecciones", action="store_true", help="instala también ese extra")
    options = parser.parse_args()
    found = options.pythons or [p for v in PYTHONS if (p := shutil.which(f"python{v}"))]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        (built,) = WheelBuilder(str(ROOT)).build(directory=temporary, versions=["standard"])
        for number, python in enumerate(found or [sys.executable]):
            (work / str(number)).mkdir()
            try_base(python, Path(built), work / str(number), options.lecciones)
        (work / "primera").mkdir()
        try_first_cell((found or [sys.executable])[0], Path(built), work / "primera")
    return 0


if __name__ == "__main__":
    sys.exit(main())
