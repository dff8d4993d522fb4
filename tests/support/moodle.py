"""What Moodle gives a teacher and takes back, written from its own code (``mod/assign``)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SPANISH = (
    "Identificador", "Nombre completo", "Dirección de correo", "Estado", "Calificación",
    "Calificación máxima", "La calificación puede ser cambiada", "Última modificación (entrega)",
    "Última modificación (calificación)", "Comentarios de retroalimentación",
)  # fmt: skip
ENGLISH = (
    "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade",
    "Grade can be changed", "Last modified (submission)", "Last modified (grade)",
    "Feedback comments",
)  # fmt: skip


@dataclass(frozen=True)
class Tongue:
    """What a language pack writes in a worksheet: its titles, its words, and a date.

    ``date`` is ``strftimedaydatetime`` of its ``langconfig``, with the names that a locale gives;
    of the 12 of January of 2026, at two minutes to midnight.
    """

    header: tuple[str, ...]
    participant: str
    state: str
    yes: str
    no: str
    date: str


# As in mod/assign, assignfeedback_comments and core of each pack.
OTHER_TONGUES = {
    "ca": Tongue(
        (
            "Identificador", "Nom complet", "Adreça electrònica", "Estat", "Qualificació",
            "Qualificació màxima", "Es pot canviar la qualificació",
            "Darrera modificació (tramesa)",
            "Darrera modificació (qualificació)", "Comentaris de retroacció.",
        ),
        "Participant", "S'ha tramès per qualificar", "Sí", "No",
        "dilluns, 12 de gener 2026, 23:58",
    ),
    "gl": Tongue(
        (
            "Identificador", "Nome completo", "Enderezo de correo", "Estado", "Cualificación",
            "Cualificación máxima", "A cualificación pode seren cambiada",
            "Última modificación (entrega)", "Última modificación (cualificación)", "Comentarios",
        ),
        "Participante", "Entregado para cualificacións", "Si", "Non",
        "luns, 12 de xaneiro de 2026, 11:58 p.m.",
    ),
    "pt": Tongue(
        (
            "Identificador", "Nome completo", "E-mail", "Estado", "Avaliação", "Nota máxima",
            "A nota pode ser alterada.", "Última atualização (submissão)",
            "Última atualização (avaliação)", "Comentários de feedback",
        ),
        "Participante", "Submetido para avaliação", "Sim", "Não",
        "segunda, 12 de janeiro de 2026 às 23:58",
    ),
    "pt_br": Tongue(
        (
            "Identificador", "Nome completo", "Endereço de email", "Status", "Nota", "Nota máxima",
            "A nota pode ser alterada.", "Última modificação (envio)", "Última modificação (nota)",
            "Comentários de feedback",
        ),
        "Participante", "Enviado para avaliação", "Sim", "Não",
        "segunda-feira, 12 jan. 2026, 23:58",
    ),
    "eu": Tongue(
        (
            "Identifikatzailea", "Izen osoa", "Helbide elektronikoa", "Egoera", "Kalifikazioa",
            "Gehieneko kalifikazioa", "Kalifikazioa alda daiteke", "Azken aldaketa (bidalketa)",
            "Azken aldaketa (kalifikazioa)", "Feedback-iruzkinak",
        ),
        "Partaidea", "Kalifikatua izan dadin bidalita", "Bai", "Ez",
        "astelehena, 2026(e)ko urtarrilaren 12(e)an, 23:58(e)tan",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Enrolled:
    """A row of ``gradingtable.php``, downloading."""

    number: int
    name: str
    email: str = ""
    submitted: str = "lunes, 12 de enero de 2026, 23:58"
    grade: str = ""
    graded: str = "-"
    comment: str = ""
    changeable: str = "Sí"
    team: str = ""


def worksheet(
    people: Iterable[Enrolled],
    *,
    header: tuple[str, ...] = SPANISH,
    maximum: str = "20,00",
    delimiter: str = ",",
    bom: bool = False,
    ends: str = "\n",
    teams: bool = False,
    emails: bool = True,
    participant: str | None = None,
    state: str = "Enviado para calificar",
) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=ends)
    anyone = participant or ("Participante" if header is SPANISH else "Participant")
    named = list(header)
    if teams:
        named.insert(4, "Grupo")
    out = {2} if not emails else set()
    writer.writerow(text for place, text in enumerate(named) if place not in out)
    for one in people:
        row = [
            f"{anyone} {one.number}", one.name, one.email, state, one.grade,
            maximum, one.changeable, one.submitted, one.graded, one.comment,
        ]  # fmt: skip
        if teams:
            row.insert(4, one.team)
        writer.writerow(text for place, text in enumerate(row) if place not in out)
    return (b"\xef\xbb\xbf" if bom else b"") + file.getvalue().encode()


def submissions(files: Mapping[str, bytes], path: Path) -> Path:
    """A zip whose files are called as ``downloader.php`` calls them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def folder(name: str, number: int | None, plugin: str = "file", old: bool = False) -> str:
    """A person's, or a team's, by ``get_student_prefix``."""
    prefix = name.replace("_", " ") + ("" if number is None else f"_{number}")
    return f"{prefix}_assignsubmission_{plugin}{'_' if old else ''}/"


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip that a student made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def taken_back(path: str, participants: Iterable[int]) -> tuple[int, str] | None:
    """The person and the file that ``importziplib.php`` makes of a path of a feedback zip."""
    known = set(participants)
    name = path.rpartition("/")[2]
    if name.startswith((".", "~")):
        return None
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < 4 or not re.fullmatch(r"\d+", info[1]) or int(info[1]) not in known:
            continue
        if info[2:4] not in (["assignfeedback", "file"], ["assignsubmission", "file"]):
            continue
        return int(info[1]), "/".join([*info[4:], *parts]).strip("/")
    return None


def imported(data: bytes, delimiter: str = ",") -> dict[int, dict[str, str]]:
    """What ``importgradeslib.php`` reads of a worksheet: by number, each column by its header."""
    text = data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    first = next(iter(rows[0]))
    return {int(re.sub(r"\D", "", row[first])): row for row in rows}
