"""Qué significa cada columna de una hoja, en la lengua en que la escribió el aula virtual."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# By Moodle's own language packs: Spanish, English, Catalan, Galician, Portuguese and Basque.
_WHOLE = {
    "number": ("identificador", "identifier", "numero de identificacao", "identifikatzailea"),
    "name": ("nombre completo", "nombre y apellidos", "full name", "nom complet", "nome completo",
             "izen osoa"),
    "first": ("nombre", "nombre(s)", "nombres", "first name", "nom", "nome", "given name", "izena"),
    "last": (
        "apellido(s)", "apellidos", "apellido", "last name", "surname", "cognoms", "sobrenome",
        "apelido(s)", "apelidos", "apelido", "abizena(k)", "family name",
    ),
    "email": (
        "dirección de correo", "dirección de correo electrónico", "correo electrónico", "correo",
        "email address", "email", "e-mail", "adreca electronica",
        "enderezo de correo", "enderezo de correo electrónico", "dirección email",
        "endereco de e-mail", "endereco de email", "endereco de correio eletronico",
        "helbide elektronikoa",
    ),
    "username": ("nombre de usuario", "usuario", "username", "nom d'usuari", "nome de usuario",
                 "nome de utilizador", "erabiltzaile-izena"),
    "idnumber": (
        "número de id", "id number", "número id", "número de identificación", "número d'id", "dni",
        "numero de identificacao (id)", "id zenbakia",
        "matrícula", "legajo", "código", "id", "id de usuario", "user id",
    ),
    "student": ("estudiante", "student", "alumno", "alumna", "carpeta"),
    "lms": ("lms_user_id", "id del LMS"),
    "grade": ("calificación", "grade", "nota", "qualificacio", "cualificación", "avaliacao",
              "kalifikazioa"),
    "maximum": (
        "calificación máxima", "maximum grade", "nota máxima", "qualificacio máxima",
        "cualificación máxima", "gehieneko kalifikazioa",
    ),
    "changeable": (
        "la calificación puede ser cambiada", "la calificación se puede cambiar",
        "grade can be changed", "a nota pode ser alterada.", "es pot canviar la qualificació",
        "a cualificación pode seren cambiada", "kalifikazioa alda daiteke",
    ),
    "group": ("grupo", "group", "grup", "equipo", "grupos", "groups", "grups",
              "taldea"),
    "section": (
        "sección", "section", "seccio", "seccion", "secção", "paralelo", "comisión", "turma",
    ),
    "state": ("estado", "status", "estat", "egoera"),
}  # fmt: skip
_BEGINS = {
    "submitted": ("última modificación (entrega", "última modificación (envío",
                  "last modified (submission", "darrera modificacio (tramesa",
                  "ultima modificacao (envio", "ultima atualizacao (submissao",
                  "azken aldaketa (bidalketa"),
    "graded": ("última modificación (calificación", "última modificación (cualificación",
               "last modified (grade", "darrera modificacio (qualificacio",
               "ultima modificacao (nota", "ultima atualizacao (avaliacao",
               "azken aldaketa (kalifikazioa"),
    "comment": ("comentarios", "feedback comments", "comentaris", "retroalimentacion",
                "feedback-iruzkinak"),
}  # fmt: skip


def plain(text: str) -> str:
    """A text to compare: no capitals, no accents, one space between words."""
    apart = unicodedata.normalize("NFD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    joined = "".join(char for char in apart if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", joined.replace("\ufeff", "")).strip().casefold()


_NAMES = {meaning: frozenset(map(plain, names)) for meaning, names in _WHOLE.items()}
_STARTS = {meaning: tuple(map(plain, starts)) for meaning, starts in _BEGINS.items()}


def columns(header: Sequence[str]) -> dict[str, int]:
    """Where each meaning stands; of two columns of one meaning, the first."""
    found: dict[str, int] = {}
    for place, written in enumerate(header):
        text = plain(written)
        for meaning, names in _NAMES.items():
            if text in names:
                found.setdefault(meaning, place)
        for meaning, starts in _STARTS.items():
            if text.startswith(starts):
                found.setdefault(meaning, place)
    return found
