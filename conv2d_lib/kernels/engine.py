"""De una operación ya validada a los kernels: plan, pesos empaquetados y reparto entre hilos."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from . import convolution as kernels
from .col2im import col2im
from .layout import from_nhwc, to_nhwc
from .memory import empty
from .plans import (
    Axis,
    Plan,
    convolution_plan,
    input_gradient_phases,
    kernel_gradient_plan,
    padded_filters,
)
from .records import OutSteps
from .register_tile import PANEL_BYTES
from .threads import NUMBER, share

# Of a kernel's filters: up to two panels, it is read as it is sooner than it is packed.
_LINE_BYTES = 2 * PANEL_BYTES
# In fewer output pixels, to look for infinite weights costs more than the skipped products.
_SKIPPING_PIXELS = 1000
_SUM_BYTES, _COPIED_SUMS = 1024 * 1024, 4
_PART_WEIGHTS = 32
_WINDOWS_BYTES = 16 * 1024 * 1024

Weights = tuple[np.ndarray, int]  # packed and 0, or a kernel as it is and its filters


def _channelwise(kernel_shape: tuple[int, ...], groups: int) -> bool:
    """Si es una convolución en profundidad: cada canal con su único filtro."""
    return groups > 1 and kernel_shape[2] == 1 and kernel_shape[3] == groups


@lru_cache(maxsize=64)
def _in_order(taps: int) -> np.ndarray:
    return np.arange(taps)


def _pack(
    kernel: np.ndarray, rows: np.ndarray, columns: np.ndarray, groups: int, transposed: bool
) -> Weights:
    channels, filters = kernel.shape[2], kernel.shape[3] // groups
    terms, outputs = (filters, channels) if transposed else (channels, filters)
    size = groups * len(rows) * len(columns) * terms * padded_filters(outputs, kernel.itemsize)
    packed = empty((size,), kernel.dtype)
    parts = len(rows) * len(columns) * -(-terms // kernels.PACKED_TERMS)
    arguments = kernel, rows, columns, groups, transposed, packed
    share(kernels.pack, arguments, parts, NUMBER * size)
    return packed, 0


def _kinds(channelwise: bool, plan: Plan) -> tuple[int | None, int | None]:
    """The first arguments of a kernel: Numba compiles each case apart, by their type."""
    turned = plan.layout.turned_in or plan.layout.turned_out
    return 1 if channelwise else None, 1 if turned else None


def _run(
    channelwise: bool,
    x: np.ndarray,
    weights: Weights,
    bias: np.ndarray,
    out: np.ndarray,
    relu: bool,
    plan: Plan,
) -> None:
    arrays = x.reshape(-1), weights, bias, out.reshape(-1)
    share(
        kernels.convolve,
        (*_kinds(channelwise, plan), *arrays, relu, *plan.arguments),
        len(x) * plan.blocks,
        len(x) * plan.flops,
    )


def forward(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray | None,
    rows: Axis,
    columns: Axis,
    groups: int,
    relu: bool,
    data_format: str = "channels_last",
) -> np.ndarray:
    """Convolución de ``x``, contiguo, con sesgo y ReLU opcionales; la salida, en su mismo orden.

    With ``channels_first`` each block is transposed on its way, in the nearest cache: before and
    after, the pictures would cross the memory two times more. Nor is the input, where the cache
    holds what a tile sees of it (plans.py).
    """
    channels, filters = kernel.shape[2] * groups, kernel.shape[3]
    first, size = data_format == "channels_first", (rows.output, columns.output)
    if channelwise := _channelwise(kernel.shape, groups):
        if first:
            x = to_nhwc(x, data_format, x.dtype)
            return from_nhwc(forward(x, kernel, bias, rows, columns, groups, relu), data_format)
        groups = 1
    out = empty((len(x), filters, *size) if first else (len(x), *size, filters), x.dtype)
    padded = padded_filters(filters // groups, x.itemsize)
    if bias is not None and groups * padded == filters:
        start = np.ascontiguousarray(bias)
    else:
        start = np.zeros((groups, padded), x.dtype)
        if bias is not None:
            start[:, : filters // groups] = bias if groups == 1 else bias.reshape(groups, -1)
    row = columns.output * filters
    # A zero of the padding times an infinite weight is NaN: that product cannot be skipped.
    many = len(x) * rows.output * columns.output > _SKIPPING_PIXELS
    skip = many and (rows.padded or columns.padded) and bool(np.isfinite(kernel).all())
    plan = convolution_plan(
        rows,
        columns,
        len(x),
        channels,
        filters,
        groups,
        channelwise,
        x.itemsize,
        OutSteps(image=rows.output * row, row=row, column=filters, start=0),
        skip,
        (first and channels > 1, first and filters > 1),
    )
    if first and not plan.layout.turned_in:
        x = to_nhwc(x, data_format, x.dtype)
    if groups == 1 and padded == filters and padded * x.itemsize <= _LINE_BYTES:
        weights = kernel.reshape(-1), filters
    else:
        weights = _pack(kernel, _in_order(rows.taps), _in_order(columns.taps), groups, False)
    _run(channelwise, x, weights, start.reshape(-1), out, relu, plan)
    return out


def _input_gradient_by_windows(
    grad: np.ndarray, kernel: np.ndarray, out: np.ndarray, rows: Axis, columns: Axis
) -> None:
    """Producto de ``grad`` por el kernel, que da ventanas, y suma de las ventanas en ``out``."""
    kh, kw, channels, filters = kernel.shape
    # As a transposed 1×1 convolution: from filters to one output for each weight of a filter.
    flat = kernel.reshape(1, 1, kh * kw * channels, filters)
    packed = _pack(flat, np.arange(1), np.arange(1), 1, True)
    size = flat.shape[2]
    zeros = np.zeros(padded_filters(size, grad.itemsize), grad.dtype)
    down, across = (Axis(axis.output, axis.output, 1, 0, 1, 1) for axis in (rows, columns))
    row = columns.output * size
    steps = OutSteps(image=rows.output * row, row=row, column=size, start=0)
    layout = len(grad), filters, size, 1, False, grad.itemsize, steps, False
    plan = convolution_plan(down, across, *layout)
    pairs = [
        tuple(getattr(axis, name) for axis in (rows, columns))
        for name in ("taps", "stride", "dilation", "before")
    ]
    lines = out.reshape(len(out), rows.source, columns.source * channels)
    # Some images at a time: their windows take many times the memory of the gradient.
    some = max(1, _WINDOWS_BYTES // (rows.output * row * grad.itemsize))
    for first in range(0, len(grad), some):
        images = grad[first : first + some]
        windows = np.empty((len(images), rows.output, columns.output, size), grad.dtype)
        _run(False, images, packed, zeros, windows, False, plan)
        to = lines[first : first + some]
        share(col2im, (windows, to, channels, *pairs), len(images), NUMBER * windows.size)


def _covered(axis: Axis) -> bool:
    """Si cada píxel de la entrada está en alguna fase; a los demás no los ve ningún peso."""
    return sum(phase.axis.output for phase in input_gradient_phases(axis)) == axis.source


def input_gradient(
    grad: np.ndarray,
    kernel: np.ndarray,
    channels: int,
    rows: Axis,
    columns: Axis,
    groups: int,
    data_format: str = "channels_last",
) -> np.ndarray:
    """Gradiente de la entrada, en el orden de ``grad``: una convolución por cada fase del paso.

    Con muy pocos canales, que dejarían casi vacíos los vectores, un producto y :func:`col2im`.
    ``channels_first`` es para una sola fase; de lo demás se ocupa :func:`gradients`.
    """
    first, filters = data_format == "channels_first", kernel.shape[3]
    height, width = rows.source, columns.source
    shape = len(grad), height, width, channels
    taps = rows.taps * columns.taps
    lanes_by_phases = taps * padded_filters(channels, grad.itemsize)
    if groups == 1 and lanes_by_phases > 3 * padded_filters(taps * channels, grad.itemsize):
        grad, out = to_nhwc(grad, data_format, grad.dtype), np.zeros(shape, grad.dtype)
        _input_gradient_by_windows(grad, kernel, out, rows, columns)
        return from_nhwc(out, data_format)
    if channelwise := _channelwise(kernel.shape, groups):
        groups = 1
    out = empty((len(grad), channels, height, width) if first else shape, grad.dtype)
    if not (_covered(rows) and _covered(columns)):
        out[...] = 0
    zeros = np.zeros(groups * padded_filters(channels // groups, grad.itemsize), grad.dtype)
    for down in input_gradient_phases(rows):
        for across in input_gradient_phases(columns):
            plan = convolution_plan(
                down.axis,
                across.axis,
                len(grad),
                filters,
                channels,
                groups,
                channelwise,
                grad.itemsize,
                OutSteps(
                    image=height * width * channels,
                    row=rows.stride * width * channels,
                    column=columns.stride * channels,
                    start=(down.first * width + across.first) * channels,
                ),
                True,
                (first and filters > 1, first and channels > 1),
            )
            if first and not plan.layout.turned_in:
                grad = to_nhwc(grad, data_format, grad.dtype)
            packed = _pack(kernel, down.taps, across.taps, groups, not channelwise)
            _run(channelwise, grad, packed, zeros, out, False, plan)
    return out


def kernel_gradient(
    x: np.ndarray,
    grad: np.ndarray,
    kernel_shape: tuple[int, ...],
    rows: Axis,
    columns: Axis,
    groups: int,
    data_format: str = "channels_last",
) -> tuple[np.ndarray, np.ndarray]:
    """Gradientes del kernel y del sesgo; ``x`` y ``grad``, en el orden que se diga.

    Los bloques se reparten en un número fijo de sumas parciales, que no depende de los hilos.
    """
    channels, filters = kernel_shape[2] * groups, kernel_shape[3]
    first = data_format == "channels_first"
    if channelwise := _channelwise(kernel_shape, groups):
        groups = 1
    weights = kernel_shape[0] * kernel_shape[1] * kernel_shape[2]
    padded = padded_filters(filters // groups, x.itemsize)
    fit = _SUM_BYTES // (groups * weights * padded * x.itemsize)
    turned = first and fit >= _COPIED_SUMS
    if first and not turned:
        x, grad = (to_nhwc(array, data_format, x.dtype) for array in (x, grad))
    plan = kernel_gradient_plan(
        rows,
        columns,
        channels,
        filters,
        groups,
        channelwise,
        x.itemsize,
        (turned and channels > 1, turned and filters > 1),
    )
    if turned and not plan.layout.turned_in:
        x = to_nhwc(x, data_format, x.dtype)
    blocks = len(x) * plan.blocks
    copied = plan.layout.span > 0 or rows.padded or columns.padded
    # Where the picture is read as it is, parts may share a sum; copies would be made in each part.
    chunks = min(max(fit, _COPIED_SUMS if copied else 1), 16)
    chunk_blocks = max(1, -(-blocks // chunks))
    chunks = -(-blocks // chunk_blocks)
    parts = 1 if copied else max(1, min(16 // max(chunks, 1), weights // _PART_WEIGHTS))
    sums = np.zeros((chunks, groups, weights, padded), x.dtype)
    bias_sums = np.zeros((chunks, filters), x.dtype)
    arrays = x.reshape(-1), grad.reshape(-1), sums.reshape(-1), bias_sums
    share(
        kernels.kernel_gradient,
        (*_kinds(channelwise, plan), *arrays, *plan.arguments, (blocks, chunk_blocks, parts)),
        chunks * parts,
        len(x) * plan.flops,
    )
    total = sums[0] if chunks == 1 else sums.sum(axis=0)
    total = total[:, :, : filters // groups]  # (group, weight, filter in group)
    return total.transpose(1, 0, 2).reshape(kernel_shape), bias_sums.sum(axis=0)


def gradients(
    x: np.ndarray,
    grad: np.ndarray,
    kernel: np.ndarray,
    rows: Axis,
    columns: Axis,
    groups: int,
    data_format: str,
    needs_input_grad: bool,
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """Gradientes de la entrada, si hace falta, del kernel y del sesgo; todo en el mismo orden.

    With ``channels_first`` both turn block by block what they read, as :func:`forward` does; not
    where a stride makes phases, and each would turn it all again.
    """
    once = rows.stride == columns.stride == 1 and not _channelwise(kernel.shape, groups)
    order = data_format if once else "channels_last"
    if not once:
        x, grad = (to_nhwc(array, data_format, x.dtype) for array in (x, grad))
    grads = kernel_gradient(x, grad, kernel.shape, rows, columns, groups, order)
    if not needs_input_grad:
        return None, *grads
    channels = kernel.shape[2] * groups
    grad_x = input_gradient(grad, kernel, channels, rows, columns, groups, order)
    return grad_x if once else from_nhwc(grad_x, data_format), *grads
