"""El cerrojo del libro de notas: sin la configuración del curso, nbgrader no puede calificarlo.

A configuration that cannot be loaded is logged and ignored: nbgrader would then run the class's
code outside the sandbox, and believe its outputs. So what it must not do is impossible by what the
gradebook says of a unit, which is the one thing that every door reads. Twice, since a list of
preprocessors may lack either reader: its kernel has no name that a notebook may hold, so that what
``OverwriteKernelspec`` makes of any submission is no valid notebook (a name that no kernel has
would do only until one is given on the command line, or nothing is executed); and no locked cell
has its checksum, so that ``OverwriteCells`` refuses it. Our own pieces read neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from nbgrader.api import Assignment, Gradebook, Notebook, SourceCell
from sqlalchemy import and_, make_url, or_

from ..checks import UNITS
from ..course.database_url import of_file
from ..course.folder import Course
from .database import exists, open_gradebook

# nbgrader shows it: «[…] is not of type 'string'», «Attribute 'checksum' … (should be: …».
LOCK = "solo se califica con la configuración de su curso; qué le pasa lo dice «curso doctor»"
KERNELSPEC = json.dumps({"name": [LOCK], "display_name": LOCK, "language": "python"})


def lock_notebook(session: Any, notebook: Notebook) -> None:
    """Lock a registered notebook, in a session whose transaction is the caller's."""
    notebook.kernelspec = KERNELSPEC
    for cell in notebook.source_cells:
        if cell.locked:
            cell.checksum = LOCK
    session.flush()


def lock_course(course: Course) -> list[str]:
    """Lock the units of a course's gradebook, and of one that it had before.

    ``gradebook.db`` is where nbgrader looks when it loses the configuration that names another.

    Returns
    -------
    list of str
        The units that were open.
    """
    found: list[str] = []
    if exists(course):
        with open_gradebook(course) as gradebook:
            found += lock_units(gradebook, course.all_units)
    usual = course.root / "gradebook.db"
    if make_url(course.database_url).database != str(usual) and usual.is_file():
        with Gradebook(of_file(usual)) as gradebook:
            found += lock_units(gradebook, course.all_units)
    return sorted(set(found))


def lock_units(gradebook: Gradebook, units: Iterable[str] = UNITS) -> list[str]:
    """Lock what is still open, such as units that were published before there was a lock.

    Returns
    -------
    list of str
        The units that were open.
    """
    session = gradebook.db
    still_open = _open_notebooks(session, units)
    names = sorted({name for _, name in still_open})
    for notebook, _ in still_open:
        lock_notebook(session, notebook)
    if names:
        session.commit()
    else:
        session.rollback()
    return names


def open_units(gradebook: Gradebook) -> list[str]:
    """The units that nbgrader could grade without the course's configuration."""
    found = sorted({name for _, name in _open_notebooks(gradebook.db, UNITS)})
    gradebook.db.rollback()
    return found


def _open_notebooks(session: Any, units: Iterable[str]) -> list[tuple[Notebook, str]]:
    without_checksum = or_(SourceCell.checksum.is_(None), SourceCell.checksum != LOCK)
    unlocked = Notebook.source_cells.any(and_(SourceCell.locked, without_checksum))
    another = or_(Notebook.kernelspec.is_(None), Notebook.kernelspec != KERNELSPEC)
    query = session.query(Notebook, Assignment.name).join(
        Assignment, Notebook.assignment_id == Assignment.id
    )
    # A unit may have been registered under another name, when its folder had it.
    asks = Notebook.source_cells.any(SourceCell.source.contains("comprobar("))
    ours = or_(Assignment.name.in_(list(units)), asks)
    return query.filter(ours, or_(another, unlocked)).all()
