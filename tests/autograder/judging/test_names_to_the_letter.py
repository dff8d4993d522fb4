"""A name's words are true of each mistake that has it: near ones have a name of their own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from harness import verdict_on

from autograder.checks import find_check


def with_the_sign_taken_off(n, kernel_size, strides=1, dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    total = abs((-(-n // strides) - 1) * strides + span - n)
    return total // 2, total - total // 2


def of_the_nearest_size(n, kernel_size, strides=1, dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    total = max((round(n / strides) - 1) * strides + span - n, 0)
    return total // 2, total - total // 2


def less_the_remainder(n, kernel_size, strides=1, dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    total = max(span - n % strides, 0) if strides > 1 else span - 1
    return total // 2, total - total // 2


def bell(tamano, sigma):
    offsets = np.arange(tamano) - (tamano - 1) / 2
    return np.exp(-(offsets[:, None] ** 2 + offsets**2) / (2 * sigma**2))


def of_one_axis(tamano, sigma):
    return bell(tamano, sigma) / (sigma * math.sqrt(2 * math.pi))


def one_sign(eje):
    if eje not in ("x", "y"):
        raise ValueError(eje)
    sobel = np.outer([1, 2, 1], [-1, 0, 1])
    return sobel if eje == "x" else -sobel.T


def sides_summed(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    window = kernel_size**2 if isinstance(kernel_size, int) else sum(kernel_size)
    return window * (canales_entrada // groups) * filters + filters * use_bias


def correlated(imagen, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel.astype(float))


def in_int8(imagen, kernel):
    return correlated(imagen, kernel).astype(np.int64).astype(np.int8)


def less_its_mean(imagen, kernel):
    out = correlated(imagen, kernel)
    return out - out.mean()


PLANE, AMOUNT = "1_convolucion.correlacion2d", "4_padding.relleno_same"


@pytest.mark.parametrize(
    ("check_id", "answer", "name", "not_said"),
    [
        (AMOUNT, with_the_sign_taken_off, "relleno-sin-el-signo-menos", "sale negativo"),
        (AMOUNT, of_the_nearest_size, "relleno-con-la-salida-al-mas-cercano", "hacia abajo"),
        (AMOUNT, less_the_remainder, "relleno-con-el-resto-cero", "supones"),
        ("2_filtros.filtro_gaussiano", of_one_axis, "gauss-entre-la-constante-de-un-eje", "2πσ²"),
        ("2_filtros.filtro_sobel", one_sign, "sobel-con-el-signo-de-un-eje-cambiado", "cambiado:"),
        ("2_filtros.parametros_conv2d", sides_summed, "lados-del-par-sumados", "cuadrado"),
        (PLANE, in_int8, "salida-en-bytes-con-signo", "255"),
        (PLANE, less_its_mean, "salida-centrada", "máximo"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_told_is_what_was_written(check_id, answer, name, not_said):
    diagnosis = verdict_on(check_id, answer, 3).diagnosis
    assert diagnosis.ids == (name,)
    assert not_said not in " ".join(diagnosis.causes)


def test_a_filter_without_its_sign_is_not_said_to_go_from_0_to_1():
    """And so that which is divided by its largest: each has words of its own."""
    check = find_check("3_mapas_de_caracteristicas.filtros_aprendidos")
    said = {each.id: each.cause for each in check.misconceptions}
    assert "[0, 1]" in said["filtros-normalizados"]
    assert "[0, 1]" not in said["filtros-sin-signo"] + said["filtros-divididos"]
