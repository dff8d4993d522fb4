"""De quién es cada archivo del zip de Moodle: por el número de su carpeta, nunca por su nombre."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Moodle writes a person's or a group's name, with no underscore in it, and then its number; of the
# group that nobody chose it has none. A file's name may follow in the same part.
_PART = re.compile(
    r"(?P<name>[^_]*)(?:_(?P<number>\d{1,18}))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?",
    re.DOTALL,
)
MAX_ABOVE = 3  # Folders that somebody put around, on packing it again.


@dataclass(frozen=True)
class Entry:
    """Where one file of the zip belongs; ``number`` is None for the group without one."""

    name: str
    number: int | None
    plugin: str
    path: str


def entry_of(path: str) -> Entry | None:
    """The owner of a path as Moodle writes it; None where it says none.

    The first part that says one counts: further in are names that a student chose.
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    for place, part in enumerate(parts[: MAX_ABOVE + 1]):
        if found := _PART.fullmatch(part):
            rest = [found["rest"]] if found["rest"] else []
            inside = "/".join([*rest, *parts[place + 1 :]])
            number = int(found["number"]) if found["number"] else None
            return Entry(found["name"], number, found["plugin"], inside)
    return None
