"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import math
import re


def _version(valid, same, unknown=("valid", "same"), fits=lambda n, k, d: d * (k - 1) + 1 <= n):
    """Una función entera, hecha de lo que calcula con cada relleno."""

    def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
        if padding not in unknown:
            raise ValueError(f"padding desconocido: {padding!r}")
        if padding == "same":
            return same(n, kernel_size, strides, dilation_rate)
        if not fits(n, kernel_size, dilation_rate):
            raise ValueError("el kernel no cabe")
        return valid(n, kernel_size, strides, dilation_rate)

    return tamano_salida


def _valid(n, k, s, d):
    return (n - d * (k - 1) - 1) // s + 1


def _same(n, k, s, d):
    return -(-n // s)


def _notes(n, k, s, p):
    """La fórmula de los apuntes, con el relleno p a cada lado."""
    return (n + 2 * p - k) // s + 1


# --- con "same" ----------------------------------------------------------------------------------

notes_with_half_of_k_minus_1 = _version(_valid, lambda n, k, s, d: _notes(n, k, s, (k - 1) // 2))
notes_with_half_of_k = _version(_valid, lambda n, k, s, d: _notes(n, k, s, k // 2))
notes_with_padding_of_one = _version(_valid, lambda n, k, s, d: _notes(n, k, s, 1))
notes_with_half_of_k_ef_minus_1 = _version(
    _valid, lambda n, k, s, d: _notes(n, d * (k - 1) + 1, s, d * (k - 1) // 2)
)
notes_with_half_of_k_ef = _version(
    _valid, lambda n, k, s, d: _notes(n, d * (k - 1) + 1, s, (d * (k - 1) + 1) // 2)
)
notes_padded_without_dilation = _version(
    _valid, lambda n, k, s, d: (n + k - 1 - (d * (k - 1) + 1)) // s + 1
)
notes_dilated_only_in_the_padding = _version(
    _valid, lambda n, k, s, d: (n + d * (k - 1) - k) // s + 1
)
same_rounds_to_the_nearest = _version(_valid, lambda n, k, s, d: round(n / s))
same_rounds_half_up = _version(_valid, lambda n, k, s, d: int(n / s + 0.5))
same_adds_one_where_n_is_odd = _version(
    _valid, lambda n, k, s, d: n // s + (1 if n % 2 and s > 1 else 0)
)
same_adds_one_where_there_are_strides = _version(_valid, lambda n, k, s, d: n // s + (s > 1))
same_adds_one_always = _version(_valid, lambda n, k, s, d: (n + s) // s if s > 1 else n)
same_keeps_the_input_below_stride_3 = _version(
    _valid, lambda n, k, s, d: n if s < 2 else n // 2 + n % 2
)
same_subtracts_the_kernel = _version(_valid, lambda n, k, s, d: -(-(n - k + 1) // s))
same_of_a_kernel_that_does_not_fit_raises = _version(
    _valid, lambda n, k, s, d: _same(n, k, s, d) if k <= n else int("no cabe")
)
same_of_a_dilated_kernel_that_does_not_fit_raises = _version(
    _valid, lambda n, k, s, d: _same(n, k, s, d) if d * (k - 1) + 1 <= n else int("no cabe")
)
same_with_strides_ignores_them_if_odd_kernel = _version(
    _valid, lambda n, k, s, d: -(-n // s) if k % 2 == 0 else n // s
)
same_shrinks_with_dilation = _version(_valid, lambda n, k, s, d: -(-(n - d + 1) // s))
same_is_valid_with_strides = _version(
    _valid, lambda n, k, s, d: n if s == 1 else _valid(n, k, s, 1)
)

# --- con "valid" ---------------------------------------------------------------------------------

valid_window_counted_before_dividing = _version(lambda n, k, s, d: (n - d * (k - 1)) // s, _same)
valid_rounds_up = _version(lambda n, k, s, d: -(-(n - d * (k - 1) - 1) // s) + 1, _same)
valid_rounds_to_the_nearest = _version(
    lambda n, k, s, d: round((n - d * (k - 1) - 1) / s) + 1, _same
)
valid_rounds_half_up = _version(lambda n, k, s, d: int((n - d * (k - 1) - 1) / s + 0.5) + 1, _same)
valid_without_the_one = _version(lambda n, k, s, d: (n - d * (k - 1) - 1) // s, _same)
valid_without_the_one_with_strides = _version(
    lambda n, k, s, d: (n - d * (k - 1) - 1) // s + (s == 1), _same
)
valid_divides_first = _version(lambda n, k, s, d: n // s - d * (k - 1), _same)
valid_strides_the_kernel_too = _version(lambda n, k, s, d: (n - s * (k - 1) - 1) // s + 1, _same)
valid_ignores_dilation = _version(lambda n, k, s, d: (n - k) // s + 1, _same)
valid_ignores_dilation_with_strides = _version(
    lambda n, k, s, d: _valid(n, k, s, d if s == 1 else 1), _same
)
valid_ignores_strides_with_dilation = _version(
    lambda n, k, s, d: _valid(n, k, s if d == 1 else 1, d), _same
)
valid_same_as_the_ceiling_for_odd_sizes = _version(
    lambda n, k, s, d: -(-(n - d * (k - 1)) // s) if n % 2 == 0 else (n - d * (k - 1)) // s, _same
)

# --- lo que abarca el kernel dilatado ------------------------------------------------------------


def _span(span):
    return _version(
        lambda n, k, s, d: (n - span(k, d)) // s + 1, _same, fits=lambda n, k, d: span(k, d) <= n
    )


span_k_times_d = _span(lambda k, d: k * d)
span_k_times_d_minus_1 = _span(lambda k, d: k * d - 1 if d > 1 else k)
span_k_plus_d_minus_1 = _span(lambda k, d: k + d - 1)
span_without_the_last_weight = _span(lambda k, d: (k - 1) * d if d > 1 else k)
span_with_d_zeros_between = _span(lambda k, d: (k - 1) * (d + 1) + 1 if d > 1 else k)
span_twice_k_minus_1 = _span(lambda k, d: 2 * k - 1 if d > 1 else k)
span_d_plus_1 = _span(lambda k, d: d + 1 if d > 1 else k)
span_of_the_gaps_of_d = _span(lambda k, d: k + (d - 1) * k if d > 1 else k)
span_one_gap = _span(lambda k, d: k + (d - 1))
span_power = _span(lambda k, d: (k - 1) ** d + 1 if d > 1 else k)
span_swapped = _span(lambda k, d: k * (d - 1) + 1 if d > 1 else k)

# --- qué se rechaza ------------------------------------------------------------------------------

kernel_as_big_as_the_input_raises = _version(
    _valid, _same, fits=lambda n, k, d: d * (k - 1) + 1 < n
)
dilated_kernel_as_big_as_the_input_raises = _version(
    _valid, _same, fits=lambda n, k, d: d * (k - 1) + 1 < n if d > 1 else k <= n
)
fits_without_dilation = _version(_valid, _same, fits=lambda n, k, d: k <= n)
fits_one_more = _version(_valid, _same, fits=lambda n, k, d: d * (k - 1) + 1 <= n + 1)
fits_with_k_times_d = _version(_valid, _same, fits=lambda n, k, d: d * k <= n)
fits_unless_negative = _version(_valid, _same, fits=lambda n, k, d: _valid(n, k, 1, d) >= 0)
never_fits_with_strides_above_it = _version(
    lambda n, k, s, d: _valid(n, k, s, d) if s <= n - k else int("paso mayor"), _same
)
full_is_accepted = _version(_valid, _same, unknown=("valid", "same", "full"))
causal_is_accepted = _version(_valid, _same, unknown=("valid", "same", "causal"))
only_full_is_refused = _version(
    _valid, _same, unknown=type("Todo", (), {"__contains__": lambda self, p: p != "full"})()
)
any_part_of_the_names_is_accepted = _version(
    _valid, _same, unknown=type("Texto", (), {"__contains__": lambda self, p: p in "valid same"})()
)
any_word_is_accepted = _version(
    _valid,
    _same,
    unknown=type(
        "Palabra", (), {"__contains__": lambda self, p: bool(re.fullmatch(r"[a-z]+", p))}
    )(),
)


def unknown_padding_raises_only_if_it_does_not_fit(
    n, kernel_size, strides=1, padding="valid", dilation_rate=1
):
    if padding == "same":
        return math.ceil(n / strides)
    abarca = dilation_rate * (kernel_size - 1) + 1
    if abarca > n:
        raise ValueError("no cabe")
    return (n - abarca) // strides + 1


def default_stride_2(n, kernel_size, strides=2, padding="valid", dilation_rate=1):
    return _right(n, kernel_size, strides, padding, dilation_rate)


def default_same(n, kernel_size, strides=1, padding="same", dilation_rate=1):
    return _right(n, kernel_size, strides, padding, dilation_rate)


def default_dilation_2(n, kernel_size, strides=1, padding="valid", dilation_rate=2):
    return _right(n, kernel_size, strides, padding, dilation_rate)


_right = _version(_valid, _same)
