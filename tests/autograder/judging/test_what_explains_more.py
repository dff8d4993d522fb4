"""Of two explanations, the one that says what came where the other stops is told."""

from __future__ import annotations

import numpy as np

from benchmarks.diagnosis.heard import hear


def test_what_stops_where_numbers_came_back_gives_way():
    """Dealt by columns, and with i and j exchanged, a square answer is the same."""

    def by_columns(imagen, kernel):
        (height, width), (kh, kw) = imagen.shape, kernel.shape
        sums = [
            (imagen[i : i + kh, j : j + kw] * kernel.astype(float)).sum()
            for i in range(height - kh + 1)
            for j in range(width - kw + 1)
        ]
        return np.array(sums).reshape((height - kh + 1, width - kw + 1), order="F")

    assert hear("1_convolucion.correlacion2d", by_columns, 13).ids == (
        "ejes-cambiados-con-reshape",
    )


def test_a_window_read_by_columns_is_not_called_a_transposed_kernel():
    def in_columns(imagen, kernel):
        (height, width), (kh, kw) = imagen.shape, kernel.shape
        windows = [
            imagen[i : i + kh, j : j + kw].flatten(order="F").astype(float)
            for i in range(height - kh + 1)
            for j in range(width - kw + 1)
        ]
        return (np.array(windows) @ kernel.ravel()).reshape(height - kh + 1, width - kw + 1)

    heard = hear("1_convolucion.correlacion2d", in_columns, 13)
    assert (heard.ids, heard.sure) == (("kernel-leido-por-columnas",), True)


def sliding(imagen, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(imagen.astype(float), kernel.shape)
    return np.einsum("ijuv,uv->ij", windows, kernel)


def test_an_answer_in_half_precision_is_not_called_rounded_nor_the_other_way_round():
    def in_half_precision(imagen, kernel):
        return sliding(imagen, kernel).astype(np.float16)

    def rounded(imagen, kernel):
        return np.round(sliding(imagen, kernel), 3)

    for function, named in (
        (in_half_precision, "salida-en-media-precision"),
        (rounded, "valores-redondeados"),
    ):
        for seed in (13, 14):
            assert hear("1_convolucion.correlacion2d", function, seed).ids == (named,)
