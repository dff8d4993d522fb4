"""En qué grupos o secciones está cada estudiante: los que dice la lista de clase."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import Column, Integer, MetaData, String, Table, delete, insert, inspect, select

from .database import ensure_table

MAX_GROUP, MAX_GROUPS = 60, 8  # What fits on a screen, of one and of one student's.
_TABLE = Table(
    "curso_grupos",
    MetaData(),
    Column("student", String(512), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", String(MAX_GROUP), nullable=False),
)


def groups(gradebook: Gradebook) -> dict[str, tuple[str, ...]]:
    """The groups of each student that is in any."""
    if not inspect(gradebook.engine).has_table(_TABLE.name):
        return {}
    query = select(_TABLE.c.student, _TABLE.c.name).order_by(_TABLE.c.student, _TABLE.c.place)
    found: dict[str, list[str]] = defaultdict(list)
    for student, name in gradebook.db.execute(query):
        found[student].append(name)
    gradebook.db.rollback()
    return {student: tuple(names) for student, names in found.items()}


def make_groups_table(gradebook: Gradebook) -> None:
    ensure_table(gradebook.engine, _TABLE)


def put_groups(session: Any, told: Mapping[str, Iterable[str]]) -> None:
    """These students are in these groups now; the others, where they were.

    In a session whose transaction is the caller's.
    """
    for student, names in told.items():
        session.execute(delete(_TABLE).where(_TABLE.c.student == student))
        rows = [
            {"student": student, "place": place, "name": name} for place, name in enumerate(names)
        ]
        if rows:
            session.execute(insert(_TABLE), rows)


def in_order(group: str) -> list[tuple[int, int, str]]:
    """By what groups are called, and «Grupo 10» after «Grupo 9»."""
    parts = re.findall(r"\d+|\D+", group)
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts]
