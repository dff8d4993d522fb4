"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""


def _total(n, k, s, d):
    return max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)


def _version(total=_total, split=lambda total: (total // 2, total - total // 2)):
    """Una función entera, hecha de cuánto rellena y de cómo lo reparte."""

    def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
        return split(total(n, kernel_size, strides, dilation_rate))

    return relleno_same


def _kernel(k, d):
    return d * (k - 1) + 1


# --- cuánto --------------------------------------------------------------------------------------

ignores_strides = _version(lambda n, k, s, d: _kernel(k, d) - 1)
stride_ignored_with_dilation = _version(lambda n, k, s, d: _total(n, k, s if d == 1 else 1, d))
dilation_ignored = _version(lambda n, k, s, d: _total(n, k, s, 1))
dilation_ignored_with_strides = _version(lambda n, k, s, d: _total(n, k, s, d if s == 1 else 1))
as_if_n_were_a_multiple = _version(lambda n, k, s, d: max(_kernel(k, d) - s, 0))
as_if_n_were_no_multiple = _version(
    lambda n, k, s, d: max(_kernel(k, d) - n % s, 0) if s > 1 else _kernel(k, d) - 1
)
rounds_the_output_down = _version(lambda n, k, s, d: max((n // s - 1) * s + _kernel(k, d) - n, 0))
rounds_the_output_to_the_nearest = _version(
    lambda n, k, s, d: max((round(n / s) - 1) * s + _kernel(k, d) - n, 0)
)
output_of_n_over_s_plus_1 = _version(
    lambda n, k, s, d: max((n // s + (s > 1) - 1) * s + _kernel(k, d) - n, 0)
)
forgets_the_minus_1 = _version(
    lambda n, k, s, d: max(-(-n // s) * s + _kernel(k, d) - n - (s == 1), 0)
)
none_if_the_stride_reaches_the_kernel = _version(
    lambda n, k, s, d: 0 if s >= _kernel(k, d) else _total(n, k, s, d)
)
none_if_the_stride_passes_the_kernel = _version(
    lambda n, k, s, d: 0 if s > _kernel(k, d) else _total(n, k, s, d)
)
none_if_the_stride_reaches_the_kernel_undilated = _version(
    lambda n, k, s, d: 0 if s >= k else _total(n, k, s, d)
)
none_for_a_kernel_of_one_or_two = _version(
    lambda n, k, s, d: 0 if k <= 2 and s > 1 else _total(n, k, s, d)
)
negative_turned_positive = _version(
    lambda n, k, s, d: abs((-(-n // s) - 1) * s + _kernel(k, d) - n)
)
never_clamped = _version(lambda n, k, s, d: (-(-n // s) - 1) * s + _kernel(k, d) - n)
at_least_one_with_strides = _version(
    lambda n, k, s, d: max(_total(n, k, s, d), 1 if s > 1 and k > 1 else 0)
)
always_even = _version(lambda n, k, s, d: _total(n, k, s, d) // 2 * 2)
always_even_above = _version(lambda n, k, s, d: -(-_total(n, k, s, d) // 2) * 2)
kernel_wider_than_the_image_is_cut = _version(lambda n, k, s, d: _total(n, min(k, n), s, d))
span_k_times_d = _version(lambda n, k, s, d: _total(n, k * d, s, 1))
span_k_times_d_minus_1 = _version(lambda n, k, s, d: _total(n, k * d - (d > 1), s, 1))
span_k_plus_d_minus_1 = _version(lambda n, k, s, d: _total(n, k + d - 1, s, 1))
span_with_d_zeros_between = _version(
    lambda n, k, s, d: _total(n, (k - 1) * (d + 1) + 1 if d > 1 else k, s, 1)
)
span_twice_k_minus_1 = _version(lambda n, k, s, d: _total(n, 2 * k - 1 if d > 1 else k, s, 1))
span_d_plus_1 = _version(lambda n, k, s, d: _total(n, d + 1 if d > 1 else k, s, 1))
span_swapped = _version(lambda n, k, s, d: _total(n, k * (d - 1) + 1 if d > 1 else k, s, 1))
dilation_times_the_padding = _version(lambda n, k, s, d: _total(n, k, s, 1) * d)
output_of_the_dilated_input = _version(
    lambda n, k, s, d: max((-(-n // (s * d)) - 1) * s + _kernel(k, d) - n, 0)
)

# --- cómo se reparte -----------------------------------------------------------------------------

odd_one_first = _version(split=lambda total: (total - total // 2, total // 2))
odd_one_first_above_one = _version(
    split=lambda total: (total // 2, total - total // 2)
    if total < 2
    else (-(-total // 2), total // 2)
)
rounded_as_python_does = _version(split=lambda total: (round(total / 2), total - round(total / 2)))
both_sides_rounded_down = _version(split=lambda total: (total // 2, total // 2))
both_sides_rounded_up = _version(split=lambda total: (-(-total // 2), -(-total // 2)))
all_after = _version(split=lambda total: (0, total))
all_after_if_odd = _version(
    split=lambda total: (total // 2, total // 2) if total % 2 == 0 else (0, total)
)
one_before = _version(split=lambda total: (min(total, 1), total - min(total, 1)))
total_on_each_side = _version(split=lambda total: (total, total))
floats = _version(split=lambda total: (total / 2 // 1, total - total / 2 // 1))
of_odd_kernels_only = _version(lambda n, k, s, d: _total(n, k - (k % 2 == 0), s, d))


def split_by_the_parity_of_the_kernel(n, kernel_size, strides=1, dilation_rate=1):
    total = _total(n, kernel_size, strides, dilation_rate)
    if kernel_size % 2:
        return total // 2, total // 2
    return total // 2, total - total // 2


def symmetric_for_odd_kernels(n, kernel_size, strides=1, dilation_rate=1):
    total = _total(n, kernel_size, strides, dilation_rate)
    if kernel_size % 2:
        return -(-total // 2), -(-total // 2)
    return total // 2, total - total // 2


def same_before_as_without_strides(n, kernel_size, strides=1, dilation_rate=1):
    antes = min(
        dilation_rate * (kernel_size - 1) // 2, _total(n, kernel_size, strides, dilation_rate)
    )
    return antes, _total(n, kernel_size, strides, dilation_rate) - antes


def each_side_clamped_apart(n, kernel_size, strides=1, dilation_rate=1):
    total = (-(-n // strides) - 1) * strides + dilation_rate * (kernel_size - 1) + 1 - n
    return max(total // 2, 0), max(total - total // 2, 0) + (total < 0)
