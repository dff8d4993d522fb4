"""Qué instante dice un texto: la hora de una entrega que nbgrader anotó, o la de un plazo."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from dateutil.parser import parse
from dateutil.tz import gettz

UTC = "UTC"
# What nbgrader writes unless it is told otherwise: with the zone's abbreviation.
FORM = "%Y-%m-%d %H:%M:%S.%f %Z"
# Abbreviations that mean the same everywhere, in hours. CST, AST, EST, BST or IST do not.
_EVERYWHERE = {
    "UTC": 0, "UCT": 0, "GMT": 0, "Z": 0,
    "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
}  # fmt: skip
_NUMERIC = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?([0-5]\d))?")
_PARTS = re.compile(
    r"(?P<head>.*\d:\d\d.*?)\s*"
    r"(?P<zone>(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|[A-Za-z]{1,5}|[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+)"
)
_HALF_DAY = ("AM", "PM")
_MOST_HOURS = 14


class Unclear(ValueError):
    """A text that says no instant, or that could say several; ``args[0]`` is why, in Spanish."""


@dataclass(frozen=True)
class Clock:
    """How an exchange writes the time: in which zone, and in which form."""

    zone: str = UTC
    form: str = FORM

    @classmethod
    def of(cls, config: Any) -> Clock:
        """That of a configuration of nbgrader's (``Exchange.timezone``, ``timestamp_format``)."""
        told = config.Exchange
        zone, form = told.get("timezone", UTC), told.get("timestamp_format", FORM)
        return cls(zone if isinstance(zone, str) else UTC, form if isinstance(form, str) else FORM)


def moment(text: str, clock: Clock) -> datetime:
    """The instant that ``text`` says, in UTC and without a zone, as nbgrader keeps them.

    A zone's abbreviation is read as the exchange that wrote it means it; without a zone the text
    is UTC, unless the exchange writes its own time without saying so.

    Raises
    ------
    Unclear
        If it is no date, or one that can be read in several ways.
    """
    try:
        at, zone = _read(text.strip(), clock)
        if at.tzinfo is None:
            at = at.replace(tzinfo=timezone(_offset(at, zone, clock)))
        return at.astimezone(timezone.utc).replace(tzinfo=None)
    except Unclear:
        raise
    except (ValueError, OverflowError, TypeError) as error:
        raise Unclear("no es una fecha") from error


def written(at: datetime) -> str:
    """An instant in UTC as text that nothing can misread."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f} UTC"


def _read(text: str, clock: Clock) -> tuple[datetime, str]:
    """Day and hour, and the zone that is said after them."""
    found = _PARTS.fullmatch(text)
    head, zone = (found["head"], found["zone"]) if found else (text, "")
    if zone.upper() in _HALF_DAY:
        head, zone = text, ""
    form = clock.form.removesuffix("%Z").rstrip()
    if "%Z" not in form:
        # What does not have that form may have been written by hand, or by another tool.
        with suppress(ValueError):
            return datetime.strptime(head, form), zone
        with suppress(ValueError):
            return datetime.strptime(text, form), ""
    return _guessed(head), zone


def _guessed(head: str) -> datetime:
    readings = {parse(head, default=day, tzinfos=_none) for day in (_DAY, _ANOTHER)}
    if not re.match(r"\d{4}", head):
        readings.add(parse(head, default=_DAY, tzinfos=_none, dayfirst=True))
    if len(readings) > 1:
        raise Unclear("no dice un día, o puede ser de dos")
    return readings.pop()


_DAY, _ANOTHER = datetime(2000, 1, 1), datetime(2004, 2, 2)


def _none(name: str | None, offset: int | None) -> None:
    if name is None and offset is None:
        return
    raise ValueError(f"una zona donde no se espera: {name or offset}")


def _offset(at: datetime, zone: str, clock: Clock) -> timedelta:
    if not zone:
        local = "%Z" not in clock.form and "%z" not in clock.form
        return _of_place(at, clock.zone) if local else timedelta(0)
    if number := _NUMERIC.fullmatch(zone):
        sign, hours, minutes = number.groups()
        if int(hours) <= _MOST_HOURS:
            size = timedelta(hours=int(hours), minutes=int(minutes or 0))
            return size if sign == "+" else -size
        raise Unclear(f"no hay ninguna zona horaria «{zone}»")
    if "/" in zone:
        return _of_place(at, zone)
    there = gettz(clock.zone)
    # In the hour that is lived twice, the abbreviation says which of the two.
    lived = [at.replace(tzinfo=there, fold=fold) for fold in (0, 1)] if there else []
    found = {one.utcoffset() for one in lived if one.tzname() == zone}
    if len(found) == 1 and (only := found.pop()) is not None:
        return only
    if zone.upper() in _EVERYWHERE:
        return timedelta(hours=_EVERYWHERE[zone.upper()])
    raise Unclear(f"lleva «{zone}», y no se sabe de qué zona horaria es")


def _of_place(at: datetime, name: str) -> timedelta:
    there = gettz(name)
    if there is None:
        raise Unclear(f"no hay ninguna zona horaria «{name}»")
    ahead = at.replace(tzinfo=there).utcoffset()
    assert ahead is not None  # A moment with a time zone has one.
    return ahead
