"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def _convolve(x, kernel, bias, dh, dw):
    kh, kw = kernel.shape[:2]
    rows, columns = x.shape[1] - dh * (kh - 1), x.shape[2] - dw * (kw - 1)
    out = np.zeros((len(x), rows, columns, kernel.shape[3]))
    for u in range(kh):
        for v in range(kw):
            out += x[:, u * dh : u * dh + rows, v * dw : v * dw + columns] @ kernel[u, v].astype(
                float
            )
    return out + bias


def _version(dilations=_pair, convolve=_convolve):
    def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
        return convolve(x, kernel, bias, *dilations(dilation_rate))

    return conv2d_dilatada


first_for_both = _version(lambda d: _pair(_pair(d)[0]))
second_for_both = _version(lambda d: _pair(_pair(d)[1]))
largest_for_both = _version(lambda d: _pair(max(_pair(d))))
smallest_for_both = _version(lambda d: _pair(min(_pair(d))))
swapped = _version(lambda d: _pair(d)[::-1])
at_most_2 = _version(lambda d: tuple(min(n, 2) for n in _pair(d)))
always_2 = _version(lambda d: tuple(2 if n > 1 else 1 for n in _pair(d)))
powers_of_two = _version(lambda d: tuple(2 ** (n - 1) for n in _pair(d)))
one_more = _version(lambda d: tuple(n + 1 if n > 1 else 1 for n in _pair(d)))
one_less = _version(lambda d: tuple(max(n - 1, 1) for n in _pair(d)))
pairs_ignored = _version(lambda d: (d, d) if np.ndim(d) == 0 else (1, 1))


def _enlarged(kh, kw, dh, dw):
    return dh * (kh - 1) + 1, dw * (kw - 1) + 1


def _large(size, place):
    def convolve(x, k, b, dh, dw):
        large = np.zeros((*size(*k.shape[:2], dh, dw), *k.shape[2:]))
        place(large, k, dh, dw)
        return _convolve(x, large, b, 1, 1)

    return _version(convolve=convolve)


def _spread(large, k, dh, dw):
    large[::dh, ::dw][: k.shape[0], : k.shape[1]] = k


large_kernel_of_k_times_d = _large(lambda kh, kw, dh, dw: (kh * dh, kw * dw), _spread)
large_kernel_placed_last = _large(
    _enlarged, lambda large, k, dh, dw: large[::-dh, ::-dw].__setitem__(slice(None), k)
)
large_kernel_filled_between = _large(
    _enlarged,
    lambda large, k, dh, dw: large.__setitem__(
        slice(None), np.repeat(np.repeat(k, dh, 0), dw, 1)[: large.shape[0], : large.shape[1]]
    ),
)
image_skipped_first = _version(
    convolve=lambda x, k, b, dh, dw: _convolve(x[:, ::dh, ::dw], k, b, 1, 1)
)
only_two_images = _version(
    convolve=lambda x, k, b, dh, dw: np.concatenate(
        [_convolve(x[:2], k, b, dh, dw), 0 * _convolve(x[2:], k, b, dh, dw)]
    )
)
batch_of_one_loses_its_axis = _version(
    convolve=lambda x, k, b, dh, dw: np.squeeze(_convolve(x, k, b, dh, dw))
)
no_bias_with_dilation = _version(
    convolve=lambda x, k, b, dh, dw: _convolve(x, k, b * (dh == 1), dh, dw)
)
flipped_with_dilation = _version(
    convolve=lambda x, k, b, dh, dw: _convolve(x, k[::-1, ::-1] if dh > 1 else k, b, dh, dw)
)
square_kernels = _version(
    convolve=lambda x, k, b, dh, dw: _convolve(x, k[: k.shape[1], : k.shape[0]], b, dh, dw)
)
only_kernels_of_two = _version(convolve=lambda x, k, b, dh, dw: _convolve(x, k[:2, :3], b, dh, dw))
last_column_missing = _version(
    convolve=lambda x, k, b, dh, dw: _convolve(x, k, b, dh, dw)[
        :, :, : x.shape[2] - dw * (k.shape[1] - 1) - 1
    ]
)
size_without_dilation = _version(
    convolve=lambda x, k, b, dh, dw: np.pad(
        _convolve(x, k, b, dh, dw),
        [(0, 0), (0, (dh - 1) * (k.shape[0] - 1)), (0, (dw - 1) * (k.shape[1] - 1)), (0, 0)],
    )
)
bytes_multiplied_in_bytes = _version(
    convolve=lambda x, k, b, dh, dw: _convolve(
        x, np.trunc(k) if x.dtype == np.uint8 else k, b, dh, dw
    )
)
