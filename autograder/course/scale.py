"""La escala de notas de la institución: se dice una vez, en la configuración, y vale en todo."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

from ..checks import UNITS
from ..common.errors import CursoError

WHERE = "c.Curso.escala, en nbgrader_config.py,"
ROUNDINGS = {
    "mitad arriba": ROUND_HALF_UP,
    "mitad al par": ROUND_HALF_EVEN,
    "abajo": ROUND_FLOOR,
    "arriba": ROUND_CEILING,
}
_KEYS = (
    "minimo", "maximo", "decimales", "redondeo", "pesos", "extra", "aprobado", "exigencia",
)  # fmt: skip
# Points are sums of binary fractions: what is beyond this is their noise, and no point.
_POINT = Decimal("0.000001")
EXTRA = {"4_padding": Decimal(4)}
MAX_DECIMALS = 4


@dataclass(frozen=True)
class Scale:
    """From ``minimum`` (nothing earned) to ``maximum`` (all of it).

    With ``passing`` and ``demand``, who earns the share ``demand`` has ``passing``, and the rest in
    two straight stretches; else in one. ``extra`` are points of a unit that are not asked of
    anybody: they make up for others, and never take a mark down or over the maximum.
    """

    maximum: Decimal
    minimum: Decimal = Decimal(0)
    decimals: int = 1
    rounding: str = "mitad arriba"
    weights: Mapping[str, Decimal] | None = None
    extra: Mapping[str, Decimal] = field(default_factory=lambda: dict(EXTRA))
    passing: Decimal | None = None
    demand: Decimal | None = None

    @classmethod
    def of(cls, config: Any, units: Container[str] = UNITS) -> Scale | None:
        """What a course's configuration says of its units; None where points are marks.

        Raises
        ------
        CursoError
            If it says what is no scale.
        """
        told = config.Curso.get("escala")
        if not told:
            return None
        if not isinstance(told, Mapping):
            raise CursoError(f'{WHERE} no es un diccionario: por ejemplo {{"maximo": 10}}')
        if unknown := [str(key)[:30] for key in told if key not in _KEYS]:
            raise CursoError(
                f"{WHERE} tiene «{unknown[0]}», que no se conoce; lo que admite es "
                f"{', '.join(_KEYS)}"
            )
        if "maximo" not in told:
            raise CursoError(f'{WHERE} no dice su máximo: por ejemplo {{"maximo": 10}}')
        numbers = {
            name: None if told.get(key) is None else _number(told[key], key)
            for key, name in (("aprobado", "passing"), ("exigencia", "demand"))
        }
        decimals = told.get("decimales", 1)
        if type(decimals) is not int or not 0 <= decimals <= MAX_DECIMALS:
            raise CursoError(f"{WHERE} tiene decimales = {decimals!r:.30}; va de 0 a 4")
        rounding = told.get("redondeo", "mitad arriba")
        if rounding not in ROUNDINGS:
            raise CursoError(
                f"{WHERE} tiene redondeo = {rounding!r:.30}; puede ser {', '.join(ROUNDINGS)}"
            )
        weights = told.get("pesos")
        found = cls(
            _number(told["maximo"], "maximo"),
            _number(told.get("minimo", 0), "minimo"),
            decimals,
            rounding,
            None if weights is None else _by_unit(weights, "pesos", units),
            _by_unit(told["extra"], "extra", units) if "extra" in told else dict(EXTRA),
            **numbers,
        )
        found._check()
        return found

    def _check(self) -> None:
        if not self.minimum < self.maximum:
            raise CursoError(f"{WHERE} tiene un mínimo que no es menor que su máximo")
        if (self.passing is None) != (self.demand is None):
            raise CursoError(f"{WHERE} necesita aprobado y exigencia, o ninguno de los dos")
        passing, demand = self.passing, self.demand
        if passing is None or demand is None:
            pass
        elif not (self.minimum < passing < self.maximum and 0 < demand < 1):
            raise CursoError(
                f"{WHERE} tiene un aprobado fuera de la escala, o una exigencia que no está entre "
                "0 y 1"
            )
        if self.weights is not None and not sum(self.weights.values()):
            raise CursoError(f"{WHERE} no da peso a ninguna unidad")

    def share(self, unit: str, points: float, possible: float) -> Decimal:
        """How much of a unit was earned, from 0 to 1, extra points included."""
        asked = self.asked(unit, possible)
        return min(Decimal(1), max(Decimal(0), exact(points) / asked)) if asked else Decimal(0)

    def asked(self, unit: str, possible: float) -> Decimal:
        """The points of a unit that are asked of everybody."""
        whole = exact(possible)
        asked = whole - self.extra.get(unit, Decimal(0))
        return asked if asked > 0 else whole

    def weight(self, unit: str, possible: float) -> Decimal:
        """What a unit counts: as told, or else its points."""
        if self.weights is None:
            return self.asked(unit, possible)
        return self.weights.get(unit, Decimal(0))

    def mark(self, share: Decimal) -> Decimal:
        """The mark of a share, rounded once, here."""
        return self.rounded(self._unrounded(share))

    def unit_mark(self, unit: str, points: float, possible: float) -> Decimal:
        return self.mark(self.share(unit, points, possible))

    def total(self, earned: Mapping[str, tuple[float, float]]) -> Decimal:
        """The mark of several units, each with its points and those possible.

        From their exact shares: marks that were rounded are not averaged.
        """
        weights = {unit: self.weight(unit, possible) for unit, (_, possible) in earned.items()}
        whole = sum(weights.values(), Decimal(0))
        if not whole:
            return self.mark(Decimal(0))
        shares = [weights[unit] * self.share(unit, *points) for unit, points in earned.items()]
        return self.mark(sum(shares, Decimal(0)) / whole)

    def rounded(self, value: Decimal, decimals: int | None = None) -> Decimal:
        places = self.decimals if decimals is None else decimals
        # First without the noise of a division, which would decide what is a half.
        clean = value.quantize(_POINT, ROUND_HALF_EVEN)
        return clean.quantize(Decimal(1).scaleb(-places), ROUNDINGS[self.rounding])

    def _unrounded(self, share: Decimal) -> Decimal:
        if self.passing is None or self.demand is None:
            return self.minimum + (self.maximum - self.minimum) * share
        if share < self.demand:
            return self.minimum + (self.passing - self.minimum) * share / self.demand
        rest = (share - self.demand) / (1 - self.demand)
        return self.passing + (self.maximum - self.passing) * rest


def exact(points: float) -> Decimal:
    """Points without the noise of their binary fractions."""
    return Decimal(repr(float(points))).quantize(_POINT, ROUND_HALF_EVEN)


def written(mark: Decimal) -> str:
    """A mark with all of its decimals, as it is in the institution's records."""
    return str(mark).replace(".", ",")


def _number(value: object, key: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise CursoError(f"{WHERE} tiene {key} = {value!r:.30}, que no es un número")
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > 1_000_000:
        raise CursoError(f"{WHERE} tiene {key} = {value!r:.30}, que no es un número")
    return found


def _by_unit(told: object, key: str, units: Container[str]) -> dict[str, Decimal]:
    if not isinstance(told, Mapping):
        raise CursoError(f'{WHERE} tiene {key} sin unidades: por ejemplo {{"1_convolucion": 20}}')
    for unit in told:
        if unit not in units:
            raise CursoError(f"{WHERE} nombra en {key} «{unit!s:.40}», que no es ninguna unidad")
    found = {unit: _number(value, f"{key}[{unit}]") for unit, value in told.items()}
    if any(value < 0 for value in found.values()):
        raise CursoError(f"{WHERE} tiene en {key} un número negativo")
    return found
