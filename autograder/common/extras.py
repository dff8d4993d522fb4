"""Qué extra del paquete trae lo que falta: una línea, en lugar de una traza."""

from __future__ import annotations

DISTRIBUTION = "curso-conv2d"
EXTRAS = {
    "lecciones": (
        "PIL anywidget h5py ipywidgets llvmlite matplotlib numba pooch scipy sklearn tqdm"
    ),
    "keras": "keras tensorflow",
    "cluster": "dask distributed",
    "docente": (
        "IPython alembic bleach comm copydetect dateutil ipykernel jinja2 jupyter_client "
        "jupyter_core jupyterlab markupsafe nbclient nbconvert nbformat nbgrader pyseccomp "
        "sqlalchemy tornado traitlets zmq"
    ),
    "postgres": "psycopg",
}
_EXTRA_OF = {root: extra for extra, roots in EXTRAS.items() for root in roots.split()}


def install_line(extra: str) -> str:
    """What to type to have an extra."""
    return f'pip install "{DISTRIBUTION}[{extra}]"'


def missing(name: str | None) -> str | None:
    """What to say of a module that is not installed; None where no extra would bring it."""
    root = (name or "").partition(".")[0]
    extra = _EXTRA_OF.get(root)
    return extra and f"falta {root}, que viene con: {install_line(extra)}"


class FaltaUnPaquete(ModuleNotFoundError):
    """Falta un paquete de un extra: la línea dice cuál y cómo se instala."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]
