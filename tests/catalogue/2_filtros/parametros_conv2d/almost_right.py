"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _version(count):
    """``count`` recibe kh, kw, canales, filtros, si hay sesgo y los grupos."""

    def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
        return count(*_pair(kernel_size), canales_entrada, filters, use_bias, groups)

    return parametros_conv2d


def _right(kh, kw, c, f, b, g):
    return kh * kw * (c // g) * f + (f if b else 0)


height_squared = _version(lambda kh, kw, c, f, b, g: _right(kh, kh, c, f, b, g))
width_squared = _version(lambda kh, kw, c, f, b, g: _right(kw, kw, c, f, b, g))
sides_added = _version(lambda kh, kw, c, f, b, g: _right(kh + kw, 1, c, f, b, g))
groups_ignored = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b, 1))
groups_divide_the_filters_too = _version(
    lambda kh, kw, c, f, b, g: kh * kw * (c // g) * (f // g) + (f if b else 0)
)
groups_divide_the_bias = _version(
    lambda kh, kw, c, f, b, g: kh * kw * (c // g) * f + (f // g if b else 0)
)
groups_multiply = _version(lambda kh, kw, c, f, b, g: kh * kw * c * g * f + (f if b else 0))
groups_divide_the_bias_only = _version(
    lambda kh, kw, c, f, b, g: kh * kw * c * f + (f // g if b else 0)
)
bias_per_group = _version(
    lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, 0, g) + (f * g if b else 0)
)
one_bias_per_group = _version(
    lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, 0, g) + (g if b else 0)
)
pairs_always_have_bias = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b or kh != kw, g))
pairs_ignore_groups = _version(
    lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b, g if kh == kw else 1)
)
groups_always_have_bias = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b or g > 1, g))
groups_never_have_bias = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b and g == 1, g))
pairs_never_have_bias = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b and kh == kw, g))
one_channel_has_no_bias = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b and c > 1, g))
bias_per_channel = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, 0, g) + (c if b else 0))
bias_per_weight = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, 0, g) * (2 if b else 1))
bias_multiplied = _version(lambda kh, kw, c, f, b, g: (kh * kw * (c // g) + 1) * f)
bias_subtracted = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, 0, g) - (f if b else 0))
bias_inverted = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, not b, g))
channels_and_filters_swapped_in_the_bias = _version(
    lambda kh, kw, c, f, b, g: kh * kw * c // g * f + (c if b and c > 1 else f if b else 0)
)
doubled_instead_of_squared = _version(lambda kh, kw, c, f, b, g: _right(kh, 2, c, f, b, g))
depthwise_counts_one_filter_a_channel = _version(
    lambda kh, kw, c, f, b, g: kh * kw * c + (c if b else 0)
    if g == c
    else _right(kh, kw, c, f, b, g)
)
depthwise_ignored = _version(lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b, 1 if g == c else g))
two_groups_whatever_they_are = _version(
    lambda kh, kw, c, f, b, g: _right(kh, kw, c, f, b, min(g, 2))
)
floats = _version(lambda kh, kw, c, f, b, g: kh * kw * (c / g) * f + (f if b else 0))


def pairs_fail(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    return kernel_size**2 * (canales_entrada // groups) * filters + (filters if use_bias else 0)


def no_bias_unless_asked(kernel_size, canales_entrada, filters, use_bias=False, groups=1):
    return _right(*_pair(kernel_size), canales_entrada, filters, use_bias, groups)


def two_groups_unless_told(kernel_size, canales_entrada, filters, use_bias=True, groups=2):
    return _right(*_pair(kernel_size), canales_entrada, filters, use_bias, groups)
