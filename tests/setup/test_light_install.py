"""Con la base sola hay ``comprobar``; lo demás dice en una línea qué le falta."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.common.extras import EXTRAS, missing

ROOT = Path(__file__).parents[2]
# What a student's notebook and the check's judge are made of.
BASE_ROOMS = ("common", "wire", "notebook", "judging", "checks", "delivery")
LIGHT = "activations arguments didactic extras filters initializers losses shapes"
# As where only the base is installed: every package of the extras, and no other, is not there.
WITHOUT = """
import sys
roots = set({roots!r})
for root in roots:
    sys.modules.pop(root, None)

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in roots:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NotInstalled())
"""


def without_extras(code: str, *, left: str = "") -> subprocess.CompletedProcess:
    roots = " ".join(EXTRAS.values()).split()
    before = WITHOUT.format(roots=sorted(set(roots) - set(left.split())))
    command = [sys.executable, "-c", before + code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def curso(*words: str) -> subprocess.CompletedProcess:
    return without_extras(f"from autograder.cli import main; sys.exit(main({list(words)!r}))")


def test_what_a_notebook_checks_itself_with_needs_numpy_alone():
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for room in BASE_ROOMS
        for path in sorted((ROOT / "autograder" / room).rglob("*.py"))
        if path.stem != "judge_rehearsal"  # It computes as it is imported, where grading begins.
    ]
    modules += [f"conv2d_lib.{name}" for name in LIGHT.split()]
    done = without_extras(
        f"import importlib; [importlib.import_module(m) for m in {modules!r}]\n"
        "from autograder import comprobar\nprint(comprobar.__name__)"
    )
    assert (done.returncode, done.stdout) == (0, "comprobar\n"), done.stderr


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (("publicar",), "docente"),
        (("calificar",), "docente"),
        (("informe",), "docente"),
        (("doctor",), "docente"),
        (("datos",), "lecciones"),
        (("entrenar",), "lecciones"),
        (("demo", "--rapido"), "docente"),
    ],
)
def test_a_verb_without_its_extra_says_what_to_install(words, extra):
    done = curso(*words)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("curso: falta ")
    assert f'pip install "curso-conv2d[{extra}]"' in done.stderr


def test_handing_in_needs_no_extra(tmp_path):
    folder = ROOT / "release" / "1_convolucion"
    done = without_extras(
        f"import os; os.chdir({str(tmp_path)!r})\n"
        "from autograder.cli import main\n"
        f"sys.exit(main(['entregar', '--carpeta', {str(folder)!r}]))"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "entrega_1_convolucion.zip").is_file()


def test_help_needs_no_extra():
    done = curso("--help")
    assert done.returncode == 0, done.stderr
    assert "calificar" in done.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import conv2d_lib; conv2d_lib.Conv2D",
        "from conv2d_lib.explorer import Explorador",
        "from conv2d_lib.plots import show_image",
        "from conv2d_lib.datasets import load_digits",
        "from conv2d_lib import Sequential",
    ],
)
def test_the_library_says_which_extra_brings_what_it_needs(code):
    done = without_extras(code)
    last = done.stderr.rstrip().splitlines()[-1]
    assert "FaltaUnPaquete: falta " in last
    assert last.endswith('pip install "curso-conv2d[lecciones]"')


@pytest.mark.parametrize(
    ("notebook", "left", "named"),
    [
        ("1_convolucion/convolucion", "", "matplotlib"),
        ("2_filtros/filtros", "matplotlib", "numba"),
    ],
)
def test_a_figure_of_a_unit_names_what_is_missing_and_how_it_is_installed(notebook, left, named):
    cells = nbformat.read(ROOT / "release" / f"{notebook}.ipynb", as_version=4).cells
    (figure,) = (cell.source for cell in cells if cell.id == "figura")
    written = "import numpy as np\ncorrelacion2d = lambda imagen, kernel: imagen\n"
    done = without_extras(written + figure, left=left)
    assert done.stdout.splitlines() == [
        f'Sin {named} no hay figura: pip install "curso-conv2d[lecciones]"',
        "No hace falta para la nota.",
    ], done.stderr


def test_a_check_of_keras_says_which_extra_brings_keras():
    done = without_extras(
        "from autograder import comprobar\n"
        "try:\n"
        "    comprobar('3_mapas_de_caracteristicas.filtros_aprendidos', lambda modelo: modelo)\n"
        "except AssertionError as error:\n"
        "    print(type(error).__name__, error)"
    )
    assert done.stdout.endswith(
        "ComprobacionFallida 3_mapas_de_caracteristicas.filtros_aprendidos: falta keras, que viene "
        'con: pip install "curso-conv2d[keras]"\n'
    ), done.stderr


def test_every_package_that_is_missing_belongs_to_an_extra_of_the_project():
    """The table says only what pyproject.toml has: a package of another extra, another line."""
    for extra, roots in EXTRAS.items():
        for root in roots.split():
            assert f"[{extra}]" in missing(root), root
    assert missing("otro") is None
    assert missing(None) is None


def test_the_judge_at_home_is_that_of_the_notebook_wherever_it_is(tmp_path):
    """As in a user's own folder of packages, which an isolated Python does not look at."""
    for package in ("autograder", "conv2d_lib"):
        (tmp_path / package).symlink_to(ROOT / package)
    numpy = importlib.metadata.distribution("numpy").locate_file("")
    # -S: no folder of packages at all, but those that are said here, and -I forgets.
    done = subprocess.run(
        [sys.executable, "-S", "-c", "from autograder import comprobar\n"
         "comprobar('4_padding.tamano_salida', lambda *a, **k: 3)"],
        env={"PYTHONPATH": f"{tmp_path}:{numpy}"}, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert "✘ 4_padding.tamano_salida" in done.stdout, done.stderr


def test_on_a_hub_where_nothing_can_be_written_it_checks_without_a_word_too_many(tmp_path):
    """The package belongs to another, and there is no home: as on many hubs, and in containers."""
    apart = "bwrap --ro-bind / / --dev /dev --proc /proc --die-with-parent --chdir /"
    here = f"--setenv HOME {tmp_path}/nadie --setenv PYTHONPATH {ROOT}"
    code = (
        "from autograder import comprobar\ntry:\n"
        "    comprobar('4_padding.tamano_salida', lambda *a, **k: 3)\n"
        "except AssertionError:\n    print('fin')"
    )
    command = [*apart.split(), *here.split(), sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "✘ 4_padding.tamano_salida: " in done.stdout
    assert done.stdout.endswith("fin\n")
    assert done.stderr == ""
