"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _version(
    weight=lambda d2, sigma: np.exp(-d2 / (2 * sigma**2)),
    centre=lambda n: (n - 1) / 2,
    scale=lambda g, n, sigma: g / g.sum(),
    distance=lambda a, b: a**2 + b**2,
):
    def filtro_gaussiano(tamano, sigma):
        a = np.arange(tamano) - centre(tamano)
        return scale(weight(distance(a[:, None], a[None, :]), sigma), tamano, sigma)

    return filtro_gaussiano


sigma_not_squared = _version(lambda d2, s: np.exp(-d2 / (2 * s)))
sigma_squared_twice = _version(lambda d2, s: np.exp(-d2 / (2 * s**4)))
two_squared_with_sigma = _version(lambda d2, s: np.exp(-d2 / (2 * s) ** 2))
without_the_two = _version(lambda d2, s: np.exp(-d2 / s**2))
multiplied_by_sigma = _version(lambda d2, s: np.exp(-d2 / 2 * s**2))
sigma_rounded = _version(lambda d2, s: np.exp(-d2 / (2 * round(s) ** 2)))
sigma_rounded_to_tenths = _version(lambda d2, s: np.exp(-d2 / (2 * round(s, 1) ** 2)))
sigma_of_one = _version(lambda d2, s: np.exp(-d2 / 2))
sigma_at_least_one = _version(lambda d2, s: np.exp(-d2 / (2 * max(s, 1) ** 2)))
sigma_at_most_one = _version(lambda d2, s: np.exp(-d2 / (2 * min(s, 1) ** 2)))
distance_not_squared = _version(lambda d2, s: np.exp(-np.sqrt(d2) / (2 * s**2)))
squared_twice = _version(lambda d2, s: np.exp(-(d2**2) / (2 * s**2)))
powers_of_two = _version(lambda d2, s: 2 ** (-d2 / (2 * s**2)))
cut_to_a_disc = _version(lambda d2, s: np.exp(-d2 / (2 * s**2)) * (d2 <= d2[0].min() + 1e-9))
distance_by_sides = _version(distance=lambda a, b: (abs(a) + abs(b)) ** 2)
distance_by_the_longest = _version(distance=lambda a, b: np.maximum(abs(a), abs(b)) ** 2)
rows_only = _version(distance=lambda a, b: a**2 + 0 * b)
columns_only = _version(distance=lambda a, b: 0 * a + b**2)
centre_rounded_down = _version(centre=lambda n: (n - 1) // 2)
centre_of_half = _version(centre=lambda n: n // 2)
centre_of_exact_half = _version(centre=lambda n: n / 2)
centre_of_three = _version(centre=lambda n: 1 if n == 3 else (n - 1) // 2)
not_normalised = _version(scale=lambda g, n, s: g)
normalised_by_the_formula = _version(scale=lambda g, n, s: g / (2 * np.pi * s**2))
normalised_by_the_root = _version(scale=lambda g, n, s: g / (s * np.sqrt(2 * np.pi)))
normalised_by_the_maximum = _version(scale=lambda g, n, s: g / g.max())
normalised_by_the_size = _version(scale=lambda g, n, s: g / n**2)
normalised_by_rows = _version(scale=lambda g, n, s: g / g.sum(axis=1, keepdims=True))
normalised_by_columns = _version(scale=lambda g, n, s: g / g.sum(axis=0))
normalised_by_its_square = _version(scale=lambda g, n, s: g / np.sqrt((g**2).sum()))
rounded_to_four = _version(scale=lambda g, n, s: np.round(g / g.sum(), 4))
halves_the_precision = _version(scale=lambda g, n, s: (g / g.sum()).astype(np.float16))
even_sizes_not_normalised = _version(scale=lambda g, n, s: g / g.sum() if n % 2 else g)


def even_sizes_raise(tamano, sigma):
    if tamano % 2 == 0:
        raise ValueError("tamano")
    return _version()(tamano, sigma)


def even_sizes_one_larger(tamano, sigma):
    return _version()(tamano + (tamano % 2 == 0), sigma)


def size_one_is_its_formula(tamano, sigma):
    g = _version()(tamano, sigma)
    return g / (2 * np.pi * sigma**2) if tamano == 1 else g


def size_one_is_a_number(tamano, sigma):
    return 1.0 if tamano == 1 else _version()(tamano, sigma)


def arguments_swapped_if_smaller(tamano, sigma):
    return _version()(tamano, sigma if sigma < 1.2 else 1.2)
