"""Mistakes that nobody listed: a slip in an index, a term or a function is made by generation."""

from __future__ import annotations

import numpy as np
import pytest
from harness import verdict_on
from mistaken import mistaken

from autograder.checks import checks_of, find_check
from autograder.judging.diagnosis.result import LIKELY
from autograder.judging.diagnosis.stop_kinds import REFUSED, STOPPED, STOPS

PLANE, LAYER, STRIDED = "1_convolucion.correlacion2d", "1_convolucion.conv2d", "4_padding.conv2d"


def plane(imagen, kernel, pixel):
    kh, kw = kernel.shape
    out = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i, j in np.ndindex(*out.shape):
        for u, v in np.ndindex(kh, kw):
            out[i, j] += pixel(i, j, u, v) * kernel[u, v]
    return out


def layer(x, kernel, bias, strides=1, padding="valid", amounts=None):
    (sh, sw), (kh, kw) = np.broadcast_to(strides, 2), kernel.shape[:2]
    if padding == "same":
        sizes = zip(x.shape[1:3], (kh, kw), (sh, sw), strict=True)
        totals = [max((-(-n // s) - 1) * s + k - n, 0) for n, k, s in sizes]
        x = np.pad(x, [(0, 0), *((t // 2, t - t // 2) for t in totals), (0, 0)])
    seen = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))[:, ::sh, ::sw]
    return np.einsum("nijcuv,uvcf->nijf", seen.astype(float), kernel) + bias


def backwards(imagen, kernel):
    return plane(imagen, kernel, lambda i, j, u, v: imagen[i - u, j - v])


def still(imagen, kernel):
    return plane(imagen, kernel, lambda i, j, u, v: imagen[u, j + v])


def squared_pixels(imagen, kernel):
    return plane(imagen, kernel, lambda i, j, u, v: float(imagen[i + u, j + v]) ** 2)


def positive_pixels(x, kernel, bias):
    return layer(np.maximum(x, 0), kernel, bias)


def accumulated_batch(x, kernel, bias):
    return np.cumsum(layer(x, kernel, 0 * bias), axis=0) + bias


def last_filter_missing(x, kernel, bias):
    out = layer(x, kernel, bias)
    out[..., -1] = 0
    return out


def biases_of_weights_twice(entradas, unidades, use_bias=True):
    return entradas * unidades + 2 * unidades * use_bias


def one_wrong_number(eje):
    if eje not in ("x", "y"):
        raise ValueError(eje)
    kernel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 1, 1]])
    return kernel if eje == "x" else kernel.T


def sum_of_steps(capas):
    field = 1
    for kernel_size, strides in capas:
        field += (kernel_size - 1) + (strides - 1)
    return field


def another_total(n, kernel_size, strides=1, dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    total = max(-(-n // strides) - 1 + span - n, 0)
    return total // 2, total - total // 2


def span_of_steps(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    if padding == "same":
        return -(-n // strides)
    span = strides * (kernel_size - 1) + 1
    if span > n:
        raise ValueError(span)
    return (n - span) // strides + 1


def doubled_after(n, kernel_size, strides=1, dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    total = max((-(-n // strides) - 1) * strides + span - n, 0)
    return total // 2, total + total // 2


def two_by_default(n, kernel_size, strides=2, padding="valid", dilation_rate=1):
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    span = dilation_rate * (kernel_size - 1) + 1
    if padding == "valid" and span > n:
        raise ValueError(span)
    return -(-n // strides) if padding == "same" else (n - span) // strides + 1


def area_of_channels(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    weights = kh * canales_entrada * (canales_entrada // groups) * filters
    return weights + filters * use_bias


def relu_by_channel(imagen, kernel):
    planes = [(imagen[..., c], kernel[..., c]) for c in range(kernel.shape[2])]
    return sum(np.maximum(plane(*each, pixels(each[0])), 0) for each in planes)


def pixels(imagen):
    return lambda i, j, u, v: float(imagen[i + u, j + v])


def standardised(x, kernel, bias):
    out = layer(x, kernel, bias)
    return (out - out.mean((0, 1, 2))) / (out.std((0, 1, 2)) + 1e-5)


def a_row_less_in_the_window(x, kernel, bias):
    kh, kw = kernel.shape[:2]
    sizes = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    out = np.zeros((len(x), *sizes, len(bias)))
    for i, j in np.ndindex(*sizes):
        window = x[:, i : i + kh - 1, j : j + kw].astype(float)
        out[:, i, j] = (window[..., None] * kernel).sum((1, 2, 3)) + bias
    return out


def last_line_of_pooling_missing(x, pool_size, strides=None, padding="valid"):
    right = pooled(x, pool_size, strides, padding)
    right[:, -1] = 0
    return right


def pooled(x, pool_size, strides, padding):
    (kh, kw), (sh, sw) = (np.broadcast_to(n, 2) for n in (pool_size, strides or pool_size))
    x = x.astype(float)
    if padding == "same":
        sizes = zip(x.shape[1:3], (kh, kw), (sh, sw), strict=True)
        totals = [max((-(-n // s) - 1) * s + k - n, 0) for n, k, s in sizes]
        around = [(0, 0), *((t // 2, t - t // 2) for t in totals), (0, 0)]
        x = np.pad(x, around, constant_values=-np.inf)
    seen = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))[:, ::sh, ::sw]
    return seen.max(axis=(4, 5))


UNFORESEEN = (
    ("1_convolucion.correlacion_multicanal", relu_by_channel, "canales-cambiados-antes-de-sumar"),
    (LAYER, standardised, "salida-estandarizada"),
    (LAYER, a_row_less_in_the_window, "ventana-mal-cortada"),
    ("4_padding.max_pooling2d", last_line_of_pooling_missing, "lineas-sin-calcular"),
    ("4_padding.tamano_salida", span_of_steps, "kernel-que-abarca-otra-cosa"),
    ("4_padding.tamano_salida", two_by_default, "otro-valor-por-omision"),
    ("4_padding.relleno_same", doubled_after, "un-lado-del-relleno"),
    ("2_filtros.parametros_conv2d", area_of_channels, "un-termino-de-la-cuenta-conv"),
    (PLANE, backwards, "ventana-hacia-atras"),
    (PLANE, still, "ventana-que-no-se-mueve"),
    (PLANE, squared_pixels, "pixeles-con-otro-exponente"),
    (LAYER, positive_pixels, "pixeles-sin-signo"),
    (LAYER, accumulated_batch, "lote-acumulado"),
    (LAYER, last_filter_missing, "filtros-sin-calcular"),
    ("2_filtros.parametros_dense", biases_of_weights_twice, "sesgos-contados-dos-veces"),
    ("2_filtros.filtro_sobel", one_wrong_number, "sobel-con-un-numero-cambiado"),
    (
        "3_mapas_de_caracteristicas.campo_receptivo",
        sum_of_steps,
        "campo-que-crece-de-otra-manera",
    ),
    ("4_padding.relleno_same", another_total, "un-termino-del-total-de-ceros"),
)


@pytest.mark.parametrize(
    ("check_id", "function", "named"), UNFORESEEN, ids=[each[2] for each in UNFORESEEN]
)
def test_a_slip_in_one_place_of_the_formula_has_a_name(check_id, function, named):
    diagnosis = verdict_on(check_id, function, 3).diagnosis
    assert diagnosis.ids == (named,)


def bias_forgotten_with_same(x, kernel, bias, strides=1, padding="valid"):
    return layer(x, kernel, 0 * bias if padding == "same" else bias, strides, padding)


def test_what_is_wrong_only_sometimes_says_when():
    diagnosis = verdict_on(STRIDED, bias_forgotten_with_same, 3).diagnosis
    assert diagnosis.ids == ("sesgo-olvidado",)
    assert "te pasa solo con" in diagnosis.causes[0]
    # Another condition may part the same calls: it is never said for sure.
    assert diagnosis.confidence == LIKELY


def sums_of_rows(imagen, kernel):
    kh, kw = kernel.shape
    out = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = sum(imagen[i : i + kh, j : j + kw] * kernel)
    return out


def misspelt(imagen, kernel):
    return imagen[0] * kernle  # type: ignore[name-defined]  # noqa: F821


def unpacked(shape):
    alto, ancho, canales = shape
    return alto * ancho * canales


def put(array, number):
    array[0] = number
    return array


def too_large():
    raise OverflowError("Python integer 300 out of bounds for uint8")  # as NumPy 2 says it


STOPPING = {
    "nombre-que-no-existe": misspelt,
    "arreglo-donde-va-un-numero": sums_of_rows,
    "indice-fuera-del-arreglo": lambda imagen, kernel: imagen[imagen.shape[0]],
    "none-donde-va-un-valor": lambda imagen, kernel: None + kernel,
    "indice-con-decimales": lambda imagen, kernel: np.zeros(imagen.shape[0] / 2),
    "tamano-negativo": lambda imagen, kernel: np.zeros(-kernel.shape[0]),
    "eje-que-no-existe": lambda imagen, kernel: imagen.sum(axis=2),
    "forma-sin-sus-parentesis": lambda imagen, kernel: np.zeros(3, 4),
    "corchetes-en-una-llamada": lambda imagen, kernel: np.sum[imagen],
    "llamada-a-lo-que-no-es-funcion": lambda imagen, kernel: imagen(0, 0),
    "arreglo-en-un-if": lambda imagen, kernel: 1 if imagen > 0 else 0,
    "forma-mal-repartida": lambda imagen, kernel: unpacked(kernel.shape),
    "atributo-que-no-existe": lambda imagen, kernel: imagen.suma(),
    "infinito-en-un-entero": lambda imagen, kernel: put(np.zeros(3, int), -np.inf),
    "numero-que-no-cabe-en-su-tipo": lambda imagen, kernel: too_large(),
    "operacion-entre-cosas-distintas": lambda imagen, kernel: kernel - "1",
    "formas-que-no-encajan": lambda imagen, kernel: imagen + np.zeros((97, 1, 53)) @ kernel,
}


@pytest.mark.parametrize("named", STOPPING)
def test_what_always_stops_is_named_by_what_stopped_it(named):
    diagnosis = verdict_on(PLANE, STOPPING[named], 3).diagnosis
    assert diagnosis.ids == (named,)
    assert diagnosis.confidence == LIKELY
    assert diagnosis.hint


def test_a_function_that_refuses_what_is_good_hears_so():
    def only_x(eje):
        if eje != "x":
            raise ValueError(f"no conozco el eje {eje}")
        return np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])

    assert verdict_on("2_filtros.filtro_sobel", only_x, 3).diagnosis.ids == (REFUSED.id,)


def half_stopped(imagen, kernel):
    """A pixel that not every image has, and numbers that nothing explains."""
    right = plane(imagen, kernel, lambda i, j, u, v: float(imagen[i + u, j + v]))
    return np.sin(right) + float(imagen[2 * len(kernel) - 1, 0])


def test_what_stops_only_sometimes_is_named_by_it_where_nothing_else_is_known():
    diagnosis = verdict_on(PLANE, half_stopped, 3).diagnosis
    assert diagnosis.ids == ("indice-fuera-del-arreglo",)
    assert diagnosis.confidence == LIKELY


def test_no_two_stops_have_one_name_and_none_is_that_of_a_mistake():
    ids = [REFUSED.id, *(mistake.id for _, _, mistake in STOPS)]
    assert len(set(ids)) == len(ids)
    entries = {entry.id for check in (PLANE, LAYER, STRIDED) for entry in _catalogue(check)}
    assert not entries & STOPPED


def test_what_is_rare_never_takes_the_place_of_what_is_usual():
    for check_id in (PLANE, LAYER, STRIDED):
        rare = [entry.rare for entry in _catalogue(check_id)]
        assert 0 < sum(rare) < len(rare)
        usual = {entry.id for entry in _catalogue(check_id) if not entry.rare}
        assert {"relu-anadida", "kernel-traspuesto"} <= usual


FUNCTIONS = [
    check
    for unit in ("1_convolucion", "2_filtros", "4_padding")
    for check in checks_of(unit).values()
]


@pytest.mark.parametrize("check", FUNCTIONS, ids=lambda check: check.id)
def test_a_generated_slip_loses_points(check):
    rare = [entry for entry in check.misconceptions if entry.rare]
    for entry in rare[:: 1 + len(rare) // 60]:
        cases = list(check.cases(np.random.default_rng(4)))
        wrong = mistaken(check, entry, [case for case in cases if case.raises])
        assert not all(passes(check, wrong, case) for case in cases), (entry.id, entry.cause)


def passes(check, function, case):
    try:
        got = function(*case.args, **case.kwargs)
    except Exception:
        return bool(case.raises)
    if case.raises:
        return False
    expected = check.reference(*case.args, **case.kwargs)
    return check.compare(expected, got, case.args, dict(case.kwargs)) is None


def _catalogue(check_id):
    return find_check(check_id).misconceptions
