"""Una convolución con ReLU y su max pooling, entrenadas de un tirón.

``Conv2D`` y ``MaxPooling2D`` por separado llevan de vuelta un gradiente del tamaño de los mapas, en
el que el pooling ha dejado pocos números distintos de cero. Juntas, ``kernels/sparse.py`` calcula
los gradientes solo con esos números; el resultado es el mismo.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, cast

import numpy as np

from .. import activations
from ..functional import conv2d_activated
from ..kernels import sparse as sparse_kernels
from ..kernels.engine import input_gradient
from ..kernels.max_pooling import pool, unpool, window_pixels
from ..kernels.plans import Axis
from ..kernels.threads import share
from ..layers import Conv2D, Layer, MaxPooling2D
from ..layers.base import Backward, Parameter
from ..windows import window_axes

_CHUNKS = 8  # sumas parciales del gradiente del kernel, cuantos sean los hilos


class Plan(NamedTuple):
    """Las tablas de ``kernels/sparse.py``."""

    picture: tuple[int, int, int, int, int]  # filas, ancho, origen, paso entre filas y tamaño
    pixels: np.ndarray
    segments: np.ndarray
    run: int
    starts: np.ndarray  # de cada ventana, si hay que copiarlas
    padded: int


def fused(layers: Sequence[Layer]) -> list[Layer | ConvPool]:
    """Las capas, con cada convolución y su max pooling en un :class:`ConvPool` donde se puede."""
    joined: list[Layer | ConvPool] = []
    for layer in layers:
        if joined and _fit_together(joined[-1], layer):
            joined.append(ConvPool(cast(Conv2D, joined.pop()), cast(MaxPooling2D, layer)))
        else:
            joined.append(layer)
    return joined


def _fit_together(conv: Layer | ConvPool, pool: Layer) -> bool:
    return (
        type(conv) is Conv2D
        and type(pool) is MaxPooling2D
        and conv.activation is activations.relu
        and conv.groups == 1
        and conv.data_format == pool.data_format == "channels_last"
        and conv.activity_regularizer is None
        and pool.activity_regularizer is None
        and conv.dtype == pool.dtype
        # Otherwise many pixels win, some of them more than once.
        and pool.strides[0] * pool.strides[1] >= 4
        and pool.pool_size[0] * pool.pool_size[1] <= 16
    )


class ConvPool:
    """Un ``Conv2D`` con ReLU y un ``MaxPooling2D`` que se entrenan como una sola capa."""

    def __init__(self, conv: Conv2D, pool: MaxPooling2D) -> None:
        self.conv, self.pool = conv, pool
        self.name = conv.name

    @property
    def trainable(self) -> bool:
        """Si la convolución se entrena."""
        return self.conv.trainable

    @property
    def parameters(self) -> list[Parameter]:
        """Los de la convolución."""
        return self.conv.parameters

    @property
    def losses(self) -> list[float]:
        """Los castigos de las dos capas."""
        return [*self.conv.losses, *self.pool.losses]

    def forward(self, inputs: np.ndarray) -> tuple[np.ndarray, Backward]:
        """Lo mismo que las dos capas, una tras otra."""
        conv, pooling = self.conv, self.pool
        x = np.ascontiguousarray(conv._as_input(inputs))
        if not conv.built:
            conv.build(x.shape)
        geometry = conv.strides, conv.padding, conv.dilation_rate
        kernel, dense = conv.kernel, (*geometry, 1, "channels_last")
        maps = conv2d_activated(x, kernel, conv.bias, *dense, relu=True)
        axes = window_axes(x.shape[1:3], conv.kernel_size, *geometry)
        windows = pooling.pool_size, pooling.strides, pooling.padding
        pool_axes = window_axes(maps.shape[1:3], *windows)
        pooled, winners = pool(maps, pool_axes)

        def backward(
            grad: np.ndarray, needs_input_grad: bool = True
        ) -> tuple[np.ndarray | None, list[np.ndarray]]:
            plan = _plan(axes, pool_axes, x.shape[3], x.itemsize)
            grad = np.ascontiguousarray(grad, x.dtype)
            shape = len(x), len(plan.pixels), pooled.shape[3]
            flat = tuple(array.reshape(shape) for array in (grad, pooled, winners))
            grads = _kernel_gradient(x, kernel.shape, flat, plan)[: len(conv.parameters)]
            if not needs_input_grad:
                return None, grads
            if len(plan.starts):
                masked = np.where(pooled > 0, grad, grad.dtype.type(0))
                spread = unpool(masked, winners, pool_axes)
                return input_gradient(spread, kernel, x.shape[3], *axes, 1), grads
            return _input_gradient(x.shape, kernel, flat, plan), grads

        return pooled, backward


@lru_cache(maxsize=64)
def _plan(axes: tuple[Axis, Axis], pools: tuple[Axis, Axis], channels: int, itemsize: int) -> Plan:
    down, across = axes
    height, width = (max(a.source + a.before, a.window(a.output)) for a in axes)
    pitch = width * channels
    starts = _table(down.output, down.stride * pitch, across.output, across.stride * channels)
    taps = _table(down.taps, down.dilation * pitch, across.taps, across.dilation * channels)
    whole = across.dilation == 1
    run = channels * (across.taps if whole else 1)
    segments = np.ascontiguousarray(taps[:, 0] if whole else taps.ravel())
    lanes = sparse_kernels.ROW_BYTES // itemsize
    padded = 0
    addresses = starts
    if run % lanes:
        padded = -(-run * len(segments) // lanes) * lanes
        addresses = np.arange(starts.size).reshape(starts.shape) * padded
    rows, columns = map(window_pixels, pools)
    # Pixels in the padding never win: which address they get does not matter.
    rows, columns = np.clip(rows, 0, down.output - 1), np.clip(columns, 0, across.output - 1)
    pixels = addresses[rows[:, None, :, None], columns[None, :, None, :]]
    picture = (
        down.source,
        across.source * channels,
        (down.before * width + across.before) * channels,
        pitch,
        height * pitch,
    )
    return Plan(
        picture,
        np.ascontiguousarray(pixels.reshape(len(rows) * len(columns), -1)),
        segments,
        run,
        starts.ravel() if padded else np.empty(0, np.int64),
        padded,
    )


def _table(rows: int, down: int, columns: int, across: int) -> np.ndarray:
    return np.arange(rows, dtype=np.int64)[:, None] * down + np.arange(columns) * across


def _kernel_gradient(
    x: np.ndarray, kernel_shape: tuple[int, ...], flat: tuple[np.ndarray, ...], plan: Plan
) -> list[np.ndarray]:
    """Gradientes del kernel y del sesgo, por trozos del lote que no dependen de los hilos."""
    filters = kernel_shape[3]
    terms = kernel_shape[0] * kernel_shape[1] * kernel_shape[2]
    chunk = max(1, -(-len(x) // _CHUNKS))
    chunks = -(-len(x) // chunk)
    sums = np.zeros((chunks, filters * (plan.padded or terms)), x.dtype)
    bias_sums = np.zeros((chunks, filters), x.dtype)
    lines, tables = x.reshape(*x.shape[:2], x.shape[2] * x.shape[3]), tuple(plan)
    arguments = lines, *flat, tables, sums, bias_sums, chunk
    share(sparse_kernels.kernel_gradient, arguments, chunks, 2 * flat[0].size * terms)
    total = sums.sum(axis=0).reshape(filters, -1)[:, :terms]
    return [np.ascontiguousarray(total.T).reshape(kernel_shape), bias_sums.sum(axis=0)]


def _input_gradient(
    shape: tuple[int, ...], kernel: np.ndarray, flat: tuple[np.ndarray, ...], plan: Plan
) -> np.ndarray:
    out = np.empty((*shape[:2], shape[2] * shape[3]), kernel.dtype)
    rows = np.ascontiguousarray(kernel.transpose(3, 0, 1, 2)).reshape(-1)
    flops = 2 * flat[0].size * (kernel.size // kernel.shape[3])
    share(sparse_kernels.input_gradient, (rows, *flat, tuple(plan), out), shape[0], flops)
    return out.reshape(shape)
