"""El explorador y ``Predice`` con las versiones de Colab y de Kaggle, en un navegador.

What they have is written in their own lists (googlecolab/backend-info, Kaggle/docker-python).
ipywidgets 7 is drawn in the classic notebook's page and 8 in JupyterLab's, those that each was made
for: in the classic one, 8 stops at «Host is not attached» with any widget.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright


class Cloud(NamedTuple):
    """Where a notebook runs without anything installed by whoever writes in it."""

    name: str
    python: str
    lab: bool  # Whether its page is of JupyterLab's family.
    packages: tuple[str, ...]


# pip-freeze.txt of the 19 of August of 2026.
COLAB = Cloud("Colab", "3.13", False, (
    "anywidget==0.9.21", "h5py==3.16.0", "ipykernel==6.17.1", "ipython==7.34.0",
    "ipywidgets==7.7.1", "jupyter_client==7.4.9", "matplotlib==3.10.0",
    "matplotlib-inline==0.2.2", "notebook==6.5.7", "numba==0.61.2", "numpy==2.1.3",
    "pillow==11.3.0", "pooch==1.9.0", "pyzmq==26.2.1", "rich==13.9.4", "scikit-learn==1.6.1",
    "scipy==1.16.3", "setuptools==75.2.0", "tornado==6.5.7", "tqdm==4.67.3", "traitlets==5.7.1",
    "typer==0.27.1", "widgetsnbextension==3.6.10",
))  # fmt: skip
# Kaggle's image is Colab's of the 14 of May of 2026 (Dockerfile.tmpl), so its freeze of the 8, with
# what kaggle_requirements.txt puts over it.
KAGGLE = Cloud("Kaggle", "3.12", True, (
    "anywidget==0.9.21", "h5py==3.16.0", "ipykernel==6.17.1", "ipython==7.34.0",
    "ipywidgets==8.1.5", "jupyter_client==7.4.9", "jupyter_server==2.12.5", "jupyterlab",
    "matplotlib==3.10.0", "matplotlib-inline==0.2.1", "notebook==6.5.7", "numba==0.60.0",
    "numpy==2.0.2", "pillow==11.3.0", "pooch==1.9.0", "pyzmq==26.2.1", "rich==13.9.4",
    "scikit-learn==1.6.1", "scipy==1.16.3", "setuptools==75.2.0", "tornado==6.5.1",
    "tqdm==4.67.3", "traitlets==5.7.1", "typer==0.24.2",
))  # fmt: skip
CLOUDS = {cloud.name.lower(): cloud for cloud in (COLAB, KAGGLE)}
CELL = """
from conv2d_lib.explorer import Explorador, Predice
display(Explorador(), Predice("¿Cuánto es 1 + 1?", 2, "Se suman.", replicas={11: "No se juntan."}))
"""
PATIENCE = 300  # Seconds, on a machine that others use too.


def draw(python: str, folder: Path, lab: bool, picture: Path | None = None) -> None:
    """Run a notebook with both in the page of an environment, answer and look."""
    cell = {"cell_type": "code", "source": CELL, "metadata": {}, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": [cell | {"execution_count": None}],
        "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4,
    }  # fmt: skip
    (folder / "widgets.ipynb").write_text(json.dumps(notebook))
    with _serving(python, folder, lab) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        page.set_default_timeout(1000 * PATIENCE)
        (_run_in_lab if lab else _run_in_classic)(page, address)
        output = page.get_by_label("Salida: recórrela con las flechas")
        output.wait_for()
        output.focus()
        output.press("Home")
        page.get_by_text("¿Cuánto es 1 + 1?").first.wait_for()
        answer = page.locator(".c2d.predice input").last
        answer.fill("11")
        answer.press("Enter")
        page.get_by_role("status").get_by_text("No se juntan.").wait_for()
        if picture:
            page.screenshot(path=picture)
        browser.close()


def _run_in_classic(page: Page, address: str) -> None:
    page.goto(f"{address}/notebooks/widgets.ipynb")
    page.wait_for_function("window.Jupyter?.notebook?.kernel?.is_connected()")
    # The extension that draws may come after the kernel, and then it clears what was drawn.
    page.wait_for_function("Jupyter.notebook.kernel.widget_manager")
    page.evaluate("Jupyter.notebook.execute_all_cells()")


def _run_in_lab(page: Page, address: str) -> None:
    page.goto(f"{address}/lab/tree/widgets.ipynb")
    end = time.monotonic() + PATIENCE
    # The page shows an idle kernel before there is any.
    while time.monotonic() < end and not _has_kernel(page, address):
        page.wait_for_timeout(300)
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    page.locator(".jp-Cell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")


def _has_kernel(page: Page, address: str) -> bool:
    sessions = page.request.get(f"{address}/api/sessions").json()
    return any(one["kernel"]["execution_state"] == "idle" for one in sessions)


@contextmanager
def _serving(python: str, folder: Path, lab: bool) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Before its own folder, Jupyter looks in the one of the course that may be active here.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "JUPYTER"))}
    homes = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA")}
    kind = "IdentityProvider" if lab else "NotebookApp"
    command = [
        python, "-m", "jupyterlab" if lab else "notebook", "--no-browser", "--allow-root",
        f"--port={port}", "--ip=127.0.0.1", f"--{kind}.token=", f"--notebook-dir={folder}",
    ]  # fmt: skip
    if not lab:
        command.append("--NotebookApp.password=")
    with (folder / "servidor.log").open("w") as log:
        server = subprocess.Popen(command, env=kept | homes, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and server.poll() is None:
            with suppress(OSError):
                urllib.request.urlopen(f"{address}/api").close()
                break
            time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()
