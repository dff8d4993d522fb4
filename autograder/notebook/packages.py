"""Qué paquetes hay en un ejercicio de implementación propia: estos, y no los demás.

One table for the student's machine and for the sandbox: what is not named here, or needed by what
is, is neither mounted when a notebook is graded nor accepted by ``comprobar`` at home.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import sys
from functools import cache

# None of them does a convolution beyond NumPy's one-dimensional one.
DISTRIBUTIONS = (
    "numpy", "numba", "matplotlib", "matplotlib-inline", "ipython", "ipywidgets", "tqdm",
    "pillow",
)  # fmt: skip
# Modules of theirs that are refused all the same: it filters images with any kernel.
REFUSED_MODULES = frozenset({"PIL.ImageFilter"})
# Of a refused one, what Numba multiplies matrices with: files by package. Students do not see it.
LENT = {
    "scipy": ("__config__.py", "version.py", "_cyutility.*"),
    "scipy.linalg": ("cython_blas.*", "cython_lapack.*"),
}
# What a notebook's own machinery calls behind a student's function: to print, to debug, to test.
_MACHINERY = ("ipykernel", "debugpy", "pytest", "coverage", "hypothesis")
_HOSTS = frozenset({"google", "kaggle_secrets", "kaggle_web_client", "colabtools", "deepnote"})
OWN = frozenset({"autograder", "conv2d_lib"})
# Known by name where they are not installed. Also what the harmless ones must not bring along.
READY_MADE = frozenset({
    "astropy", "caffe", "chainer", "cupy", "cv2", "dask", "dlib", "fastai", "flax", "imageio",
    "imutils", "jax", "jaxlib", "keras", "kornia", "librosa", "lightning", "mahotas", "mlx",
    "mxnet", "onnx", "onnxruntime", "openvino", "paddle", "plotly", "pyfftw",
    "pytorch_lightning", "pywt", "scipy", "seaborn", "skimage", "sklearn", "statsmodels", "sympy",
    "tensorflow", "tensorflow_addons", "tensorflow_datasets", "tf_keras", "tflite_runtime",
    "theano", "tinygrad", "torch", "torchaudio", "torchinfo", "torchsummary", "torchvision",
    "transformers", "tvm", "visualkeras", "wandb", "xgboost",
})  # fmt: skip
# JavaScript for the browser, which Python needs only where JupyterLab runs.
_BROWSER_ONLY = frozenset({"jupyterlab-widgets", "widgetsnbextension"})
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_TOP = re.compile(r'"?([^/,"]+)')


def root_of(module: str) -> str:
    """The package that a module belongs to."""
    return module.partition(".")[0]


@cache
def allowed_distributions() -> tuple[importlib.metadata.Distribution, ...]:
    """The installed distributions of the table, and those that they need."""
    return _with_needs(DISTRIBUTIONS)


@cache
def allowed_roots() -> frozenset[str]:
    """The names that one's own implementation may import, besides the standard library."""
    return frozenset(_roots(allowed_distributions()) | set(map(_underscored, DISTRIBUTIONS)))


@cache
def installed_roots() -> frozenset[str]:
    """Every name that some folder of packages offers here."""
    found = set()
    for folder in package_folders():
        for name in os.listdir(folder):
            root = name.partition(".")[0]
            if root.isidentifier() and not root.startswith("__"):
                found.add(root)
    return frozenset(found)


@cache
def package_folders() -> tuple[str, ...]:
    """The folders of ``sys.path`` that hold installed packages."""
    names = ("site-packages", "dist-packages")
    paths = dict.fromkeys(os.path.abspath(path) for path in sys.path if path)
    return tuple(p for p in paths if os.path.basename(p) in names and os.path.isdir(p))


@cache
def is_refused(root: str) -> bool:
    """Whether a package may not be used in an exercise of one's own implementation.

    A name that nobody knows, such as that of a file beside the notebook, is not refused.
    """
    if root in sys.stdlib_module_names or root in allowed_roots():
        return False
    return root in OWN or root in READY_MADE or root in _HOSTS or root in installed_roots()


@cache
def is_machinery(root: str) -> bool:
    """Whether it may run under a student's function without being its work."""
    return root == "autograder" or root in _HOSTS or root in _machinery_roots()


@cache
def _machinery_roots() -> frozenset[str]:
    return frozenset(_roots(_with_needs(_MACHINERY)) | {"pydevd", "_pydevd_bundle"})


def stands_apart(root: str) -> bool:
    """Whether the module that is loaded by that name is a file of one's own, and no package."""
    file = getattr(sys.modules.get(root), "__file__", None) or ""
    return bool(file) and root not in OWN and not file.startswith(package_folders())


def learn() -> None:
    """Look at what is installed, before there are walls that hide it."""
    is_refused("?")
    for root in READY_MADE & installed_roots():
        version_of(root)


def is_lent(module: str) -> bool:
    """Whether a library may have this module of a package that students may not."""
    package, _, name = module.rpartition(".")
    return module in LENT or any(f.partition(".")[0] == name for f in LENT.get(package, ()))


def does_nothing(root: str) -> bool:
    """Whether it is of the machine that a notebook was written on: to call it costs nothing."""
    return root in _HOSTS


@cache
def version_of(root: str) -> str:
    """The version installed here; where there is none, one that no program refuses."""
    try:
        return importlib.metadata.version(_OTHER_NAMES.get(root, root))
    except importlib.metadata.PackageNotFoundError:
        return "99.0.0"


_OTHER_NAMES = {"cv2": "opencv-python", "skimage": "scikit-image", "sklearn": "scikit-learn"}


def top_level(distribution: importlib.metadata.Distribution) -> set[str]:
    """The files and folders that a distribution has among the packages, its data apart."""
    if record := distribution.read_text("RECORD"):
        # As text: to parse thousands of lines whole costs more than all else together.
        tops = {match[1] for line in record.splitlines() if (match := _TOP.match(line))}
        return {t for t in tops if t not in ("..", "__pycache__") and not _is_data(t)}
    # Debian's and conda's packages may come without a list.
    declared = (distribution.read_text("top_level.txt") or "").split()
    name = _underscored(distribution.metadata["Name"])
    return {*(declared or [name]), f"{name}.libs"}


def _is_data(name: str) -> bool:
    return name.endswith((".dist-info", ".egg-info", ".pth")) or name in ("bin", "share", "etc")


def roots_of(distribution: importlib.metadata.Distribution) -> set[str]:
    """The names that a distribution lets import."""
    tops = {top.partition(".")[0] for top in top_level(distribution) if not top.endswith(".libs")}
    # Of an editable install, only its metadata stands among the packages.
    return tops or {_underscored(distribution.metadata["Name"])}


def _roots(distributions: tuple[importlib.metadata.Distribution, ...]) -> set[str]:
    return {root for one in distributions for root in roots_of(one)} - READY_MADE


def _underscored(name: str) -> str:
    return {"ipython": "IPython", "pillow": "PIL"}.get(name.lower(), name.replace("-", "_"))


def _with_needs(names: tuple[str, ...]) -> tuple[importlib.metadata.Distribution, ...]:
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found or name in _BROWSER_ONLY or name.replace("-", "_") in READY_MADE:
            continue
        try:
            found[name] = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # Not here, or only on another system: then there is nothing to let in.
        for line in found[name].requires or ():
            requirement, _, condition = line.partition(";")
            if "extra" not in condition and (match := _NAME.match(requirement.strip())):
                waiting.append(match[0])
    return tuple(found.values())
