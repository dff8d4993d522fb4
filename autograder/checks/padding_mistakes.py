"""Errores típicos de la unidad 4 con los números de un eje: tamaños y rellenos."""

from __future__ import annotations

from typing import Any

from conv2d_lib.shapes import effective_size, output_size, same_padding

from ..judging.diagnosis.misconceptions import Misconception

ODD_FIRST = "el cero que sobra va antes; Keras lo pone después (abajo o a la derecha)"
IGNORES_STRIDES = "el relleno no tiene en cuenta el paso (strides)"
SYMMETRIC = 'rellenas lo mismo a los dos lados; con "same" el total puede ser impar'


def _size_rounded_up(
    n: int, k: int, strides: int = 1, padding: str = "valid", dilation_rate: int = 1
) -> int:
    if padding == "same":
        return output_size(n, k, strides, padding)
    return -(-(n - effective_size(k, dilation_rate)) // strides) + 1


def _size_rounded_down(n: int, k: int, strides: int = 1, padding: str = "valid", **o: int) -> int:
    return n // strides if padding == "same" else output_size(n, k, strides, padding, **o)


def _size_short_by_one(n: int, k: int, strides: int = 1, padding: str = "valid", **o: int) -> int:
    size = output_size(n, k, strides, padding, **o)
    return size if padding == "same" else size - 1


def _size_same_is_input(n: int, k: int, strides: int = 1, padding: str = "valid", **o: int) -> int:
    return n if padding == "same" else output_size(n, k, strides, padding, **o)


def _size_by_the_notes(zeros: Any, span: Any) -> Any:
    """(n - k + 2P) / s + 1, with the P of ``zeros`` where ``same`` is asked for."""

    def size(
        n: int, k: int, strides: int = 1, padding: str = "valid", dilation_rate: int = 1
    ) -> int:
        if padding != "same":
            return output_size(n, k, strides, padding, dilation_rate)
        return (n + 2 * zeros(k, dilation_rate) - span(k, dilation_rate)) // strides + 1

    return size


BY_THE_NOTES = (
    'con "same" no hay un P entero que valga siempre en (n − k + 2P) / s + 1: con un kernel par, '
    "los dos lados no llevan los mismos ceros; la salida mide ⌈n / s⌉"
)

SIZE = (
    Misconception(
        "valid-redondeado-arriba",
        'con "valid" se redondea hacia abajo: ⌊(n − k_ef) / s⌋ + 1',
        _size_rounded_up,
    ),
    Misconception(
        "same-redondeado-abajo",
        'con "same" hay que redondear hacia arriba: ⌈n / s⌉',
        _size_rounded_down,
    ),
    Misconception("valid-sin-el-uno", 'falta el + 1 de "valid"', _size_short_by_one),
    Misconception(
        "same-sin-reducir", 'con "same" el paso también reduce: ⌈n / s⌉', _size_same_is_input
    ),
    Misconception(
        "same-con-p-entero",
        BY_THE_NOTES,
        _size_by_the_notes(lambda k, d: (effective_size(k, d) - 1) // 2, effective_size),
    ),
    Misconception(
        "same-con-p-entero",
        BY_THE_NOTES,
        _size_by_the_notes(lambda k, d: effective_size(k, d) // 2, effective_size),
    ),
    Misconception(
        "same-con-p-entero",
        BY_THE_NOTES,
        _size_by_the_notes(lambda k, d: (k - 1) // 2, lambda k, d: k),
    ),
    Misconception(
        "same-con-p-entero", BY_THE_NOTES, _size_by_the_notes(lambda k, d: k // 2, lambda k, d: k)
    ),
    Misconception(
        "same-con-p-entero",
        BY_THE_NOTES,
        _size_by_the_notes(lambda k, d: (k - 1) // 2, effective_size),
    ),
    Misconception(
        "dilatacion-ignorada",
        "no tienes en cuenta la dilatación",
        lambda n, k, strides=1, padding="valid", **o: output_size(n, k, strides, padding),
    ),
    Misconception(
        "pasos-ignorados",
        "no tienes en cuenta el paso (strides)",
        lambda n, k, strides=1, padding="valid", **o: output_size(n, k, 1, padding, **o),
    ),
)


def _without_maximum(n: int, k: int, strides: int = 1, dilation_rate: int = 1) -> tuple[int, int]:
    size = output_size(n, k, strides, "same")
    total = (size - 1) * strides + effective_size(k, dilation_rate) - n
    return total // 2, total - total // 2


AMOUNTS = (
    Misconception(
        "cero-sobrante-antes", ODD_FIRST, lambda n, k, **o: same_padding(n, k, **o)[::-1]
    ),
    Misconception(
        "relleno-sin-el-paso",
        IGNORES_STRIDES,
        lambda n, k, strides=1, dilation_rate=1: same_padding(n, k, 1, dilation_rate),
    ),
    Misconception("relleno-simetrico", SYMMETRIC, lambda n, k, **o: (k // 2, k // 2)),
    Misconception("relleno-simetrico", SYMMETRIC, lambda n, k, **o: ((k - 1) // 2, (k - 1) // 2)),
    Misconception(
        "relleno-simetrico", SYMMETRIC, lambda n, k, **o: (sum(same_padding(n, k, **o)) // 2,) * 2
    ),
    Misconception("relleno-negativo", "el total sale negativo; como poco es 0", _without_maximum),
    Misconception(
        "dilatacion-ignorada",
        "no tienes en cuenta la dilatación",
        lambda n, k, strides=1, **o: same_padding(n, k, strides),
    ),
)
