"""Los que compiten: cada uno prepara un caso y devuelve funciones sin argumentos que medir."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.cases import Case

Work = dict[str, Callable[[], object]]


def arrays(case: Case) -> list[np.ndarray]:
    """Entrada, kernel y sesgo al azar, en float32."""
    rng = np.random.default_rng(0)
    kernel = (case.kernel, case.kernel, case.channels // case.groups, case.filters)
    shapes = case.x_shape, kernel, (case.filters,)
    return [rng.normal(size=shape).astype(np.float32) for shape in shapes]


def ours(case: Case) -> Work:
    """conv2d_lib: la ReLU va dentro del kernel."""
    from conv2d_lib import activations
    from conv2d_lib.functional import conv2d_activated, conv2d_backward
    from conv2d_lib.layers.activation_gradients import backward

    x, kernel, bias = arrays(case)
    options: dict[str, Any] = {
        "strides": case.strides,
        "padding": case.padding,
        "dilation_rate": case.dilation,
        "groups": case.groups,
        "data_format": case.data_format,
    }
    grad = np.ones_like(conv2d_activated(x, kernel, bias, **options, relu=True))

    def forward():
        return conv2d_activated(x, kernel, bias, **options, relu=True)

    def train():
        out = conv2d_activated(x, kernel, bias, **options, relu=True)
        return conv2d_backward(x, kernel, backward(activations.relu, out, out, grad), **options)

    return {"forward": forward, "train": train}


def tensorflow(case: Case) -> Work:
    """TensorFlow en modo grafo, como lo usa ``model.predict`` y ``model.fit``."""
    import tensorflow as tf

    x, kernel, bias = map(tf.constant, arrays(case))
    layout = "NHWC" if case.data_format == "channels_last" else "NCHW"

    def operation(x, kernel, bias):
        out = tf.nn.conv2d(
            x, kernel, case.strides, case.padding.upper(), layout, dilations=case.dilation
        )
        return tf.nn.relu(tf.nn.bias_add(out, bias, layout))

    if case.groups == case.channels == case.filters:

        def operation(x, kernel, bias):
            kernel = tf.transpose(kernel, (0, 1, 3, 2))
            out = tf.nn.depthwise_conv2d(x, kernel, [1, case.strides, case.strides, 1], "SAME")
            return tf.nn.relu(tf.nn.bias_add(out, bias))

    grouped = case.groups > 1 and case.groups != case.channels
    forward = tf.function(operation, jit_compile=grouped)

    @tf.function(jit_compile=grouped)
    def train(x, kernel, bias):
        with tf.GradientTape() as tape:
            tape.watch((x, kernel, bias))
            out = operation(x, kernel, bias)
        return out, tape.gradient(out, (x, kernel, bias))

    return {"forward": lambda: forward(x, kernel, bias), "train": lambda: train(x, kernel, bias)}


def pytorch(case: Case, memory_format: str) -> Work:
    """PyTorch, con los píxeles en el orden que se pida."""
    import torch
    from torch.nn import functional

    order = getattr(torch, memory_format)
    x, kernel, bias = (torch.from_numpy(a) for a in arrays(case))
    if case.data_format == "channels_last":
        x = x.permute(0, 3, 1, 2)
    x = x.contiguous(memory_format=order)
    kernel = kernel.permute(3, 2, 0, 1).contiguous(memory_format=order)
    excess = (
        max((case.output - 1) * case.strides + case.dilation * (case.kernel - 1) + 1 - case.size, 0)
        if case.padding == "same"
        else 0
    )
    before, after = excess // 2, excess - excess // 2
    for array in (x, kernel, bias):
        array.requires_grad_(True)

    def operation():
        image, padding = x, before
        if before != after:
            image, padding = functional.pad(x, (before, after, before, after)), 0
        out = functional.conv2d(
            image, kernel, bias, case.strides, padding, case.dilation, case.groups
        )
        return functional.relu(out)

    def forward():
        with torch.inference_mode():
            return operation()

    def train():
        out = operation()
        return torch.autograd.grad(out, (x, kernel, bias), torch.ones_like(out))

    return {"forward": forward, "train": train}


def blas(case: Case) -> Work:
    """Cota: el producto de matrices equivalente, con la matriz de ventanas ya construida."""
    rows = case.batch * case.output**2
    if case.groups > 1:
        return {}
    rng = np.random.default_rng(0)
    windows = rng.normal(size=(rows, case.terms)).astype(np.float32)
    kernel = rng.normal(size=(case.terms, case.filters)).astype(np.float32)
    return {"forward": lambda: windows @ kernel}


CONTENDERS: dict[str, Callable[[Case], Work]] = {
    "ours": ours,
    "tensorflow": tensorflow,
    "torch_nhwc": lambda case: pytorch(case, "channels_last"),
    "torch_nchw": lambda case: pytorch(case, "contiguous_format"),
    "blas": blas,
}
