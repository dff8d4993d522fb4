"""Un archivo del estudiante con el nombre de un módulo: «numpy.py» al lado del cuaderno.

It is asked after the client was imported, or could not be, and imports nothing itself but what is
built in: that cannot be covered.
"""

import sys

# What the client works with: a file that covers another module is its owner's business.
_NAMES = (
    "ast autograder contextlib contextvars dataclasses difflib functools gc importlib "
    "inspect io IPython json linecache math numpy os re signal socket struct subprocess "
    "textwrap threading traceback types typing"
)
NEEDED = frozenset(_NAMES.split())


class ArchivoQueTapa(ImportError):
    """Se importó un archivo tuyo en lugar del módulo de su nombre."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def shadowing(names: frozenset[str] = NEEDED) -> list[str]:
    """Files with the name of one of those modules that were imported in its place."""
    found = []
    for name in names & set(sys.modules):
        path = getattr(sys.modules[name], "__file__", None) or ""
        folder, _, file = path.replace("\\", "/").rpartition("/")
        if file == f"{name}.py" and not _is_library(folder):
            found.append(file)
    return sorted(found)


def _is_library(folder: str) -> bool:
    """Whether the standard library or the installed packages are there."""
    if "site-packages" in folder or "dist-packages" in folder:
        return True
    homes = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    libraries = [home.replace("\\", "/").rstrip("/") + "/lib" for home in homes]
    return any(folder.lower().startswith(library.lower()) for library in libraries)


def cause(failed: bool = False) -> ArchivoQueTapa | None:
    """The error to raise where such a file is in the way; None where none is.

    Where the import of the client ``failed``, it may be any module that another needed.
    """
    files = shadowing(NEEDED | set(sys.stdlib_module_names)) if failed else shadowing()
    if not files:
        return None
    names = ", ".join(files)
    return ArchivoQueTapa(
        f"tienes un archivo con el nombre de un módulo de Python o de NumPy ({names}) y se importa "
        "el tuyo: cámbiale el nombre y reinicia el kernel"
    )
