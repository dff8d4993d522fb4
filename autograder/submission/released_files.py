"""Lo que la unidad de un docente reparte junto a su cuaderno, y está en su sitio al calificar."""

from __future__ import annotations

from ..common.one_line import one_line
from ..course.folder import Course
from ..course.own_units import NOT_RELEASED, is_left_there
from ..notebook.helper_kinds import problem
from .helper_files import read_helpers


def released_files(course: Course, unit: str) -> dict[str, bytes]:
    """What an instructor's own unit has beside its notebook, that a student need not hand in.

    It stands there as it was released, whatever was handed in by that name.
    """
    known = course.all_units[unit]
    if not known.own:
        return {}
    found = read_helpers(course.source / unit, [])
    return {name: data for name, data in found.items() if name.split("/")[0] not in NOT_RELEASED}


def not_at_grading(course: Course, unit: str) -> list[str]:
    """A line for each thing that an instructor's own unit gives and its notebook will not find.

    At home it is beside the notebook, and everything works.
    """
    if not course.all_units[unit].own:
        return []
    where, notes = course.source / unit, list[str]()
    found = {*read_helpers(where, notes), f"{course.notebook(unit)}.ipynb", *NOT_RELEASED}
    for path in sorted(where.rglob("*")):
        name = path.relative_to(where)
        ours = name.as_posix() in found or name.parts[0] in NOT_RELEASED
        if path.is_file() and not ours and not is_left_there(name):
            why = problem(name.as_posix())
            notes += [f"{name.as_posix()}: {why}"] if why else []
    return [
        f"{course.source.name}/{unit} reparte algo que al calificar no estará junto al cuaderno: "
        f"{one_line(note)}"
        for note in dict.fromkeys(notes)
        if note.partition(":")[0].split("/")[0] not in NOT_RELEASED
    ]
