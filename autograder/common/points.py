"""Cuánto vale cada comprobación, como dicen los cuadernos de source/ (una prueba compara)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

POINTS: Mapping[str, Mapping[str, int]] = {
    "1_convolucion": {
        "correlacion2d": 5,
        "convolucion_verdadera": 3,
        "correlacion_multicanal": 5,
        "conv2d": 7,
    },
    "2_filtros": {
        "filtro_sobel": 3,
        "filtro_gaussiano": 5,
        "parametros_conv2d": 4,
        "parametros_dense": 3,
        "normalizar_filtros": 5,
    },
    "3_mapas_de_caracteristicas": {
        "capa_basica": 3,
        "capa_stride2": 3,
        "campo_receptivo": 4,
        "extraer_mapas": 6,
        "filtros_aprendidos": 4,
    },
    "4_padding": {
        "tamano_salida": 2,
        "relleno_same": 3,
        "rellenar": 4,
        "conv2d": 6,
        "max_pooling2d": 3,
        "average_pooling2d": 2,
        "conv2d_dilatada": 2,
        "conv2d_grupos": 2,
    },
    "5_fashion_mnist": {
        "construir_cnn": 3,
        "construir_mlp": 2,
        "construir_mlp_equivalente": 2,
        "parametros_totales": 3,
        "mapas_primera_conv": 3,
        "redes_entrenadas": 3,
    },
}
EXTRA = frozenset({"conv2d_dilatada", "conv2d_grupos"})
READ_BY_A_PERSON: Mapping[str, int] = {"5_fashion_mnist": 4}


@dataclass(frozen=True)
class Standing:
    """Where a student is in a unit.

    ``earned`` are points of the ``total``; ``extra`` come on top. Of the total, ``unread`` depend
    on who reads what was written, and ``later`` on tests that are only run when it is graded.
    """

    earned: float
    total: float
    extra: float = 0
    unread: float = 0
    later: float = 0

    @property
    def complete(self) -> bool:
        """Whether nothing more can be earned by checking."""
        return self.earned >= self.total - self.unread - self.later - 1e-6

    def sentence(self) -> str:
        """«12 de 20 puntos», with what is on top and what a person gives."""
        text = f"{amount(self.earned)} de {amount(self.total)} puntos"
        if self.extra:
            text += f", y {amount(self.extra)} extra"
        if self.unread:
            text += f"; {amount(self.unread)} los pone quien lea tu respuesta"
        if self.later:
            text += f"; {amount(self.later)} los dan pruebas que se pasan al calificar"
        return text


def standing(unit: str, shares: Mapping[str, float]) -> Standing | None:
    """Of a unit, from the share earned of each check (``unit.function``); None if it is not known.

    What is not in ``shares`` has not been tried yet.
    """
    worth = POINTS.get(unit)
    if worth is None:
        return None
    won = {name: points * shares.get(f"{unit}.{name}", 0.0) for name, points in worth.items()}
    unread = READ_BY_A_PERSON.get(unit, 0)
    return Standing(
        earned=round(sum(points for name, points in won.items() if name not in EXTRA), 6),
        total=sum(points for name, points in worth.items() if name not in EXTRA) + unread,
        extra=round(sum(points for name, points in won.items() if name in EXTRA), 6),
        unread=unread,
    )


def amount(points: float) -> str:
    """As it is written in Spanish: 12, 7,5."""
    return f"{points:.1f}".removesuffix(".0").replace(".", ",")
