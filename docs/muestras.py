"""``python docs/muestras.py``: los informes de errores de muestra, como se ven en JupyterLab.

Cada muestra es un cuaderno de verdad con una función equivocada: se ejecuta, se abre en JupyterLab
y se fotografía su informe, que queda en ``docs/img/muestras/``. Hacen falta Chromium y Playwright.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image
from playwright.sync_api import Page, sync_playwright

SHOWN = Path(__file__).parent / "img" / "muestras"
PATIENCE = 120
START = "import numpy as np\nfrom autograder import comprobar"
# Nombre del archivo, comprobación y lo que escribió alguien.
SAMPLES = {
    "1_kernel_volteado": (
        "1_convolucion.correlacion2d",
        """
def correlacion2d(imagen, kernel):
    kernel = kernel[::-1, ::-1]
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return salida
""",
    ),
    "1_dos_errores_a_la_vez": (
        "1_convolucion.conv2d",
        """
def conv2d(x, kernel, bias):
    kernel = kernel[::-1, ::-1]
    kh, kw = kernel.shape[:2]
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    return np.einsum("nijckl,klcf->nijf", ventanas, kernel)
""",
    ),
    "1_formas_que_no_encajan": (
        "1_convolucion.correlacion_multicanal",
        """
def correlacion_multicanal(imagen, kernel):
    kh, kw, _ = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel[:, :, 0])
    return salida
""",
    ),
    "2_sesgos_sin_contar": (
        "2_filtros.parametros_conv2d",
        """
def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = (kernel_size, kernel_size) if np.ndim(kernel_size) == 0 else kernel_size
    return kh * kw * canales_entrada // groups * filters
""",
    ),
    "3_relleno_equivocado": (
        "3_mapas_de_caracteristicas.capa_basica",
        """
import keras

def capa_basica():
    return keras.layers.Conv2D(8, (3, 3), activation="relu")
""",
    ),
    "3_campo_receptivo_sin_pasos": (
        "3_mapas_de_caracteristicas.campo_receptivo",
        """
def campo_receptivo(capas):
    ve = 1
    for capa in capas:
        ve += capa[0] - 1
    return ve
""",
    ),
    "4_cero_al_otro_lado": (
        "4_padding.rellenar",
        """
def rellenar(x, kernel_size, strides=1):
    def lados(n, k, s):
        total = max((-(-n // s) - 1) * s + k - n, 0)
        return total - total // 2, total // 2

    ks, ss = (v if isinstance(v, tuple) else (v, v) for v in (kernel_size, strides))
    alto, ancho = (lados(n, k, s) for n, k, s in zip(x.shape[1:3], ks, ss))
    return np.pad(x, ((0, 0), alto, ancho, (0, 0)))
""",
    ),
    "5_solo_lo_que_se_entrena": (
        "5_fashion_mnist.parametros_totales",
        """
def parametros_totales(modelo):
    return sum(int(np.prod(w.shape)) for w in modelo.trainable_weights)
""",
    ),
}


def executed(check: str, code: str) -> NotebookNode:
    """A notebook that asks for a check of ``code``, run as at home."""
    function = check.partition(".")[2]
    sources = [START, code.strip(), f'comprobar("{check}", {function})']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    NotebookClient(notebook, timeout=600, allow_errors=True).execute()
    # Neither what TensorFlow says of this machine, nor how long it takes to load.
    cell = notebook.cells[-1]
    cell.outputs = [
        out
        for out in cell.outputs
        if "text/html" in out.get("data", {}) or out.output_type == "error"
    ]
    return notebook


@contextmanager
def lab(folder: Path, home: Path) -> Iterator[str]:
    """The address of a JupyterLab in ``folder``, while it lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"),
    ]
    with (home / "servidor.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment(home), stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def environment(home: Path) -> dict[str, str]:
    places = {
        "HOME": home,
        "JUPYTER_DATA_DIR": home / "datos",
        "JUPYTER_CONFIG_DIR": home / "ajustes",
        "JUPYTERLAB_SETTINGS_DIR": home / "lab",
    }
    return os.environ | {name: str(place) for name, place in places.items()}


def wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.3)
    raise SystemExit("JupyterLab no arranca")


def trust(notebooks: list[Path], home: Path) -> None:
    """As those that were run here are: of others, JupyterLab takes the style away."""
    command = [sys.executable, "-m", "jupyter", "trust", *map(str, notebooks)]
    subprocess.run(command, env=environment(home), check=True, stdout=subprocess.DEVNULL)


def photograph(page: Page, address: str) -> bytes:
    """What stands under the last cell of a notebook, with the cell itself."""
    page.goto(address)
    page.locator(".curso-veredicto").wait_for()
    page.wait_for_timeout(1000)
    cell = page.locator(".jp-CodeCell").last
    cell.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    return cell.screenshot()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("muestra", nargs="*", choices=[[], *SAMPLES], help="cuáles; si no, todas")
    parser.add_argument("--oscuro", action="store_true", help="con el tema oscuro")
    parser.add_argument("--ancho", type=int, default=1000, help="de la ventana, en píxeles")
    parser.add_argument("--en", type=Path, default=SHOWN, help="carpeta de las imágenes")
    options = parser.parse_args()
    chosen = options.muestra or list(SAMPLES)
    options.en.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp())
    try:
        folder = home / "cuadernos"
        folder.mkdir()
        settings = home / "lab" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        theme = "JupyterLab Dark" if options.oscuro else "JupyterLab Light"
        (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}))
        (settings / "notification.jupyterlab-settings").write_text(
            json.dumps({"fetchNews": "false", "checkForUpdates": False})
        )
        for name in chosen:
            nbformat.write(executed(*SAMPLES[name]), folder / f"{name}.ipynb")
            print(f"✔ {name}: ejecutada", flush=True)
        trust([folder / f"{name}.ipynb" for name in chosen], home)
        with lab(folder, home) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            size = {"width": options.ancho, "height": 1000}
            page = browser.new_page(viewport=size, locale="es-ES")
            for name in chosen:
                # Of one document alone, without the panels at its side.
                taken = photograph(page, f"{address}/doc/tree/{name}.ipynb")
                picture = Image.open(io.BytesIO(taken)).convert("RGB").quantize(64)
                picture.save(options.en / f"{name}.png", optimize=True)
                print(f"✔ {options.en / name}.png", flush=True)
            browser.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
