"""The functions of numbers, each written in many ways that are all right."""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections import deque, namedtuple
from fractions import Fraction

import numpy as np
from right_registry import right

# --- parameters of a convolution ------------------------------------------------------------------

CONV = "2_filtros.parametros_conv2d"


@right(CONV)
def by_looking_at_the_type(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    if type(kernel_size) in (tuple, list):
        kh, kw = kernel_size
    else:
        kh, kw = kernel_size, kernel_size
    total = kh * kw * (canales_entrada // groups) * filters
    if use_bias:
        total += filters
    return total


@right(CONV)
def by_trying_to_unpack(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    try:
        kh, kw = kernel_size
    except TypeError:
        kh = kw = kernel_size
    return (kh * kw * canales_entrada // groups + bool(use_bias)) * filters


@right(CONV)
def by_broadcasting_the_size(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    area = np.prod(np.broadcast_to(kernel_size, 2))
    return area * (canales_entrada // groups) * filters + use_bias * filters


@right(CONV)
def by_the_size_of_the_arrays(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = np.ones(2, int) * kernel_size
    kernel = np.empty((kh, kw, canales_entrada // groups, filters), np.uint8)
    return kernel.size + (np.empty(filters).size if use_bias else 0)


@right(CONV)
def by_counting_one_by_one(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = kernel_size if np.ndim(kernel_size) else (kernel_size, kernel_size)
    per_filter = sum(1 for _ in itertools.product(range(kh), range(kw)))
    return sum(per_filter * (canales_entrada // groups) + int(use_bias) for _ in range(filters))


@right(CONV)
def by_a_product_of_a_list(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    factors = list(kernel_size) if hasattr(kernel_size, "__len__") else [kernel_size] * 2
    factors += [canales_entrada // groups, filters]
    return math.prod(factors) + [0, filters][use_bias]


@right(CONV)
def by_reducing(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    sides = (kernel_size,) * 2 if isinstance(kernel_size, int) else tuple(kernel_size)
    weights = functools.reduce(operator.mul, (*sides, canales_entrada, filters), 1)
    return weights // groups + (use_bias and filters)


@right(CONV)
def by_adding_groups(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = (kernel_size, kernel_size) if np.isscalar(kernel_size) else kernel_size
    total = 0
    for _ in range(groups):
        inputs, outputs = canales_entrada // groups, filters // groups
        total += kh * kw * inputs * outputs
        if use_bias:
            total += outputs
    return total


@right(CONV)
def by_an_exact_fraction(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return int(kh * kw * Fraction(canales_entrada, groups) * filters) + filters * int(use_bias)


@right(CONV)
def by_rounding_a_division(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    area = kernel_size**2 if isinstance(kernel_size, int) else kernel_size[0] * kernel_size[1]
    total = round(area * canales_entrada / groups * filters)
    return total + filters if use_bias else total


@right(CONV)
def by_divmod(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    per_group, rest = divmod(canales_entrada, groups)
    assert rest == 0
    kh, kw = [kernel_size, kernel_size] if isinstance(kernel_size, int) else kernel_size
    return np.int64(kh) * kw * per_group * filters + np.int64(filters if use_bias else 0)


@right(CONV)
def by_a_class(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    class Layer:
        def __init__(self):
            one = isinstance(kernel_size, int)
            self.kernel = 2 * (kernel_size,) if one else kernel_size
            self.bias = filters if use_bias else 0

        def __len__(self):
            return self.kernel[0] * self.kernel[1] * canales_entrada // groups * filters + self.bias

    return len(Layer())


@right(CONV)
def by_matching_the_size(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    match kernel_size:
        case (kh, kw):
            area = kh * kw
        case k:
            area = k * k
    weights = area * filters * canales_entrada // groups
    return {True: weights + filters, False: weights}[bool(use_bias)]


# --- parameters of a dense layer ------------------------------------------------------------------

DENSE = "2_filtros.parametros_dense"


@right(DENSE)
def with_an_if(entradas, unidades, use_bias=True):
    if use_bias:
        return entradas * unidades + unidades
    return entradas * unidades


@right(DENSE)
def with_one_input_more(entradas, unidades, use_bias=True):
    return (entradas + (1 if use_bias else 0)) * unidades


@right(DENSE)
def multiplying_the_boolean(entradas, unidades, use_bias=True):
    return unidades * (entradas + bool(use_bias))


@right(DENSE)
def by_the_size_of_a_matrix(entradas, unidades, use_bias=True):
    weights, bias = np.empty((entradas, unidades), np.int8), np.empty(unidades, np.int8)
    return weights.size + bias.size * use_bias


@right(DENSE)
def unit_by_unit(entradas, unidades, use_bias=True):
    total = 0
    for _ in range(unidades):
        total += entradas
        if use_bias:
            total += 1
    return total


@right(DENSE)
def by_np_prod(entradas, unidades, use_bias=True):
    return np.prod([entradas, unidades]) + (unidades if use_bias else 0)


@right(DENSE)
def by_math_prod(entradas, unidades, use_bias=True):
    return sum(math.prod(shape) for shape in [(entradas, unidades), (unidades,)][: 1 + use_bias])


@right(DENSE)
def by_a_dictionary_of_sizes(entradas, unidades, use_bias=True):
    sizes = {"kernel": entradas * unidades}
    if use_bias:
        sizes["bias"] = unidades
    return sum(sizes.values())


@right(DENSE)
def by_operators(entradas, unidades, use_bias=True):
    return operator.add(operator.mul(entradas, unidades), unidades if use_bias else 0)


@right(DENSE)
def taking_the_bias_away(entradas, unidades, use_bias=True):
    return (entradas + 1) * unidades - (0 if use_bias else unidades)


@right(DENSE)
def by_a_dot_product(entradas, unidades, use_bias=True):
    return np.dot([entradas, int(use_bias)], [unidades, unidades])


@right(DENSE)
def as_a_layer_of_one_by_one(entradas, unidades, use_bias=True):
    def conv(kernel_size, channels, filters, bias):
        return kernel_size**2 * channels * filters + filters * bias

    return conv(1, entradas, unidades, int(use_bias))


@right(DENSE)
def by_recursion(entradas, unidades, use_bias=True):
    if entradas == 0:
        return unidades if use_bias else 0
    half = entradas // 2
    rest = unidades * half + unidades * (entradas - half)
    return rest + by_recursion(0, unidades, use_bias)


@right(DENSE)
def with_and(entradas, unidades, use_bias=True):
    return entradas * unidades + (use_bias and unidades)


# --- receptive field ------------------------------------------------------------------------------

FIELD = "3_mapas_de_caracteristicas.campo_receptivo"


@right(FIELD)
def by_reduce(capas):
    def one_more(state, layer):
        field, jump = state
        return field + (layer[0] - 1) * jump, jump * layer[1]

    return functools.reduce(one_more, capas, (1, 1))[0]


@right(FIELD)
def by_recursion_from_the_image(capas, campo=1, salto=1):
    if len(capas) == 0:
        return campo
    (k, s), *others = capas
    return by_recursion_from_the_image(others, campo + (k - 1) * salto, salto * s)


@right(FIELD)
def backwards(capas):
    field = 1
    for k, s in reversed(capas):
        field = (field - 1) * s + k
    return field


@right(FIELD)
def by_recursion_from_the_end(capas):
    if not capas:
        return 1
    k, s = capas[0]
    return k + s * (by_recursion_from_the_end(capas[1:]) - 1)


@right(FIELD)
def by_products_of_strides(capas):
    return 1 + sum(
        (k - 1) * math.prod(s for _, s in capas[:index]) for index, (k, _) in enumerate(capas)
    )


@right(FIELD)
def by_accumulate(capas):
    jumps = itertools.accumulate((s for _, s in capas), operator.mul, initial=1)
    return 1 + sum((k - 1) * jump for (k, _), jump in zip(capas, jumps, strict=False))


@right(FIELD)
def by_cumprod(capas):
    if not capas:
        return 1
    table = np.array(capas)
    jumps = np.cumprod(np.concatenate([[1], table[:-1, 1]]))
    return int(1 + ((table[:, 0] - 1) * jumps).sum())


@right(FIELD)
def by_a_dot_of_arrays(capas):
    kernels = np.array([k for k, _ in capas], int)
    jumps = np.array([1, *[s for _, s in capas]], int).cumprod()[: len(capas)]
    return 1 + kernels @ jumps - jumps.sum()


@right(FIELD)
def with_a_queue(capas):
    pending, field, jump = deque(capas), 1, 1
    while pending:
        k, s = pending.popleft()
        field, jump = field + k * jump - jump, jump * s
    return field


@right(FIELD)
def by_index(capas):
    field, jump = 1, 1
    for i in range(len(capas)):
        field = field + (capas[i][0] - 1) * jump
        jump = jump * capas[i][1]
    return field


@right(FIELD)
def from_zero(capas):
    reach, jump = 0, 1
    for k, s in capas:
        reach += (k - 1) * jump
        jump *= s
    return reach + 1


@right(FIELD)
def first_and_last_pixel(capas):
    """The pixels that the neuron 0 of the last layer reads, layer by layer towards the image."""
    first = last = 0
    for k, s in capas[::-1]:
        first, last = first * s, last * s + k - 1
    return last - first + 1


@right(FIELD)
def with_named_layers(capas):
    layer = namedtuple("layer", "kernel stride")
    field, jump = 1, 1
    for each in [layer(*pair) for pair in capas]:
        field += (each.kernel - 1) * jump
        jump *= each.stride
    return field


@right(FIELD)
def by_the_set_of_pixels(capas):
    seen = {0}
    for k, s in reversed(capas):
        seen = {p * s + u for p in (min(seen), max(seen)) for u in (0, k - 1)}
    return max(seen) - min(seen) + 1


# --- size of the output ---------------------------------------------------------------------------

SIZE = "4_padding.tamano_salida"


@right(SIZE)
def with_math(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        return math.ceil(n / strides)
    if padding != "valid":
        raise ValueError(f"padding: {padding}")
    span = dilation_rate * (kernel_size - 1) + 1
    if span > n:
        raise ValueError("no cabe")
    return math.floor((n - span) / strides) + 1


@right(SIZE)
def with_numpy_rounding(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    span = kernel_size + (kernel_size - 1) * (dilation_rate - 1)
    if padding not in {"valid", "same"} or (padding == "valid" and n < span):
        raise ValueError("no puede ser")
    exact = n / strides if padding == "same" else (n - span + 1) / strides
    return int(np.ceil(exact))


@right(SIZE)
def adding_before_dividing(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "valid":
        free = n - (kernel_size - 1) * dilation_rate
        if free <= 0:
            raise ValueError("el kernel no cabe")
    elif padding == "same":
        free = n
    else:
        raise ValueError("padding desconocido")
    return (free + strides - 1) // strides


@right(SIZE)
def counting_the_starts(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    reach = (kernel_size - 1) * dilation_rate
    if padding == "same":
        return len(range(0, n, strides))
    if padding == "valid" and reach < n:
        return len(range(0, n - reach, strides))
    raise ValueError(f"{padding!r}, {n}, {kernel_size}")


@right(SIZE)
def with_a_while(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding != "valid" and padding != "same":
        raise ValueError("padding")
    last = (kernel_size - 1) * dilation_rate if padding == "valid" else 0
    count = start = 0
    while start + last < n:
        count, start = count + 1, start + strides
    if count == 0:
        raise ValueError("no cabe ninguna ventana")
    return count


@right(SIZE)
def with_a_dictionary(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    ways = {"same": lambda: -(-n // strides), "valid": lambda: (n - span) // strides + 1}
    if padding not in ways:
        raise ValueError(f"padding={padding!r} no vale")
    if padding == "valid" and span > n:
        raise ValueError(f"{span} > {n}")
    return ways[padding]()


@right(SIZE)
def with_divmod(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        whole, rest = divmod(n, strides)
        return whole + (rest > 0)
    if padding == "valid":
        whole, _ = divmod(n - dilation_rate * (kernel_size - 1) - 1, strides)
        if n < dilation_rate * (kernel_size - 1) + 1:
            raise ValueError("no cabe")
        return whole + 1
    raise ValueError("ni valid ni same")


@right(SIZE)
def by_the_shape_of_a_slice(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in ["valid", "same"]:
        raise ValueError("padding debe ser valid o same")
    places = np.arange(n)
    if padding == "valid":
        places = places[: max(n - dilation_rate * (kernel_size - 1), 0)]
        if places.size == 0:
            raise ValueError("el kernel es mayor que la entrada")
    return places[::strides].shape[0]


@right(SIZE)
def by_sliding_windows(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        return np.zeros(n)[::strides].size
    if padding != "valid":
        raise ValueError("padding")
    span = dilation_rate * (kernel_size - 1) + 1
    # NumPy itself raises the ValueError of a window that does not fit.
    return len(np.lib.stride_tricks.sliding_window_view(np.zeros(n), span)[::strides])


@right(SIZE)
def by_the_formula_with_p(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    if padding == "valid":
        total = 0
    elif padding == "same":
        total = max((math.ceil(n / strides) - 1) * strides + span - n, 0)
        if total == 0:
            return math.ceil(n / strides)
    else:
        raise ValueError(padding)
    if span > n + total:
        raise ValueError("no cabe")
    return (n - span + total) // strides + 1


@right(SIZE)
def by_exact_fractions(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        return math.ceil(Fraction(n, strides))
    span = dilation_rate * (kernel_size - 1) + 1
    if padding != "valid" or span > n:
        raise ValueError(f"no vale: {padding}, {span}")
    return math.floor(Fraction(n - span, strides)) + 1


@right(SIZE)
def by_recursion_of_windows(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        return 0 if n <= 0 else 1 + by_recursion_of_windows(n - strides, 1, strides, "same")
    if padding != "valid":
        raise ValueError("padding")
    span = (kernel_size - 1) * dilation_rate + 1
    if span > n:
        raise ValueError("no cabe")
    return by_recursion_of_windows(n - span + 1, 1, strides, "same")


@right(SIZE)
def with_numpy_integers(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    n, k, s, d = np.int64(n), np.int64(kernel_size), np.int64(strides), np.int64(dilation_rate)
    match padding:
        case "same":
            return np.floor_divide(n - 1, s) + 1
        case "valid" if d * (k - 1) < n:
            return np.floor_divide(n - 1 - d * (k - 1), s) + 1
    raise ValueError("valid o same, y que quepa")


# --- zeros of «same» ------------------------------------------------------------------------------

ZEROS = "4_padding.relleno_same"


@right(ZEROS)
def with_an_if_for_the_negative(n, kernel_size, strides=1, dilation_rate=1):
    out = math.ceil(n / strides)
    span = dilation_rate * (kernel_size - 1) + 1
    total = (out - 1) * strides + span - n
    if total < 0:
        total = 0
    before = total // 2
    after = total - before
    return (before, after)


@right(ZEROS)
def by_the_remainder(n, kernel_size, strides=1, dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    rest = n % strides
    total = max(span - (rest if rest else strides), 0)
    return total // 2, (total + 1) // 2


@right(ZEROS)
def with_divmod_of_the_total(n, kernel_size, strides=1, dilation_rate=1):
    last = (n - 1) // strides * strides  # where the last window starts
    total = max(last + dilation_rate * (kernel_size - 1) + 1 - n, 0)
    half, odd = divmod(total, 2)
    return half, half + odd


@right(ZEROS)
def with_numpy_maximum(n, kernel_size, strides=1, dilation_rate=1):
    out = -(-n // strides)
    span = dilation_rate * (kernel_size - 1) + 1
    total = np.maximum((out - 1) * strides + span - n, 0)
    return int(np.floor(total / 2)), int(np.ceil(total / 2))


@right(ZEROS)
def dealing_them_out(n, kernel_size, strides=1, dilation_rate=1):
    total = (-(-n // strides) - 1) * strides + dilation_rate * (kernel_size - 1) + 1 - n
    sides = [0, 0]
    for each in range(total):
        sides[1 - each % 2] += 1
    return tuple(sides)


@right(ZEROS)
def with_a_while_of_the_total(n, kernel_size, strides=1, dilation_rate=1):
    span, outputs = (kernel_size - 1) * dilation_rate + 1, len(range(0, n, strides))
    total = 0
    while (n + total - span) // strides + 1 < outputs:
        total += 1
    return total // 2, total - total // 2


@right(ZEROS)
def by_sorting(n, kernel_size, strides=1, dilation_rate=1):
    ends = range(0, n, strides)[-1] + dilation_rate * (kernel_size - 1)
    _, total, _ = sorted([0, ends - n + 1, 10**9])
    return total >> 1, total - (total >> 1)


@right(ZEROS)
def by_array_split(n, kernel_size, strides=1, dilation_rate=1):
    total = max(
        (math.ceil(n / strides) - 1) * strides + dilation_rate * (kernel_size - 1) + 1 - n, 0
    )
    first, second = np.array_split(np.zeros(total), 2)  # the first is the longer
    return len(second), len(first)


@right(ZEROS)
def with_integers_of_numpy(n, kernel_size, strides=1, dilation_rate=1):
    out = np.int64(np.ceil(n / strides))
    total = np.clip((out - 1) * strides + dilation_rate * (kernel_size - 1) + 1 - n, 0, None)
    return total // 2, total - total // 2


@right(ZEROS)
def by_helpers(n, kernel_size, strides=1, dilation_rate=1):
    def size():
        return 1 + (n - 1) // strides

    def span():
        return kernel_size + (kernel_size - 1) * (dilation_rate - 1)

    def total():
        missing = (size() - 1) * strides + span() - n
        return missing if missing > 0 else 0

    return total() // 2, -(-total() // 2)


@right(ZEROS)
def in_two_cases(n, kernel_size, strides=1, dilation_rate=1):
    span = dilation_rate * (kernel_size - 1) + 1
    last = strides if n % strides == 0 else n % strides  # what the last step has of pixels
    total = max(span - last, 0)
    return total // 2, total - total // 2


@right(ZEROS)
def by_the_last_pixel_read(n, kernel_size, strides=1, dilation_rate=1):
    read = [
        i * strides + u * dilation_rate
        for i in range(-(-n // strides))
        for u in (0, kernel_size - 1)
    ]
    total = max(max(read) - (n - 1), 0)
    return total // 2, total - total // 2


@right(ZEROS)
def with_a_walrus(n, kernel_size, strides=1, dilation_rate=1):
    before = (
        total := max(
            ((n + strides - 1) // strides - 1) * strides
            + (kernel_size - 1) * dilation_rate
            + 1
            - n,
            0,
        )
    ) // 2
    return before, total - before
