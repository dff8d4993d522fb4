"""Cómo puede llamarse la carpeta de un curso o de un estudiante: una regla, para todas las puertas.

What nbgrader, formgrader and the gradebook make of a name is decided here. A name is only text:
where nbgrader would take it for a pattern, it is made to take it as it is; what cannot work by some
door is refused by all of them.
"""

from __future__ import annotations

import glob as _glob
import os
import re
import sys
import unicodedata
from pathlib import Path

MAX_NAME = 100
# formgrader builds its pages with students' names as they come, inside text and between double
# quotes. A single one ends nothing there, and an ampersand before a space begins no entity.
_ACTIVE = re.compile(r"[<>\"`\\{}]|&(?! )")
# And its addresses: there «#» and «?» end a name, and «%41» is an A.
_IN_ADDRESSES = re.compile(r"[#?]|%[0-9A-Fa-f]{2}")


def name_problem(student: str) -> str | None:
    """Why a student's folder cannot be called so, in Spanish; None where it can."""
    if len(student) > MAX_NAME:
        return f"el nombre de su carpeta pasa de {MAX_NAME} caracteres"
    if student.startswith("."):
        return "el nombre de su carpeta empieza por un punto"
    if "/" in student or not student:
        return "el nombre de su carpeta no puede llevar «/», que es otra carpeta, ni estar vacío"
    if printable(student) != student:
        return "el nombre de su carpeta tiene caracteres que no se pueden guardar"
    if _ACTIVE.search(student):
        return "el nombre de su carpeta tiene caracteres que una página web interpretaría"
    if _is_pattern(student):
        return "el nombre de su carpeta es, para nbgrader, el de cualquiera"
    if _IN_ADDRESSES.search(student):
        return "el nombre de su carpeta tiene «#», «?» o «%», que cortan la dirección de una página"
    if unicodedata.normalize("NFC", student) != student:
        return (
            "el nombre de su carpeta tiene los acentos sueltos (como en macOS) y hay otra con el "
            "mismo nombre, o no se puede renombrar: deja una sola"
        )
    return None


def root_problem(root: Path) -> str | None:
    """Why a course cannot be in ``root``, in Spanish; None where it can."""
    text = str(root)
    if os.path.expandvars(text) != text:
        return "tiene un «$» seguido de una variable de entorno, y nbgrader pondría su valor"
    if any(map(_is_pattern, root.parts)):
        return "tiene una carpeta cuyo nombre es, para nbgrader, el de cualquiera"
    if sys.getfilesystemencoding() != "utf-8" and not text.isascii():
        return (
            "tiene acentos, y aquí Python no los lee: pon PYTHONUTF8=1 en el entorno, o "
            "LC_ALL=C.UTF-8, y repite la orden; si no puedes"
        )
    if not text.isprintable():
        return "tiene caracteres que no se pueden escribir"
    return None


def _is_pattern(part: str) -> bool:
    """Whether nbgrader writes it for «all», or «all that end so»: there it stays a pattern."""
    return part == "*" or part.startswith("*.")


def printable(name: str) -> str:
    """A file's name for a person to read: no control characters, no broken bytes."""
    whole = name.encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else "�" for char in whole)[:MAX_NAME]


def composed(name: str) -> str:
    """A name with its accents joined to their letters (NFC), as keyboards write it.

    macOS takes them apart (NFD): the same name for a person, and another one for a computer.
    """
    return unicodedata.normalize("NFC", name)


def one_folder_each(submitted: Path) -> None:
    """Give one folder to whoever has two that are called the same but for how accents are kept.

    What cannot be joined, because both hold the same unit, stays: :func:`name_problem` refuses it.
    """
    try:
        names = sorted(os.listdir(submitted))
    except OSError:
        return
    for name in names:
        if composed(name) != name and not (submitted / name).is_symlink():
            _join(submitted / name, submitted / composed(name))


def _join(apart: Path, whole: Path) -> None:
    try:
        if not os.path.lexists(whole):
            apart.rename(whole)
        elif whole.is_dir() and not whole.is_symlink() and not os.path.samefile(apart, whole):
            for entry in sorted(apart.iterdir()):
                if not os.path.lexists(whole / entry.name):
                    entry.rename(whole / entry.name)
            apart.rmdir()
    except OSError:
        return  # Refused by its name, and it is said why.


class LiteralGlob:
    """What nbgrader's modules use instead of ``glob``: folders that are there are no patterns."""

    escape = staticmethod(_glob.escape)

    @staticmethod
    def glob(pattern: str) -> list[str]:
        """As ``glob.glob``; of ``/a/[2026] CNN/submitted/*``, only ``*`` is a pattern."""
        return _glob.glob(_with_literals(pattern))


def _with_literals(pattern: str) -> str:
    literal: list[str] = []
    there: list[str] = []
    for part in pattern.split(os.sep):
        there.append(part)
        one = _is_pattern(part) or not os.path.lexists(os.sep.join(there) or os.sep)
        literal.append(part if one else _glob.escape(part))
    return os.sep.join(literal)
