"""Las lecciones del sitio: ejecutadas una vez, y con widgets que no piden un kernel."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from conv2d_lib.explorer.pictures import photographs

from .addresses import in_colab
from .patient_client import PatientClient

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "sitio"
UNIT_LINK = re.compile(r"\[`?([^\]`]+)`?\]\((\.\./release/[^)]+\.ipynb)\)")
# Of one cell, in seconds: lesson 5 trains twelve networks in one, an hour where others compute too.
PATIENCE = 6 * 3600
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
FIRST_TIME = re.compile(r"^conv2d_lib: compilando los kernels.*\n", re.MULTILINE)
ONLY_LIVE = (
    '<p class="curso-solo-cuaderno">Este control funciona en el cuaderno: descarga la lección y '
    "ábrela en Jupyter.</p>"
)

ONLY_LIVE_FUNCTION = (
    '<p class="curso-solo-cuaderno">Lo que da la función se compara en el cuaderno: aquí no hay '
    "Python que la ejecute.</p>"
)


class LessonStopped(Exception):
    """A lesson that did not come to its end, in one line."""


def executed(path: Path, work: Path) -> NotebookNode:
    """The lesson with its outputs; run again only if its code, or the library, changed."""
    notebook = nbformat.read(path, as_version=4)
    cache = get_cache(str(CACHE / _libraries(notebook)))
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        client = PatientClient(
            notebook,
            timeout=PATIENCE,
            kernel_name="python3",
            extra_arguments=["--log-level=40"],  # it warns of its own socket, in English
            resources={"metadata": {"path": str(work)}},
            record_timing=False,  # when each cell ran would make it another notebook to the cache
        )
        asked = dict(notebook.metadata.kernelspec)
        try:
            client.execute()
        except CellExecutionError as error:
            said = f"{error.ename}: {error.evalue}".strip().splitlines()[0]
            raise LessonStopped(f"La lección {path.stem} se detuvo en una celda: {said}") from None
        except CellTimeoutError:
            hours = PATIENCE // 3600
            line = f"La lección {path.stem} tiene una celda que no termina en {hours} horas."
            raise LessonStopped(line) from None
        # The cache knows a notebook by its code and its kernel, as they were written.
        notebook.metadata.kernelspec = nbformat.from_dict(asked)
        cache.cache_notebook_bundle(
            CacheBundleIn(notebook, str(path)), check_validity=False, overwrite=True
        )
        return notebook
    _, found = cache.merge_match_into_notebook(notebook)
    return found


def _libraries(notebook: NotebookNode) -> str:
    """A digest of what a lesson's outputs depend on besides its own code."""
    found = hashlib.sha256(os.environ.get("CURSO_DATOS_CORTOS", "").encode())
    checks = any("autograder" in cell.source for cell in notebook.cells)
    for package in ("conv2d_lib", *(["autograder"] if checks else [])):
        # Not the explorer's script, which is written anew each time.
        for path in sorted((ROOT / package).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def for_the_site(notebook: NotebookNode, path: str) -> NotebookNode:
    """A copy for reading: widgets become data of the page, and a line offers the notebook."""
    page = nbformat.from_dict(json.loads(json.dumps(notebook)))
    known = page.metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
    for cell in page.cells:
        if cell.cell_type != "code":
            cell.source = UNIT_LINK.sub(r"{download}`\1 <\2>`", cell.source)
            continue
        shown = [_static(output, known) for output in cell.outputs]
        cell.outputs = [output for output in shown if output.get("text") != ""]
        if cell.metadata.get("jupyter", {}).get("source_hidden"):
            cell.metadata.tags = [*cell.metadata.get("tags", []), _folded(cell)]
    page.cells.insert(1, nbformat.v4.new_markdown_cell(_offer(path), id="ofrecer-el-cuaderno"))
    return page


def _folded(cell: NotebookNode) -> str:
    """What becomes, on the site, of a cell that the notebook folds."""
    if not cell.outputs:
        return "remove-cell"  # it only checks, and nobody runs it here
    asks = cell.source.lstrip().startswith(("Predice(", "display(\n    Predice("))
    return "remove-input" if asks else "hide-input"  # the code of a question has its answer


def _offer(path: str) -> str:
    name = Path(path).name
    line = f"{{download}}`Descarga este cuaderno <cuadernos/{name}>` para tocarlo y ejecutarlo"
    colab = in_colab(path)
    if not colab:
        return f"{line}."
    return f"{line}, o [ábrelo en Colab]({colab}) ([qué instalar antes](../docs/colab.md))."


def _static(output: NotebookNode, known: dict[str, Any]) -> NotebookNode:
    """An output with a widget, as HTML that the page's own script brings to life."""
    if output.get("name") == "stdout":
        return nbformat.from_dict(output | {"text": FIRST_TIME.sub("", output.text)})
    view = output.get("data", {}).get(VIEW)
    if view is None:
        return output
    state = known.get(view.get("model_id"), {}).get("state", {})
    kind, value = _mounted(state)
    text = ONLY_LIVE if kind is None else _element(kind, value)
    if state.get("con_funcion"):
        text += ONLY_LIVE_FUNCTION
    data = nbformat.from_dict({"text/html": text})
    return nbformat.v4.new_output("display_data", data=data)


def _mounted(state: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    if state.get("pregunta"):
        return "predice", state["pregunta"]
    if "estado" in state and "imagenes" in state:
        # The bundled photographs are in the page's script already.
        own = [picture for picture in state["imagenes"] if picture not in photographs()]
        return "explorador", {"estado": state["estado"], "imagenes": own}
    return None, {}


def _element(kind: str, value: dict[str, Any]) -> str:
    text = html.escape(json.dumps(value, ensure_ascii=False), quote=True)
    return f'<div class="curso-widget" data-widget="{kind}" data-valor="{text}"></div>'
