"""Escribe el sitio: prepara las fuentes, ejecuta las lecciones que cambiaron y llama a Sphinx."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from conv2d_lib.explorer import module_text
from conv2d_lib.explorer.pictures import photographs

from . import lessons, links, pages, spanish

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
GUIDES = (
    *("estudiante", "colab", "docente", "moodle", "canvas", "classroom", "cluster", "postgresql"),
    *("jupyterhub", "formgrader", "unidades"),
    *("temario", "muestras", "glosario"),
    *("rendimiento", "red_team", "diagnostico"),
)
ELSEWHERE = re.compile(
    r"\[([^\]]+)\]\((?:mantenimiento|\.\./\w+)\.md[^)]*\)"
)  # in the repository only
EXPORTS = (("export function ", "function "), ("export default ", "const widget = "))


def main() -> int:
    """Escribe el sitio; 0 si Sphinx no tuvo nada que advertir."""
    parser = argparse.ArgumentParser(prog="python -m sitio", description=__doc__)
    parser.add_argument("--destino", type=Path, default=HERE / "html", help="dónde se escribe")
    parser.add_argument(
        "--ejecutar",
        nargs="*",
        metavar="LECCIÓN",
        help="solo estas lecciones se ejecutan (por defecto, todas)",
    )
    options = parser.parse_args()
    if problem := _problem(options.destino, options.ejecutar):
        print(problem, file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="curso-sitio-") as temporary:
            source = Path(temporary) / "fuente"
            prepare(source, options.ejecutar)
            failed = build(source, options.destino, Path(temporary) / "doctrees")
    except KeyboardInterrupt:
        print(
            "Interrumpido. Las lecciones que terminaron están guardadas: la misma orden sigue "
            "por donde iba.",
            file=sys.stderr,
        )
        return 130
    except lessons.LessonStopped as stopped:
        print(f"{stopped} Las que terminaron están guardadas.", file=sys.stderr)
        return 1
    if not failed:
        print(f"Sitio: {options.destino / 'index.html'}")
    return failed


def _problem(destination: Path, chosen: list[str] | None) -> str | None:
    """What would be found out after minutes of running lessons, in one line."""
    known = sorted(path.stem for path in (ROOT / "course").glob("*.ipynb"))
    if lost := [name for name in chosen or () if name not in known]:
        return f"No hay ninguna lección «{lost[0]}». Las que hay son: {', '.join(known)}."
    try:
        destination.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=destination):
            pass
    except OSError:
        return f"No se puede escribir el sitio en {destination}: elige otra carpeta con --destino."
    return None


def prepare(source: Path, chosen: list[str] | None) -> None:
    """Todo lo que Sphinx lee, en una carpeta nueva."""
    shutil.copytree(HERE / "paginas", source)
    shutil.copy(HERE / "conf.py", source)
    shutil.copytree(ROOT / "release", source / "release")
    _copy_guides(source / "docs")
    (source / "errores").mkdir()
    for name, text in pages.mistakes().items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    (source / "course").mkdir()
    (source / "course" / "descargas.md").write_text(
        pages.downloads(ROOT / "release"), encoding="utf-8"
    )
    (source / "referencia").mkdir()
    for name, text in pages.reference().items():
        (source / "referencia" / f"{name}.rst").write_text(text, encoding="utf-8")
    _prepare_lessons(source / "course", chosen)
    _write_statics(source / "_static")


def _copy_guides(folder: Path) -> None:
    folder.mkdir()
    shutil.copytree(ROOT / "docs" / "img", folder / "img")
    for name in GUIDES:
        path = ROOT / "docs" / f"{name}.md"
        if path.exists():
            text = ELSEWHERE.sub(r"\1", path.read_text(encoding="utf-8"))
            (folder / path.name).write_text(text, encoding="utf-8")


def _prepare_lessons(folder: Path, chosen: list[str] | None) -> None:
    for path in sorted((ROOT / "course").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        if chosen is None or path.stem in chosen:
            print(f"{path.stem}…", flush=True)
            with tempfile.TemporaryDirectory(prefix="curso-leccion-") as work:
                notebook = lessons.executed(path, Path(work))
        page = lessons.for_the_site(notebook, f"course/{path.name}")
        nbformat.write(page, folder / path.name)
        # What is offered is the notebook as it is in the course, and not the page's.
        (folder / "cuadernos").mkdir(exist_ok=True)
        shutil.copy(path, folder / "cuadernos" / path.name)


def _write_statics(folder: Path) -> None:
    shutil.copytree(HERE / "estaticos", folder)
    module = module_text()
    for exported, own in EXPORTS:
        module = module.replace(exported, own)
    pictures = json.dumps(photographs(), ensure_ascii=False)
    # A classic script: a page opened from a folder may not import modules.
    mount = (HERE / "estaticos" / "curso.js").read_text(encoding="utf-8")
    text = f"(() => {{\n{module}\nconst FOTOGRAFIAS = {pictures};\n{mount}\n}})();\n"
    (folder / "curso.js").write_text(text, encoding="utf-8")


def build(source: Path, destination: Path, doctrees: Path) -> int:
    """Sphinx, con cada advertencia como un error; el sitio que había se cambia al terminar."""
    written = doctrees.parent / "html"  # MyST-NB leaves a folder of its own beside it
    with docutils_namespace():
        app = Sphinx(
            srcdir=str(source),
            confdir=str(source),
            outdir=str(written),
            doctreedir=str(doctrees),
            buildername="html",
            warningiserror=True,
            freshenv=True,
            status=None,
        )
        app.build()
    spanish.translate(written)
    lost = links.problems(written)
    for line in lost:
        print(line, file=sys.stderr)
    if not app.statuscode and not lost:
        shutil.copytree(written, destination, dirs_exist_ok=True)
    return app.statuscode or bool(lost)


if __name__ == "__main__":
    sys.exit(main())
