"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""


def _version(step, first=(1, 1), last=lambda field, jump: field):
    """Un bucle: ``step`` recibe campo, salto, kernel_size y strides, y da campo y salto."""

    def campo_receptivo(capas):
        field, jump = first
        for kernel_size, strides in capas:
            field, jump = step(field, jump, kernel_size, strides)
        return last(field, jump)

    return campo_receptivo


strides_ignored = _version(lambda f, j, k, s: (f + k - 1, j))
own_stride_first = _version(lambda f, j, k, s: (f + (k - 1) * j * s, j * s))
only_the_previous_stride = _version(lambda f, j, k, s: (f + (k - 1) * j, s))
largest_stride = _version(lambda f, j, k, s: (f + (k - 1) * j, max(j, s)))
strides_added = _version(lambda f, j, k, s: (f + (k - 1) * j, j + s))
strides_added_from_one = _version(lambda f, j, k, s: (f + (k - 1) * j, j + s - 1))
strides_doubled = _version(lambda f, j, k, s: (f + (k - 1) * j, j * 2 if s > 1 else j))
strides_up_to_two = _version(lambda f, j, k, s: (f + (k - 1) * j, j * min(s, 2)))
strides_to_powers = _version(lambda f, j, k, s: (f + (k - 1) * j, j * s if j == 1 else j * j))
kernels_added = _version(lambda f, j, k, s: (f + k * j, j * s))
kernels_added_whole_at_first = _version(lambda f, j, k, s: (f + (k - 1) * j, j * s), (0, 1))
one_too_many = _version(lambda f, j, k, s: (f + (k - 1) * j, j * s), (2, 1))
halves_of_the_kernel = _version(lambda f, j, k, s: (f + k // 2 * 2 * j, j * s))
odd_kernels = _version(
    lambda f, j, k, s: (f + (k - k % 2 if k % 2 else k) * j - (k % 2 == 0), j * s)
)
field_multiplied = _version(lambda f, j, k, s: (f * s + k - s, j))
field_multiplied_by_kernels = _version(lambda f, j, k, s: (f * k, j))
pooling_ignored = _version(
    lambda f, j, k, s: (f, j * s) if k == s == 2 else (f + (k - 1) * j, j * s)
)
pooling_doubles = _version(
    lambda f, j, k, s: (2 * f, j * s) if k == s == 2 else (f + (k - 1) * j, j * s)
)
kernels_of_one_add_one = _version(lambda f, j, k, s: (f + max(k - 1, 1) * j, j * s))
kernels_of_one_keep_the_jump = _version(lambda f, j, k, s: (f + (k - 1) * j, j * s if k > 1 else j))
stride_above_the_kernel_cut = _version(lambda f, j, k, s: (f + (k - 1) * j, j * min(k, s)))
gaps_added = _version(lambda f, j, k, s: (f + (k - 1) * j + max(s - k, 0) * j, j * s))
last_stride_counts = _version(
    lambda f, j, k, s: (f + (k - 1) * j, j * s), last=lambda f, j: f + j - 1 if j > 1 else f
)
jump_returned = _version(lambda f, j, k, s: (f + (k - 1) * j, j * s), last=lambda f, j: max(f, j))
zero_without_layers = _version(lambda f, j, k, s: (max(f, 1) + (k - 1) * j, j * s), (0, 1))


def last_layer_missing(capas):
    return _right(capas[:-1]) if len(capas) > 1 else _right(capas)


def first_layer_missing(capas):
    return _right(capas[1:]) if len(capas) > 1 else _right(capas)


def first_layer_counts_its_kernel_only(capas):
    return _right([(k, 1 if i == 0 else s) for i, (k, s) in enumerate(capas)])


def from_the_last_with_the_formula_of_the_first(capas):
    return _right(capas[::-1])


def at_most_four_layers(capas):
    return _right(capas[:4])


def at_most_three_layers(capas):
    return _right(capas[:3])


def without_repeated_layers(capas):
    return _right(list(dict.fromkeys(capas)))


def sorted_layers(capas):
    return _right(sorted(capas))


_right = _version(lambda f, j, k, s: (f + (k - 1) * j, j * s))
