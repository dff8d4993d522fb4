"""La fecha que escribe una hoja de Moodle, con el día en letras y sin decir su zona."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from dateutil.tz import gettz

from ..common.errors import CursoError
from .headers import plain

# Spanish, English, Catalan, Galician, Portuguese, Basque: the first letters tell them apart.
_MONTHS = (
    ("ene", "jan", "gen", "xan", "urt"), ("feb", "fev", "ots"), ("mar",), ("abr", "apr", "api"),
    ("may", "mai"), ("jun", "xun", "eka"), ("jul", "xul", "uzt"), ("ago", "aug", "abu"),
    ("sep", "set", "ira"), ("oct", "out", "urr"), ("nov", "aza"),
    ("dic", "dec", "des", "dez", "abe"),
)  # fmt: skip
_TUESDAY = "marte"  # It begins as March does.
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?\s?m\b\.?)?")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")


def written_moment(text: str) -> datetime | None:
    """Day and hour of «lunes, 12 de enero de 2026, 23:58»; None where it says none.

    The day of the week is not looked at; «12/01/2026» is read as in Spanish, the day first.
    """
    words = plain(text)
    time = None
    for found in _TIME.finditer(words):
        time = found
    rest = words if time is None else words[: time.start()] + " " + words[time.end() :]
    day = _day(rest)
    if day is None:
        return None
    hour, minute, second = (int(x or 0) for x in (time.groups()[:3] if time else (0, 0, 0)))
    half = time.group(4) if time else None
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(*day, hour, minute, second)
    except ValueError:
        return None


def _day(words: str) -> tuple[int, int, int] | None:
    if found := _ISO.search(words):
        year, month, day = map(int, found.groups())
        return year, month, day
    if found := _NUMBERS.search(words):
        day, month, year = map(int, found.groups())
        return year, month, day
    months = [
        number
        for word in re.findall(r"[a-z]{3,}", words)
        for number, starts in enumerate(_MONTHS, 1)
        if word.startswith(starts) and not word.startswith(_TUESDAY)
    ]
    numbers = re.findall(r"\d+", words)
    years = [int(n) for n in numbers if len(n) == 4]
    days = [int(n) for n in numbers if len(n) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) != 1:
        return None
    return years[0], months[0], days[0]


def in_utc(at: datetime, zone: str | None) -> datetime:
    """An hour of a place as one in UTC, without saying so; of this machine's where none is told.

    Raises
    ------
    CursoError
        If there is no such zone.
    """
    there = gettz(zone) if zone else gettz()
    if there is None:
        raise CursoError(f"no hay ninguna zona horaria «{zone}»; una es America/Bogota")
    return at.replace(tzinfo=there).astimezone(timezone.utc).replace(tzinfo=None)
