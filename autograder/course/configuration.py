"""La configuración de un curso, leída de los archivos que nbgrader lee y en su mismo orden."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..common.errors import CursoError

NAME = "nbgrader_config"
FILE = f"{NAME}.py"
STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"


def load(root: Path) -> Any:
    """All that an instructor configured for the course in ``root``, as nbgrader understands it.

    The files of Jupyter's own folders come first (``~/.jupyter/nbgrader_config.py`` among them),
    then the course's, which wins.

    Returns
    -------
    traitlets.config.Config

    Raises
    ------
    CursoError
        If a file cannot be run, with its line; or if it is another course's.
    """
    from nbgrader.apps.baseapp import NbGrader
    from traitlets.config import Config

    if str(root) not in sys.path:
        # Plug-ins are modules that stand beside the configuration.
        sys.path.append(str(root))
    config = Config()
    for path in _files(root):
        found = _run(path)
        # Its own translation, in place, of the names that it had for these before.
        NbGrader(config=found, log=_silent())
        config.merge(found)
    _check_root(config, root)
    return config


def directory(config: Any, root: Path) -> Any:
    """nbgrader's ``CourseDirectory``: what it makes of a configuration.

    Raises
    ------
    CursoError
        If a value is none that nbgrader takes, or folders stand where nobody would look.
    """
    from nbgrader.coursedir import CourseDirectory
    from traitlets import TraitError

    try:
        found = CourseDirectory(config=config, root=str(root), log=_silent())
    except TraitError as error:
        raise CursoError(f"«{root / FILE}» pide lo que nbgrader no admite ({error})") from error
    if Path(found.directory_structure).as_posix() != STRUCTURE:
        raise CursoError(
            f"«{root / FILE}» pide carpetas en el orden «{found.directory_structure}»; el curso "
            f"solo conoce «{STRUCTURE}»: quita CourseDirectory.directory_structure"
        )
    return found


def _files(root: Path) -> Iterator[Path]:
    """Those that are there, the last one is obeyed."""
    from jupyter_core.paths import jupyter_config_dir, jupyter_config_path

    folders = jupyter_config_path()
    if jupyter_config_dir() not in folders:
        folders.insert(0, jupyter_config_dir())
    lowest_first = [Path(folder) for folder in reversed(folders)]
    places = [(folder, "jupyter_config") for folder in lowest_first]
    places += [(folder, NAME) for folder in [*lowest_first, root]]
    for folder, name in places:
        for suffix in (".py", ".json"):
            path = folder / f"{name}{suffix}"
            if path.is_file():
                yield path


def _run(path: Path) -> Any:
    from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

    loader = PyFileConfigLoader if path.suffix == ".py" else JSONFileConfigLoader
    try:
        return loader(str(path), path=str(path.parent)).load_config()
    except (Exception, SystemExit) as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        line = _line(error, path)
        where = f"«{path}»" + (f", línea {line}" if line else "")
        raise CursoError(f"no se puede leer la configuración {where} ({words}): corrígela") from (
            error
        )


def _line(error: BaseException, path: Path) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno for f in reversed(frames) if f.filename == str(path)), None)


def _check_root(config: Any, root: Path) -> None:
    told = config.CourseDirectory.get("root")
    if told and Path(told).resolve() != root.resolve():
        raise CursoError(
            f"la configuración de nbgrader dice que la carpeta del curso es «{told}», y no "
            f"«{root}»: ve a ella, o corrige CourseDirectory.root"
        )


def _silent() -> logging.Logger:
    """What nbgrader would say here it says where it is run."""
    log = logging.Logger("curso.configuración")
    log.addHandler(logging.NullHandler())
    return log
