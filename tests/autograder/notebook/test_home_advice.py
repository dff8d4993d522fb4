"""Lo que en casa funciona y al calificar no estará, dicho en un cuaderno de verdad."""

from __future__ import annotations

import io

import numpy as np
import pytest
from at_home import CHECK
from real_kernel import Notebook

OWN = """
def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", ventanas, kernel){}
"""
ASK = f'comprobar("{CHECK}", correlacion2d)'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cuaderno")
    (folder / "ayuda.py").write_text("def igual(x):\n    return x\n")
    array = io.BytesIO()
    np.save(array, np.zeros(()))
    (folder / "datos").mkdir()
    (folder / "datos" / "cero.npy").write_bytes(array.getvalue())
    (folder / "tabla.pkl").write_bytes(b"1")
    return folder


@pytest.fixture(scope="module")
def notebook(folder):
    made = Notebook(folder)
    made.run("import numpy as np\nfrom autograder import comprobar")
    yield made
    made.client.stop_channels()
    made.manager.shutdown_kernel(now=True)


def test_a_right_function_of_ones_own_has_no_advice(notebook):
    notebook.run(OWN.format(""))
    last = notebook.text(ASK).splitlines()
    assert [line for line in last if not line.startswith("En esta unidad")][
        -1
    ] == "  ✔ casos límite"


def test_it_says_which_files_to_hand_in_and_which_will_not_be_there(notebook):
    notebook.run("import ayuda\nCERO = np.load('datos/cero.npy')\nopen('tabla.pkl', 'rb').close()")
    notebook.run("np.save('propio.npy', CERO); CERO = CERO + np.load('propio.npy')")
    notebook.run(OWN.format(" + ayuda.igual(CERO)"))
    told = notebook.text(ASK)
    assert "todo correcto" in told
    assert "Entrega junto al cuaderno lo que usa de su carpeta: ayuda.py, datos/cero.npy" in told
    assert "Ojo: al calificar no estará tabla.pkl: solo se copian .py, .npy," in told
    assert "propio.npy" not in told
    assert "Entrega" not in notebook.text(ASK), "each thing is told once"


def test_it_names_what_a_library_made_outside_the_function(notebook):
    notebook.run(
        "from sklearn.datasets import load_sample_image\nimport scipy.signal\n"
        "foto = load_sample_image('china.jpg')\ngris = foto.mean(axis=2)\n"
        "ventana = scipy.signal.windows.hann(3)"
    )
    notebook.run("def ayudante(x):\n    return x + 0 * gris[0, 0]")
    notebook.run(OWN.format(" + ayudante(0)"))
    told = notebook.text(ASK)
    assert "todo correcto" in told
    assert (
        "Ojo: «gris», que tu función usa, lo calcula sklearn, y al calificar no hay sklearn: "
        "tu función no lo encontrará" in told
    )
    assert "foto" not in told
    assert "ventana" not in told


MAPS_CHECK = "3_mapas_de_caracteristicas.campo_receptivo"


@pytest.mark.parametrize(
    ("above", "inside", "library"),
    [
        ("import conv2d_lib as cl", "cl.conv2d", "conv2d_lib"),
        ("from conv2d_lib import conv2d", "conv2d", "conv2d_lib"),
        ("", "__import__('conv2d_lib'); import conv2d_lib", "conv2d_lib"),
        ("from autograder.checks import reference", "reference.correlate", "autograder"),
    ],
)
def test_it_names_what_is_watched_nowhere(notebook, above, inside, library):
    """A notebook with Keras is not watched; what it lacks when graded is said all the same."""
    notebook.run("from autograder.notebook import home_advice; home_advice._told.clear()")
    notebook.run(f"{above}\ndef campo_receptivo(capas):\n    {inside}\n    return 1")
    told = notebook.text(f'comprobar("{MAPS_CHECK}", campo_receptivo)')
    assert f"Ojo: al calificar no hay {library}, y tu función se apoya en esa biblioteca" in told


@pytest.mark.parametrize(
    "line",
    [
        "from multiprocessing import Pool\n    Pool(1)",
        "import subprocess\n    subprocess.run(['ls'])",
        "import os\n    os.fork()",
        "import os\n    os.system('ls')",
        "get_ipython().system('ls')",
        "import urllib.request\n    urllib.request.urlopen('http://127.0.0.1:9')",
        "import threading, os, queue\n    q = queue.Queue()\n"
        "    def en_otro():\n        try: os.fork()\n        except Exception as e: q.put(e)\n"
        "    threading.Thread(target=en_otro).start()\n    raise q.get()",
    ],
)
def test_processes_and_network_are_refused_in_the_words_of_grading(notebook, start_sandbox, line):
    function = f"def correlacion2d(imagen, kernel):\n    {line}\n    return imagen"
    notebook.run(function)
    at_home = notebook.text(ASK)
    assert "PermissionError: [Errno 1] Operation not permitted" in at_home
    assert "al calificar no se crean procesos, ni se usa la red" in at_home
    assert at_home.splitlines()[:2] == start_sandbox(function).splitlines()[:2]
    # What is no part of a function goes on as ever.
    assert "hola" in notebook.text("!echo hola")


@pytest.fixture(scope="module")
def start_sandbox():
    """A function that gives what the grader's report says of a function."""
    from autograder.common.limits import Limits
    from autograder.sandbox.flavours import NUMPY
    from autograder.submission.kernel import JudgedKernel

    verdicts = []
    kernel = JudgedKernel(NUMPY, None, Limits(), verdicts.append)
    kernel.run("import numpy as np\nfrom autograder import comprobar", 60)

    def report(function):
        kernel.run(function, 60)
        kernel.run(ASK, 60)
        return verdicts[-1].report()

    yield report
    kernel.stop()
