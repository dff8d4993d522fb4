"""Qué significa cada columna de una hoja, en la lengua en que la escribió el aula virtual."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# By Moodle's own language packs: Spanish, English, Catalan, Galician and Portuguese.
_WHOLE = {
    "number": ("identificador", "identifier"),
    "name": ("nombre completo", "nombre y apellidos", "full name", "nom complet", "nome completo"),
    "first": ("nombre", "nombre(s)", "nombres", "first name", "nom", "nome", "given name"),
    "last": (
        "apellido(s)", "apellidos", "apellido", "last name", "surname", "cognoms", "sobrenome",
        "apelido(s)", "apelidos", "family name",
    ),
    "email": (
        "direccion de correo", "direccion de correo electronico", "correo electronico", "correo",
        "email address", "email", "e-mail", "adreca electronica", "endereco de email",
        "enderezo de correo", "enderezo de correo electronico", "direccion email",
    ),
    "username": ("nombre de usuario", "usuario", "username", "nom d'usuari", "nome de usuario"),
    "idnumber": (
        "numero de id", "id number", "numero id", "numero de identificacion", "numero d'id", "dni",
        "matricula", "legajo", "codigo", "id", "id de usuario", "user id",
    ),
    "student": ("estudiante", "student", "alumno", "alumna", "carpeta"),
    "lms": ("lms_user_id", "id del lms"),
    "grade": ("calificacion", "grade", "nota", "qualificacio", "cualificacion", "avaliacao"),
    "maximum": (
        "calificacion maxima", "maximum grade", "nota maxima", "qualificacio maxima",
        "cualificacion maxima",
    ),
    "changeable": (
        "la calificacion puede ser cambiada", "la calificacion se puede cambiar",
        "grade can be changed",
    ),
    "group": ("grupo", "group", "grup", "equipo"),
    "state": ("estado", "status", "estat"),
}  # fmt: skip
_BEGINS = {
    "submitted": ("ultima modificacion (entrega", "ultima modificacion (envio",
                  "last modified (submission", "darrera modificacio (tramesa"),
    "graded": ("ultima modificacion (calificacion", "ultima modificacion (cualificacion",
               "last modified (grade", "darrera modificacio (qualificacio"),
    "comment": ("comentarios", "feedback comments", "comentaris", "retroalimentacion"),
}  # fmt: skip


def plain(text: str) -> str:
    """A text to compare: no capitals, no accents, one space between words."""
    apart = unicodedata.normalize("NFD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    joined = "".join(char for char in apart if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", joined.replace("\ufeff", "")).strip().casefold()


def columns(header: Sequence[str]) -> dict[str, int]:
    """Where each meaning stands; of two columns of one meaning, the first."""
    found: dict[str, int] = {}
    for place, written in enumerate(header):
        text = plain(written)
        for meaning, names in _WHOLE.items():
            if text in names:
                found.setdefault(meaning, place)
        for meaning, starts in _BEGINS.items():
            if text.startswith(starts):
                found.setdefault(meaning, place)
    return found
