"""A time means what the exchange that wrote it means; what could mean another counts as none."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from traitlets.config import Config

from autograder.course.moments import FORM, Clock, Unclear, moment, written

# One or more of each country, with those of other habits inside it.
SPAIN = ("Europe/Madrid", "Atlantic/Canary", "Africa/Ceuta")
AMERICA = """\
Argentina/Buenos_Aires Argentina/Ushuaia Asuncion Bahia_Banderas Belize Bogota Cancun
Caracas Cayenne Chihuahua Ciudad_Juarez Costa_Rica El_Salvador Fortaleza Guatemala Guayaquil Guyana
Havana Hermosillo La_Paz Lima Manaus Managua Matamoros Mazatlan Merida Mexico_City Monterrey
Montevideo Noronha Panama Paramaribo Port-au-Prince Puerto_Rico Punta_Arenas Rio_Branco Santiago
Santo_Domingo Sao_Paulo Tegucigalpa Tijuana""".split()  # noqa: SIM905
ZONES = [*SPAIN, *(f"America/{name}" for name in AMERICA), "Pacific/Easter", "Pacific/Galapagos"]
ZONES += ["America/New_York", "America/Los_Angeles", "Asia/Manila", "Africa/Malabo", "UTC"]
MOMENTS = [
    datetime(2026, month, 15, hour, 30, 5, 123) for month in range(1, 13) for hour in (0, 11, 23)
]


@pytest.mark.parametrize("zone", ZONES)
def test_what_nbgrader_writes_in_a_zone_is_read_as_it_was(zone):
    """The oracle: Python's own zoneinfo, and what nbgrader does with it."""
    for at in MOMENTS:
        local = at.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone))
        for form in (FORM, "%d/%m/%Y %H:%M:%S.%f %Z", "%Y-%m-%dT%H:%M:%S.%f%z"):
            assert moment(local.strftime(form), Clock(zone, form)) == at, local.strftime(form)


@pytest.mark.parametrize("zone", ZONES)
def test_an_exchange_that_does_not_write_its_zone_means_its_own(zone):
    form = "%Y-%m-%d %H:%M:%S.%f"
    for at in MOMENTS:
        local = at.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone))
        assert moment(local.strftime(form), Clock(zone, form)) == at


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Havana", "America/Santiago"])
def test_in_the_hour_that_is_lived_twice_the_abbreviation_decides(zone):
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    hours = [start + timedelta(hours=hour) for hour in range(365 * 24)]
    folded = [at for at in hours if at.astimezone(ZoneInfo(zone)).fold]
    assert folded  # It is not lived twice in a zone without summer time.
    for at in [folded[0], folded[0] - timedelta(hours=1)]:
        text = at.astimezone(ZoneInfo(zone)).strftime(FORM)
        assert moment(text, Clock(zone)) == at.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-07-15 20:30:00.000000 CEST", 18.5),
        ("2026-07-15 18:00:00.000000 -05", 23),
        ("2026-07-15 12:00:00 -03", 15),
        ("2026-07-15 12:00:00 +0200", 10),
        ("2026-07-15 12:00:00 -0330", 15.5),
        ("2026-07-15T12:00:00+02:00", 10),
        ("2026-07-15T12:00:00Z", 12),
        ("2026-07-15 12:00:00 UTC", 12),
        ("2026-07-15 12:00:00 GMT", 12),
        ("2026-07-15 12:00:00 GMT-3", 15),
        ("2026-07-15 12:00:00 WEST", 11),
        ("2026-07-15 12:00:00 America/Bogota", 17),
        ("2026-07-15 12:00 -5", 17),
        ("2026-07-15 12:00:00", 12),
        ("2026-07-15 12:00:00\n", 12),
        ("15 Jul 2026 12:00 PM UTC", 12),
        ("2026-07-15", 0),
    ],
)
def test_what_can_only_be_one_instant_is_read_whatever_the_zone(text, hour):
    expected = datetime(2026, 7, 15) + timedelta(hours=hour)
    for zone in ("UTC", "Europe/Madrid", "Asia/Tokyo", "no/existe"):
        assert moment(text, Clock(zone)) == expected
    assert moment(written(expected), Clock("America/Havana")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-15 18:00:00.000000 CST",
        "2026-07-15 18:00:00.000000 CDT",
        "2026-07-15 18:00:00.000000 AST",
        "2026-07-15 18:00:00.000000 IST",
        "2026-07-15 18:00:00.000000 XYZ",
        "2026-07-15 18:00:00 Marte/Olimpo",
        "2026-07-15 18:00:00 ../../etc/passwd",
        "2026-07-15 18:00:00 +99",
        "2026-07-15 18:00:00 7200",
        "CST 2026-07-15 18:00:00",
        "05/04/2026 10:00:00 UTC",
        "10:00:00 UTC",
        "2026",
        "7",
        "",
        "ayer por la tarde",
        "9999-12-31 23:59:59 -05",
        "0001-01-01 00:00:00 +05",
        "2026-13-45 10:00:00 UTC",
        "1e400",
        "9" * 200,
    ],
)
def test_what_could_be_another_instant_or_none_is_not_read(text):
    with pytest.raises(Unclear) as why:
        moment(text, Clock())
    assert why.value.args[0]


def test_the_clock_is_the_exchanges_that_is_configured():
    config = Config()
    assert Clock.of(config) == Clock("UTC", FORM)
    config.Exchange.timezone = "America/Mexico_City"
    assert moment("2026-07-15 18:00:00 CST", Clock.of(config)) == datetime(2026, 7, 16)
    config.Exchange.timezone = 5
    assert Clock.of(config).zone == "UTC"
