"""Qué número del aula virtual es cada estudiante en cada unidad, y qué se le devolvió: se recuerda.

It is one more table of the gradebook: whoever keeps a copy of the marks keeps this too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, delete, insert, inspect, select

from .worksheet import decimal_of

MOODLE, CANVAS = "moodle", "canvas"
_TABLE = Table(
    "curso_campus",
    MetaData(),
    Column("site", String(16), primary_key=True),
    Column("number", String(32), primary_key=True),
    Column("unit", String(128), primary_key=True),
    Column("student", String(512), nullable=False),
    Column("submitted", String(64), nullable=False, default=""),
    Column("returned", String(64), nullable=False, default=""),
)


@dataclass(frozen=True)
class Link:
    """``submitted`` is when what was placed was handed in, in UTC.

    ``returned``, the marks that were given back: the one that the site had the last time that it
    was looked at, if it was one of them, and those that came after it. Nobody says whether a sheet
    that was filled was uploaded, or was filled again instead.
    """

    number: int
    unit: str
    student: str
    submitted: str = ""
    returned: str = ""


_ROOM = 64  # Characters of ``returned``, where a database counts them.


def is_ours(there: Decimal, returned: str) -> bool:
    """Whether a mark that the site has is one that was given back, and not somebody's own."""
    return there in _marks(returned)


def and_now(there: Decimal | None, returned: str, mark: Decimal) -> str:
    """``returned`` once ``mark`` is given back, where the site had ``there``."""
    marks = _marks(returned)
    if there in marks:
        marks = marks[len(marks) - 1 - marks[::-1].index(there) :]  # It was uploaded.
    texts = [str(one) for one in [*(one for one in marks if one != mark), mark]]
    while len(" ".join(texts)) > _ROOM and len(texts) > 1:
        del texts[0]
    return " ".join(texts)


def _marks(returned: str) -> list[Decimal]:
    return [mark for mark in map(decimal_of, returned.split()) if mark is not None]


def links(gradebook: Gradebook, site: str = MOODLE) -> list[Link]:
    """All that is remembered of a site."""
    if not inspect(gradebook.engine).has_table(_TABLE.name):
        return []
    found = gradebook.db.execute(select(_TABLE).where(_TABLE.c.site == site)).all()
    gradebook.db.rollback()
    return [
        Link(int(row.number), row.unit, row.student, row.submitted, row.returned) for row in found
    ]


def remember(gradebook: Gradebook, some: Iterable[Link], site: str = MOODLE) -> None:
    """Keep these, in the place of what was known of the same numbers."""
    _TABLE.create(gradebook.engine, checkfirst=True)
    for link in some:
        number = str(link.number)
        gradebook.db.execute(
            delete(_TABLE).where(
                _TABLE.c.site == site, _TABLE.c.number == number, _TABLE.c.unit == link.unit
            )
        )
        row = {"site": site, "number": number, "unit": link.unit, "student": link.student}
        row |= {"submitted": link.submitted, "returned": link.returned}
        gradebook.db.execute(insert(_TABLE).values(row))
    gradebook.db.commit()
