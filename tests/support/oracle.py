"""Independent oracle: Conv2D in float64 NumPy, tap by tap, sharing no code with conv2d_lib."""

import numpy as np


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _same_padding(n, window, stride):
    excess = n % stride or stride
    total = max(window - excess, 0)
    return total // 2, total - total // 2


class _Taps:
    """Padded geometry of one convolution, with the strided view that each kernel tap reads."""

    def __init__(self, x, kernel, strides, padding, dilation_rate, data_format):
        self.x = np.asarray(x, np.float64)
        if data_format == "channels_first":
            self.x = np.moveaxis(self.x, 1, -1)
        self.strides, self.dilation = _pair(strides), _pair(dilation_rate)
        window = [(k - 1) * d + 1 for k, d in zip(kernel.shape, self.dilation, strict=False)]
        self.pad = [(0, 0), (0, 0)]
        if padding == "same":
            self.pad = [
                _same_padding(n, w, s)
                for n, w, s in zip(self.x.shape[1:3], window, self.strides, strict=True)
            ]
        self.padded = np.pad(self.x, [(0, 0), *self.pad, (0, 0)])
        self.size = [
            (n - w) // s + 1
            for n, w, s in zip(self.padded.shape[1:3], window, self.strides, strict=True)
        ]

    def view(self, array, a, b, channels):
        rows = slice(a * self.dilation[0], None, self.strides[0])
        columns = slice(b * self.dilation[1], None, self.strides[1])
        return array[:, rows, columns, channels][:, : self.size[0], : self.size[1]]

    def crop(self, array):
        (top, _), (left, _) = self.pad
        return array[:, top : top + self.x.shape[1], left : left + self.x.shape[2]]


def _groups(kernel, groups):
    channels, filters = kernel.shape[2], kernel.shape[3] // groups
    for g in range(groups):
        yield (
            slice(g * channels, (g + 1) * channels),
            slice(g * filters, (g + 1) * filters),
        )


def np_conv2d(x, kernel, bias=None, *, strides, padding, dilation_rate, groups, data_format):
    kernel = np.asarray(kernel, np.float64)
    taps = _Taps(x, kernel, strides, padding, dilation_rate, data_format)
    out = np.zeros((len(taps.x), *taps.size, kernel.shape[3]))
    for inputs, outputs in _groups(kernel, groups):
        for a, b in np.ndindex(kernel.shape[:2]):
            out[..., outputs] += taps.view(taps.padded, a, b, inputs) @ kernel[a, b, :, outputs]
    if bias is not None:
        out += np.asarray(bias, np.float64)
    return np.moveaxis(out, -1, 1) if data_format == "channels_first" else out


def np_conv2d_backward(x, kernel, grad, *, strides, padding, dilation_rate, groups, data_format):
    kernel, grad = np.asarray(kernel, np.float64), np.asarray(grad, np.float64)
    taps = _Taps(x, kernel, strides, padding, dilation_rate, data_format)
    if data_format == "channels_first":
        grad = np.moveaxis(grad, 1, -1)
    grad_x, grad_kernel = np.zeros_like(taps.padded), np.zeros_like(kernel)
    for inputs, outputs in _groups(kernel, groups):
        for a, b in np.ndindex(kernel.shape[:2]):
            source = taps.view(taps.padded, a, b, inputs)
            grad_kernel[a, b, :, outputs] = np.einsum("nijc,nijf->cf", source, grad[..., outputs])
            target = taps.view(grad_x, a, b, inputs)
            target += grad[..., outputs] @ kernel[a, b, :, outputs].T
    grad_x = taps.crop(grad_x)
    if data_format == "channels_first":
        grad_x = np.moveaxis(grad_x, -1, 1)
    return grad_x, grad_kernel, grad.sum(axis=(0, 1, 2))


def np_max_pool(x, pool_size, strides, padding):
    """Max pooling of an NHWC array; padding never wins."""
    pool, strides = _pair(pool_size), _pair(pool_size if strides is None else strides)
    x = np.asarray(x, np.float64)
    pads = [(0, 0), (0, 0)]
    if padding == "same":
        pads = [_same_padding(n, k, s) for n, k, s in zip(x.shape[1:3], pool, strides, strict=True)]
    x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, pool, axis=(1, 2))
    return windows[:, :: strides[0], :: strides[1]].max(axis=(-2, -1))


def tolerance(terms, dtype):
    """Relative error of a floating-point sum of products, over the sum of their magnitudes.

    Whatever the order of the sum, |computed - exact| <= gamma_n * sum(|a * b|), with
    gamma_n = n u / (1 - n u) and u half the machine epsilon (Higham, «Accuracy and Stability of
    Numerical Algorithms», 2002, section 3.1). One more term stands for the bias.
    """
    unit = (terms + 1) * float(np.finfo(dtype).eps) / 2
    return unit / (1 - unit)


def assert_close(actual, expected, magnitude, terms, dtype):
    """Fail unless both sums of ``terms`` products lie within their two error bounds.

    ``magnitude`` is the same sum over absolute values.
    """
    assert actual.shape == expected.shape
    assert actual.dtype == dtype
    # The smallest normal number covers products that underflow.
    bound = 2 * tolerance(terms, dtype) * magnitude + terms * np.finfo(dtype).tiny
    np.testing.assert_array_less(np.abs(actual - expected), bound + np.finfo(dtype).tiny)
