"""``make instalaciones``: el paquete instalado de verdad, con pip, en cada Python que haya.

It builds the wheel; in a new environment for each Python it installs the base, measures it, checks
a function of unit 1 (cold: nothing of the environment in memory), hands in a notebook and says what
is missing; with ``--lecciones``, the library too. In one more it runs the first cell of a notebook
with none, another or an old package, and in two others the widgets with Colab's and Kaggle's.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from .old_widgets import CLOUDS, Cloud, draw

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
MOST_MEGABYTES, MOST_SECONDS, TURNS = 150, 1.0, 5
# The kernel that it runs in has started already: what is counted is from there to the answer, of
# this process and of its judge.
CHECK = """
import json, os, time
began, before = time.perf_counter(), os.times()
import numpy as np
from autograder import comprobar

def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", ventanas, kernel)

def spent():
    used = os.times()
    return [time.perf_counter() - began, used.user + used.system - before.user - before.system]

comprobar("1_convolucion.correlacion2d", correlacion2d)
first = spent()
comprobar("1_convolucion.correlacion2d", correlacion2d)
again = spent()
from autograder.notebook import client
judge = client._judge.process
client._judge.connection.close()
judge.stdin = judge.stdout = None
judge.wait()
used = os.times()
print()
print(json.dumps({
    "frío": first[0], "otra vez": again[0] - first[0],
    "procesador": again[1], "juez": used.children_user + used.children_system,
}))
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

    def __init__(self, python: str | None, folder: Path) -> None:
        """Made with ``python``, or there already."""
        if python:
            subprocess.run([python, "-m", "venv", str(folder)], check=True)
        self.folder = folder
        scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python, self.curso = str(scripts / "python"), str(scripts / "curso")

    def pip(self, *words: str) -> None:
        command = [self.python, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)

    def uv(self, *words: str) -> None:
        """What is large, in a tenth of the time."""
        command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", self.python]
        subprocess.run([*command, *words], check=True)

    def forget(self) -> None:
        """Leave nothing of it in the memory that the system keeps of files, where that can be."""
        for path in self.folder.rglob("*") if hasattr(os, "posix_fadvise") else ():
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    os.fdatasync(file.fileno())
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

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
    cold, warm = measure(home, work, cold=True), measure(home, work, cold=False)
    shutil.copy(ROOT / "release/1_convolucion/convolucion.ipynb", work)
    assert "✔ entrega_1_convolucion.zip" in home.run(home.curso, "entregar", cwd=work)
    said = home.run(home.curso, "calificar", cwd=work, fails=True)
    assert 'pip install "curso-conv2d[docente]"' in said
    assert said.count("\n") == 1, said
    said = home.run(home.python, "-c", "from conv2d_lib import Conv2D", cwd=work, fails=True)
    assert said.endswith('pip install "curso-conv2d[lecciones]"\n')
    print(f"✔ {python}: la base, {size:.0f} MB")
    print(f"  la primera comprobación, recién instalado: {cold}")
    print(f"  la primera comprobación, otro día: {warm}")
    assert size < MOST_MEGABYTES
    if lessons:
        home.uv(f"curso-conv2d[lecciones] @ {wheel.as_uri()}")
        home.run(home.python, "-c", LIBRARY, cwd=work)
        home.uv("ipywidgets<8")
        home.run(home.python, "-c", LIBRARY, cwd=work)
        print(f"✔ {python}: las lecciones ({home.megabytes():.0f} MB), con ipywidgets 8 y 7")


def measure(home: Environment, work: Path, *, cold: bool) -> str:
    """The first check of a kernel, the median of some; what it costs may not pass of a second.

    On a machine that others use the clock says as much of them: what is held is the processor's
    time, of the notebook's process and of the judge's, that one does after the other.
    """
    told: list[dict[str, float]] = []
    for _ in range(TURNS):
        if cold:
            home.forget()
        told.append(json.loads(home.run(home.python, "-c", CHECK, cwd=work).splitlines()[-1]))
    here = {name: statistics.median(one[name] for one in told) for name in told[0]}
    spent = here["procesador"] + here["juez"]
    assert spent < MOST_SECONDS, f"{spent:.2f} s de procesador"
    return (
        f"{here['frío']:.2f} s de reloj, {spent:.2f} s de procesador ({here['juez']:.2f} s, del "
        f"juez); la siguiente, {here['otra vez']:.2f} s"
    )


def _version(python: str) -> str | None:
    """Of a Python that runs: a version manager's name for one may lead nowhere."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def try_cloud(cloud: Cloud, pythons: list[str], wheel: Path, work: Path) -> None:
    """The library, the explorer and the predictions with a cloud's versions of everything."""
    own = next((one for one in pythons if _version(one) == cloud.python), cloud.python)
    work = work / cloud.name
    folder = work / "entorno"
    command = [sys.executable, "-m", "uv", "venv", "--quiet", "--seed", "--python"]
    if subprocess.run([*command, own, str(folder)], stderr=subprocess.DEVNULL).returncode:
        # Neither here nor to be downloaded: these versions are also those of a Python nearby.
        subprocess.run([*command, (pythons or [sys.executable])[-1], str(folder)], check=True)
    home = Environment(None, folder)
    home.uv(*cloud.packages, f"curso-conv2d[lecciones] @ {wheel.as_uri()}")
    home.run(home.python, "-c", LIBRARY, cwd=work)
    draw(home.python, work, cloud.lab)
    told = [one for one in cloud.packages if one.startswith(("ipyw", "numba", "numpy"))]
    here = f"Python {_version(home.python)}"
    print(f"✔ con lo de {cloud.name} ({', '.join([here, *told])}…): explorador y Predice")


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
    for cloud in CLOUDS.values():
        about = f"solo lo de {cloud.name}"
        parser.add_argument(
            f"--{cloud.name.lower()}", action="append_const", dest="nubes", const=cloud, help=about
        )
    parser.add_argument("--lecciones", action="store_true", help="instala también ese extra")
    options = parser.parse_args()
    found = options.pythons or [
        p for v in PYTHONS if (p := shutil.which(f"python{v}")) and _version(p)
    ]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        (built,) = WheelBuilder(str(ROOT)).build(directory=temporary, versions=["standard"])
        (work / "nube").mkdir()
        for number, python in enumerate(() if options.nubes else found or [sys.executable]):
            (work / str(number)).mkdir()
            try_base(python, Path(built), work / str(number), options.lecciones)
        if not options.nubes:
            (work / "primera").mkdir()
            try_first_cell((found or [sys.executable])[0], Path(built), work / "primera")
        for cloud in options.nubes or CLOUDS.values():
            (work / "nube" / cloud.name).mkdir()
            try_cloud(cloud, found, Path(built), work / "nube")
    return 0


if __name__ == "__main__":
    sys.exit(main())
