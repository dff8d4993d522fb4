"""Cada orden del README y de sus páginas se ejecuta, tal como está escrita, en una copia limpia."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from own_servers import PATIENCE, answered, end, free_port

from autograder.cli import VERBS
from autograder.sandbox.availability import isolation_problem
from conv2d_lib.datasets import sets as datasets

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/estudiante.md", "docs/docente.md", "docs/mantenimiento.md")
# Those that need what a virtual classroom gives, a server or other machines: test_campus_pages.py,
# test_postgres.py and test_cluster.py walk them.
WALKED = ("docs/moodle.md", "docs/canvas.md", "docs/postgresql.md", "docs/cluster.md")
UNIT = "1_convolucion/convolucion.ipynb"
# What each command must say; one that is not here fails until somebody says what it promises.
SAYS = {
    "make demo": "todas las notas son las esperadas",
    "make test": "passed",
    "make lab": "JupyterLab",
    "make release": "✔ 5_fashion_mnist",
    "make bench": "Guardado: ",
    "make format": "left unchanged",
    "make ayuda": "Abre JupyterLab en español",
    "source .venv/bin/activate": "",
    "curso copias": "para mirar",
    "curso copias 1_convolucion": "para mirar",
    "curso doctor": "se puede aislar",
    "curso datos": "Fashion-MNIST está completo",
    "curso publicar": "✔ 5_fashion_mnist",
    "curso publicar --paquete": "paquetes/5_fashion_mnist.zip",
    "curso alumnos lista.csv": "En la lista hay 2 personas",
    "curso publicar 3": "personales",
    "curso publicar 3 --hoja hoja.csv": "3_mapas_de_caracteristicas_personales.zip",
    "curso entregar 1": "✔ entrega_1_convolucion.zip",
    "curso nuevo vision_2026 --unidades 1,2,4 --nota-maxima 20": "archivos nuevos en vision_2026",
    "curso calificar": "ana · 1_convolucion · 20 / 20",
    "curso calificar 1_convolucion": "luis · 1_convolucion · 0 / 20",
    "curso calificar --todo": "2 entregas calificadas",
    "curso calificar --sin-aislamiento": "ana · 1_convolucion · 20 / 20",
    "curso informe": "informe/index.html",
    "curso comentarios": "cuadernos comentados",
    "curso entrenar": "Los pesos están en entrenado",
    # Trained for a moment: refused, and that is what it says.
    "curso aceptar entrenado": "Rechazada",
    "curso aceptar release/5_fashion_mnist": "Rechazada",
}
# What the page has told its reader to have, or to write, before a command.
_SHEET = (
    "Identificador,Nombre completo,Dirección de correo,Estado,Calificación,Calificación máxima,"
    "La calificación puede ser cambiada,Última modificación (entrega),"
    "Última modificación (calificación),Comentarios de retroalimentación\n"
    "Participante 1,Ana López,ana@x.es,Enviado,,20,Sí,-,-,\n"
)
BEFORE = {
    "curso alumnos lista.csv": (
        "lista.csv",
        "usuario,nombre,apellidos,correo\nana,Ana,López,ana@x.es\nluis,Luis,Ruiz,luis@x.es\n",
    ),
    "curso publicar 3": (
        "nbgrader_config.py",
        'c = get_config()  # noqa: F821\nc.Curso.variantes = ["3"]\n',
    ),
    "curso publicar 3 --hoja hoja.csv": ("hoja.csv", _SHEET),
}
REFUSES = {command for command, said in SAYS.items() if said == "Rechazada"}
# The long ones do the same, with less: a file of tests, the units of NumPy, one small case.
SHORT = {
    "PRUEBAS": "tests/setup/test_dependencies.py",
    "PROCESOS": "1",
    "DEMO": "--rapido",
    "BENCH": "--turnos 2 --casos 1×28",
    "CURSO_DATOS_CORTOS": "1",
    "COLUMNS": "120",
}
# What this run of the tests says to its own children is not for a reader's shell.
OURS = ("MAKE", "MFLAGS", "PYTEST_", "JUPYTER", "VIRTUAL_ENV", "PRUEBAS", "BENCH", "LAB", "DEMO")


def blocks(page: str) -> list[tuple[str, list[str]]]:
    """The language and the lines of each fenced block of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    return [(language, body.splitlines()) for language, body in found]


def commands(page: str) -> list[str]:
    return [line for language, lines in blocks(page) if language == "bash" for line in lines]


@dataclass
class Clone:
    """A reader's copy of the course, and the shell in which he follows a page."""

    folder: Path
    environment: dict[str, str]
    activated: list[str] = field(default_factory=list)

    def shell(self, command: str) -> list[str]:
        return ["bash", "-c", "\n".join(["set -eo pipefail", *self.activated, command])]

    def run(self, command: str) -> str:
        """Run one line; what it printed. What it must say, and how it must end, is in ``SAYS``."""
        if command == "make lab":
            return self.run_lab(command)
        if command in BEFORE:
            name, text = BEFORE[command]
            with (self.folder / name).open("a", encoding="utf-8") as file:
                file.write(text)
        if command == "curso aceptar release/5_fashion_mnist":
            for weights in (self.folder / "entrenado").glob("*.weights.h5"):
                shutil.copy(weights, self.folder / "release" / "5_fashion_mnist")
        ended = subprocess.run(
            self.shell(command),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        assert ended.returncode == (command in REFUSES), f"{command}\n{ended.stdout}"
        if command.startswith("source "):
            self.activated.append(command)
        return ended.stdout

    def run_lab(self, command: str) -> str:
        """Start JupyterLab, look at it as a browser would, and stop it; what its page says."""
        port = free_port()
        options = f"--no-browser --allow-root --port={port} --IdentityProvider.token="
        server = subprocess.Popen(
            self.shell(command),
            cwd=self.folder,
            env=self.environment | {"LAB": options},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        site = f"http://127.0.0.1:{port}"
        try:
            page = answered(f"{site}/lab/tree/course", server)
            plugin = "@jupyterlab/translation-extension:plugin"
            settings = json.loads(answered(f"{site}/lab/api/settings/{plugin}", server))
            assert settings["schema"]["properties"]["locale"]["default"] == "es_ES"
            assert '" Help ": [" Ayuda "]' in answered(f"{site}/lab/api/translations/es_ES", server)
            assert '"@jupyter/nbgrader"' in page
            assert "nbgrader" in answered(f"{site}/formgrader", server)
        finally:
            end(server)
        return page


def fashion_mnist() -> Path:
    """The folder with the data, downloaded where nobody said which it is."""
    given = os.environ.get("FASHION_MNIST_DIR")
    if not given:
        datasets.load_fashion_mnist()
    return Path(given or datasets.keras_folder()).resolve()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    """The tracked files, after the set-up of ``make``: its environment and compiled kernels."""
    top = tmp_path_factory.mktemp("copia")
    folder = top / "curso"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name]
    names += [p.relative_to(ROOT) for p in (ROOT / "conv2d_lib" / "__pycache__").glob("*.nb[ic]")]
    for name in names:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    # What mypy knows of the same files: «make test» has just asked it.
    if (ROOT / ".mypy_cache").is_dir():
        shutil.copytree(ROOT / ".mypy_cache", folder / ".mypy_cache")
    # The linter passes over what git ignores, and only in a repository.
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != ".listo":
            (folder / ".venv" / part.name).symlink_to(part)
    (folder / ".venv" / ".listo").touch()
    for student, version in (("ana", "source"), ("luis", "release")):
        work = folder / "submitted" / student / UNIT
        work.parent.mkdir(parents=True)
        shutil.copy(folder / version / UNIT, work)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    here = str(Path(sys.prefix) / "bin")
    paths = [path for path in environment["PATH"].split(os.pathsep) if path != here]
    (top / "casa").mkdir()
    yield Clone(
        folder,
        environment
        | SHORT
        | {
            "PATH": os.pathsep.join(paths),
            "HOME": str(top / "casa"),
            "FASHION_MNIST_DIR": str(fashion_mnist()),
        },
    )
    shutil.rmtree(top)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_runs_word_for_word(page: str, clone: Clone):
    if page == "docs/docente.md" and isolation_problem() and not os.environ.get("CI"):
        pytest.skip("esta máquina no puede aislar cuadernos")
    clone.activated.clear()
    executed = []
    for command in commands(page):
        assert command in SAYS, f"{page}: «{command}» no promete nada en SAYS"
        output = clone.run(command)
        assert SAYS[command] in output, f"{page}: {command}\n{output}"
        assert "Preparando" not in output, "the set-up is done: nothing is to be installed"
        executed.append(command)
    assert executed == commands(page) != []


def test_the_two_commands_are_the_first_block_of_the_readme():
    assert blocks("README.md")[0] == ("bash", ["make demo", "make test"])


def test_no_command_hides_in_another_kind_of_block_or_page():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    for page in (path.relative_to(ROOT).as_posix() for path in pages):
        for language, lines in blocks(page):
            assert language in ("bash", "text", "mermaid"), page
            assert language != "bash" or page in (*PAGES, *WALKED), page
            assert language == "bash" or not any(
                re.match(r"\s*\$?\s*(make|curso|nbgrader) ", line) for line in lines
            ), page


def test_orders_named_in_the_text_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    for page in (*PAGES, *WALKED):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert set(re.findall(r"`make (\w+)", text)) <= targets, page
        assert set(re.findall(r"`curso (\w+)", text)) <= set(VERBS), page


def test_every_link_and_picture_is_there():
    for page in (*PAGES, *WALKED):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / page).parent.joinpath(target).is_file(), (page, target)
