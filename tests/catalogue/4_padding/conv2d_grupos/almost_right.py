"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _convolve(x, kernel, bias):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcuv,uvcf->nijf", windows, kernel.astype(float)) + bias


def _version(reads, writes=lambda F, G, g: np.arange(g * F // G, (g + 1) * F // G), part=_convolve):
    """Una función entera; ``reads`` y ``writes`` dan los canales y los filtros del grupo g."""

    def conv2d_grupos(x, kernel, bias, groups=1):
        canales, filtros = x.shape[-1], kernel.shape[-1]
        shape = (
            len(x),
            x.shape[1] - kernel.shape[0] + 1,
            x.shape[2] - kernel.shape[1] + 1,
            filtros,
        )
        out = np.zeros(shape)
        for g in range(groups):
            f = writes(filtros, groups, g)
            out[..., f] = part(x[..., reads(canales, groups, g)], kernel[..., f], bias[f])
        return out

    return conv2d_grupos


def _channels(C, G, g):
    return np.arange(g * C // G, (g + 1) * C // G)


all_read_the_first = _version(lambda C, G, g: _channels(C, G, 0))
all_read_the_last = _version(lambda C, G, g: _channels(C, G, G - 1))
reversed_groups = _version(lambda C, G, g: _channels(C, G, G - 1 - g))
interleaved_channels = _version(lambda C, G, g: np.arange(g, C, G))
interleaved_filters = _version(_channels, lambda F, G, g: np.arange(g, F, G))
both_interleaved = _version(lambda C, G, g: np.arange(g, C, G), lambda F, G, g: np.arange(g, F, G))
channels_reversed_in_the_group = _version(lambda C, G, g: _channels(C, G, g)[::-1])
at_most_two_groups = _version(lambda C, G, g: _channels(C, G, min(g, 1)))
at_most_three_groups_of_channels = _version(lambda C, G, g: _channels(C, G, g % 2 if G > 2 else g))
first_bias_of_each_group = _version(
    _channels, part=lambda x, k, b: _convolve(x, k, np.repeat(b[:1], len(b)))
)
bias_of_the_first_group = _version(_channels, part=lambda x, k, b: _convolve(x, k, 0 * b))
only_the_first_two_images = _version(
    _channels,
    part=lambda x, k, b: _convolve(x, k, b) * (np.arange(len(x)) < 2)[:, None, None, None],
)
bytes_multiplied_in_bytes = _version(
    _channels, part=lambda x, k, b: _convolve(x, np.trunc(k) if x.dtype == np.uint8 else k, b)
)
flipped = _version(_channels, part=lambda x, k, b: _convolve(x, k[::-1, ::-1], b))
first_channel_of_the_group = _version(
    _channels, part=lambda x, k, b: _convolve(x[..., :1], k[:, :, :1], b)
)
first_filter_of_the_group = _version(
    _channels, part=lambda x, k, b: _convolve(x, np.repeat(k[..., :1], k.shape[3], 3), b)
)


def depthwise_only_with_one_filter_a_channel(x, kernel, bias, groups=1):
    if groups == x.shape[-1]:
        return _right(x, kernel[..., :groups], bias[:groups], groups)
    return _right(x, kernel, bias, groups)


def depthwise_adds_its_filters(x, kernel, bias, groups=1):
    if groups == x.shape[-1] and kernel.shape[-1] > groups:
        por = kernel.shape[-1] // groups
        orden = np.arange(kernel.shape[-1]).reshape(groups, por).T.ravel()
        return _right(x, kernel, bias, groups)[..., orden]
    return _right(x, kernel, bias, groups)


def one_group_reads_one_channel(x, kernel, bias, groups=1):
    if groups == 1:
        return _convolve(x[..., :1], kernel[:, :, :1], bias)
    return _right(x, kernel, bias, groups)


def batch_of_one_loses_its_axis(x, kernel, bias, groups=1):
    return np.squeeze(_right(x, kernel, bias, groups))


def fails_with_one_group(x, kernel, bias, groups=1):
    if groups == 1:
        raise ValueError("groups")
    return _right(x, kernel, bias, groups)


def default_two_groups(x, kernel, bias, groups=2):
    return _right(x, kernel, bias, groups)


_right = _version(_channels)
