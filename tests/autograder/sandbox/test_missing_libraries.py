"""Una biblioteca que al calificar no está: importarla no cuesta nada, apoyarse en ella, todo."""

from __future__ import annotations

import ast
import sysconfig

import pytest
from inside import error, value

from autograder.notebook import packages
from autograder.sandbox.flavours import KERAS

CHECK = "1_convolucion.correlacion2d"
RIGHT = """
def correlacion2d(imagen, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)
"""
ASK = f'from autograder import comprobar\ncomprobar("{CHECK}", correlacion2d)'
REFUSED = "tu función se apoya en {}; este ejercicio se escribe solo con Python y NumPy"

# Above a right function, each as real notebooks have it.
UNUSED = {
    "the library": "import conv2d_lib as cl",
    "tensorflow": "import tensorflow as tf\nfrom tensorflow.keras import layers, models",
    "a submodule": "import scipy.ndimage as nd\nimport scipy.signal",
    "names": "from scipy.signal import convolve2d, correlate2d as c2d",
    "all names": "from scipy.signal import *\nfrom tensorflow.keras.layers import *",
    "not installed": "import torch, torchvision\nimport torch.nn.functional as F\nimport cv2",
    "sklearn": "from sklearn.datasets import load_sample_image",
    "others": "import skimage.io, jax.numpy as jnp\nfrom onnx.reference import ReferenceEvaluator",
    "of nobody's list": "import joblib, h5py\nfrom cffi import FFI",
    "unknown": "import paquete_que_no_existe\nfrom otro_que_tampoco import cosas",
    "the course's own": (
        "from autograder.checks import reference\nimport autograder.classroom.grading"
    ),
    "a seed": "import tensorflow as tf, torch\ntf.random.set_seed(0); torch.manual_seed(0)",
    "versions": "import keras, scipy\nprint(keras.__version__, scipy.__version__)",
    "colab": "from google.colab import drive, files\ndrive.mount('/content/drive')",
    "colab, foreseen": "try:\n    import google.colab\n    EN_COLAB = True\n"
    "except ImportError:\n    EN_COLAB = False\nassert not EN_COLAB",
    "another NumPy": "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np",
    "a device": "import torch\nd = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
    "a picture": "from sklearn.datasets import load_sample_image\n"
    "foto = np.asarray(load_sample_image('china.jpg')) / 255\nprint(foto.shape)",
    "a layer of one's own": "from torch import nn\nclass Red(nn.Module):\n"
    "    def __init__(self):\n        super().__init__()\n        self.c = nn.Conv2d(1, 2, 3)\n"
    "Red()",
    "an annotation": "import tensorflow as tf\nfrom typing import Optional\n"
    "def otra(x: tf.Tensor, y: Optional[tf.Tensor] = None) -> 'tf.Tensor | None':\n    return x\n"
    "def mas(x: np.ndarray | tf.Tensor) -> list[tf.Tensor]:\n    return [x]",
    "a decorator": "import tensorflow as tf\n@tf.function\ndef otra(x):\n    return x",
    "a context": "import torch\nwith torch.no_grad():\n    z = 3",
    "a filter of Pillow's": "from PIL import Image, ImageFilter, ImageEnhance",
}


@pytest.fixture
def graded(start):
    """A function that runs cells, then asks for the check; its verdict, and the kernel."""

    def graded(*cells: str, function: str = RIGHT):
        kernel = start()
        for cell in ("import numpy as np", *cells[:-1], f"{cells[-1]}\n{function}"):
            kernel.execute(cell)
        kernel.execute(ASK)
        (verdict,) = kernel.verdicts
        return verdict

    return graded


@pytest.mark.parametrize("above", UNUSED.values(), ids=UNUSED)
def test_what_nothing_calls_costs_nothing(graded, above):
    assert graded(above).score == 1


USED = {
    "scipy": "from scipy.signal import correlate2d\n"
    "def correlacion2d(imagen, kernel):\n    return correlate2d(imagen, kernel, mode='valid')",
    "torch": "import torch.nn.functional as F\n"
    "def correlacion2d(imagen, kernel):\n    return F.conv2d(imagen[None], kernel[None])[0]",
    "tensorflow": f"import tensorflow as tf\n{RIGHT}correlacion2d = tf.function(correlacion2d)",
    "onnx": "def correlacion2d(imagen, kernel):\n    from onnx import reference\n"
    "    return reference.ReferenceEvaluator(None).run(None, {})[0]",
    "joblib": "import joblib\ndef correlacion2d(imagen, kernel):\n    return joblib.cpu_count()",
    "conv2d_lib": "import conv2d_lib\ndef correlacion2d(imagen, kernel):\n"
    "    try:\n        return conv2d_lib.conv2d(imagen, kernel)\n"
    "    except Exception:\n        return imagen",
    "sklearn": "from sklearn.datasets import load_sample_image\nfoto = load_sample_image('c.jpg')\n"
    "def correlacion2d(imagen, kernel):\n    return foto + 1",
    "PIL.ImageFilter": "from PIL import ImageFilter\ndef correlacion2d(imagen, kernel):\n"
    "    return ImageFilter.Kernel((3, 3), kernel.ravel())",
}


@pytest.mark.parametrize("library", USED)
def test_what_a_function_leans_on_is_said_as_at_home(graded, library):
    verdict = graded("", function=USED[library])
    assert (verdict.score, verdict.rejected) == (0, REFUSED.format(library))


def test_numba_multiplies_matrices_as_it_does_at_home(graded):
    """It does so with two files of SciPy's, which are all that there is of it."""
    verdict = graded(
        "import scipy\nimport numba",
        function="""
@numba.njit
def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    out = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for a in range(kh):
                window = imagen[i + a, j : j + kw].astype(np.float64)
                out[i, j] += np.dot(window, kernel[a].astype(np.float64))
    return out
""",
    )
    assert verdict.score == 1


def test_a_statement_that_fails_for_what_is_missing_costs_only_itself(start):
    kernel = start()
    run = kernel.execute("import torch\nx = int(torch.ones(3))\ny = 2")
    assert run.ended == "ok"
    assert value(kernel.execute("y")) == "2"
    assert error(kernel.execute("x")).startswith("NameError")
    assert error(kernel.execute("from numpy import no_existe\nw = 1")).startswith("ImportError")
    assert error(kernel.execute("w")).startswith("NameError")
    # Any other failure still ends its cell.
    assert kernel.execute("int('a')\nz = 1").ended == "error"
    assert error(kernel.execute("z")).startswith("NameError")


def test_what_a_notebook_downloads_or_starts_outside_its_functions_costs_only_that(start):
    kernel = start()
    run = kernel.execute(
        "import os, urllib.request\n"
        "urllib.request.urlretrieve('http://example.com/foto.png', 'foto.png')\n"
        "os.fork()\n"
        "bien = 1"
    )
    assert run.ended == "ok"
    assert value(kernel.execute("bien")) == "1"


def test_only_what_is_allowed_is_among_the_packages(start):
    folder = sysconfig.get_path("purelib")
    listed = ast.literal_eval(value(start().execute(f"import os; os.listdir({folder!r})")))
    tops = {name.partition(".")[0] for name in listed if not name.endswith((".libs", "-info"))}
    # Of SciPy, two files that Numba multiplies matrices with.
    assert tops <= packages.allowed_roots() | {"scipy"}
    assert {"numpy", "numba", "matplotlib", "tqdm", "IPython", "PIL"} <= tops


def test_of_scipy_there_is_no_filter_and_no_transform(start):
    folder = f"{sysconfig.get_path('purelib')}/scipy"
    source = f"import os; sorted(f for _, _, fs in os.walk({folder!r}) for f in fs)"
    files = ast.literal_eval(value(start().execute(source)))
    names = {file.partition(".")[0] for file in files}
    assert names <= {"__init__", "__config__", "version", "_cyutility"} | {
        "cython_blas",
        "cython_lapack",
    }


def test_pillows_filters_cannot_be_loaded_from_their_files_either(start):
    kernel = start()
    kernel.execute("import PIL, pathlib")
    found = "files = list(pathlib.Path(PIL.__file__).parent.rglob('ImageFilter*')); len(files)"
    for number in range(int(value(kernel.execute(found)))):
        run = kernel.execute(f"files[{number}].read_bytes()")
        assert error(run).startswith("PermissionError")


def test_pillows_images_have_lost_what_filters_them_and_nothing_else(start):
    kernel = start()
    kernel.execute("from PIL import Image; imagen = Image.new('L', (9, 9), 3)")
    assert value(kernel.execute("hasattr(imagen.im, 'filter')")) == "False"
    again = (
        "import importlib.machinery as m, PIL._imaging as c\n"
        "loader = m.ExtensionFileLoader('otra._imaging', c.__file__)\n"
        "otra = loader.create_module(m.ModuleSpec('otra._imaging', loader, origin=c.__file__))\n"
        "loader.exec_module(otra)\n"
        "hasattr(otra.new('L', (3, 3)), 'filter')"
    )
    assert value(kernel.execute(again)) == "False"
    assert value(kernel.execute("imagen.resize((3, 3)).getpixel((1, 1))")) == "3"


def test_no_library_can_be_loaded_from_its_own_folder(start):
    """One copied there, or brought in the text of a cell."""
    run = start().execute(
        "import ctypes, shutil, numpy._core._multiarray_umath as compiled\n"
        "shutil.copy(compiled.__file__, 'suya.so')\n"
        "ctypes.CDLL('/tarea/suya.so')"
    )
    assert "failed to map segment" in error(run) or "not permitted" in error(run)


def test_what_was_not_installed_for_keras_costs_nothing_either():
    from autograder.common.limits import Limits
    from autograder.submission.kernel import JudgedKernel

    kernel = JudgedKernel(KERAS, None, Limits(), log=lambda verdict: None)
    try:
        run = kernel.run("import torch, conv2d_lib\nimport keras\nx = 1", 60)
        assert (run.ended, run.outputs) == ("ok", [])
        run = kernel.run("keras.ops.convert_to_numpy(keras.ops.ones(1)) + x", 60)
        assert value(run) == "array([2.], dtype=float32)"
    finally:
        kernel.stop()
