"""Qué unidades se repartieron con variantes, y con qué secreto: sin saberlo no se califica.

Of the secret there is only its digest. Where the course's configuration, its secret and what was
handed out do not agree, everybody would be asked another's numbers: nothing is graded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, delete, insert, inspect, select

from ..common.errors import CursoError
from ..course.folder import Course
from ..course.variants import SECRET, NoSecret, make_secret
from ..submission.published import PublishedCell
from ..submission.variants import personal
from .database import ensure_table, exists, open_gradebook

RENEW = "--variantes-nuevas"
_TABLE = Table(
    "curso_variantes",
    MetaData(),
    Column("unit", String(128), primary_key=True),
    Column("secret", String(64), nullable=False),
)


def handed_out(gradebook: Gradebook) -> dict[str, str]:
    """The units published with variants, and the digest of the secret that decided them."""
    if not inspect(gradebook.engine).has_table(_TABLE.name):
        return {}
    found = dict(map(tuple, gradebook.db.execute(select(_TABLE.c.unit, _TABLE.c.secret))))
    gradebook.db.rollback()
    return found


def ready_to_publish(course: Course, units: Sequence[str], *, renew: bool = False) -> None:
    r"""See that the course has its secret: a new one, where nobody was given anything yet.

    Raises
    ------
    CursoError
        If there was one, and it is not there or is another; unless they are to be ``renew``\ ed.
    """
    if not set(course.with_variants) & set(units):
        return
    with open_gradebook(course) as gradebook:
        before = handed_out(gradebook)
    path = course.root / SECRET
    if renew and before and not set(before) <= set(units):
        raise CursoError(
            f"{RENEW} cambia las variantes de todas las unidades que las tienen: di "
            f"{' '.join(sorted(before))}, o ninguna"
        )
    if renew:
        _keep_aside(path)
        _forget(course)
        before = {}
    if not path.exists() and not path.is_symlink() and not before:
        make_secret(course.root)
    try:
        mark = course.variants.mark
    except NoSecret as error:
        raise CursoError(_lost(error.args[0])) from None
    if any(other != mark for other in before.values()):
        raise CursoError(
            _lost(f"«{path}» no es el secreto con el que se repartieron las variantes")
        )


def _forget(course: Course) -> None:
    """Nobody has anything of the new secret yet: until it is published, nothing is graded."""
    with open_gradebook(course) as gradebook:
        if handed_out(gradebook):
            gradebook.db.execute(delete(_TABLE))
            gradebook.db.commit()
    vars(course).pop("variants", None)


def _keep_aside(path: Path) -> None:
    """Nothing that decided somebody's work is lost."""
    if path.exists():
        place = 1
        while (old := path.with_name(f"{path.name}.{place}")).exists():
            place += 1
        path.rename(old)


def _lost(problem: str) -> str:
    return (
        f"{problem}; o, si quieres decidir otras y repartir cuadernos nuevos, curso publicar "
        f"{RENEW} (lo entregado con las de antes se calificaría con las nuevas)"
    )


def note_published(course: Course, unit: str) -> None:
    """Remember whether a unit was published with variants, and whose secret they are of."""
    varied = unit in course.with_variants
    with open_gradebook(course) as gradebook:
        if not varied and unit not in handed_out(gradebook):
            return
        ensure_table(gradebook.engine, _TABLE)
        gradebook.db.execute(delete(_TABLE).where(_TABLE.c.unit == unit))
        if varied:
            row = {"unit": unit, "secret": course.variants.mark}
            gradebook.db.execute(insert(_TABLE), row)
        gradebook.db.commit()


def check_variants(
    course: Course, gradebook: Gradebook, unit: str, published: Sequence[PublishedCell] = ()
) -> None:
    """Raise :class:`CursoError` where a unit's variants are not those that were handed out."""
    mark, varied = handed_out(gradebook).get(unit), unit in course.with_variants
    if mark is None and not varied:
        return
    if mark is None:
        raise CursoError(
            f"{unit} tiene variantes en nbgrader_config.py y se publicó sin ellas: ejecuta curso "
            f"publicar {unit} y reparte los cuadernos de personales/, o quita la unidad de "
            "c.Curso.variantes"
        )
    if not varied:
        raise CursoError(
            f"{unit} se publicó con variantes y nbgrader_config.py ya no las pide: devuelve "
            f"c.Curso.variantes, o ejecuta curso publicar {unit} y reparte el cuaderno de todos"
        )
    if course.variants.mark != mark:
        raise CursoError(
            _lost(
                f"«{course.root / SECRET}» no es el secreto con el que se repartieron las "
                f"variantes de {unit}: recupera el de entonces de una copia de seguridad"
            )
        )
    if published:
        personal(published, unit, course.letters("cualquiera", unit))


def variants_problem(course: Course) -> str | None:
    """Why the units with variants cannot be graded; None where they can, or there are none."""
    try:
        units: Any = course.with_variants
        if not exists(course):
            return None
        with open_gradebook(course) as gradebook:
            known = {assignment.name for assignment in gradebook.assignments}
            for unit in dict.fromkeys((*units, *handed_out(gradebook))):
                # One that was not published yet says nothing wrong to anybody.
                if unit in known and (course.source / unit).is_dir():
                    check_variants(course, gradebook, unit)
    except CursoError as error:
        return str(error.args[0])
    return None
