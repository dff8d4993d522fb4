"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""


def _version(count):
    def parametros_dense(entradas, unidades, use_bias=True):
        return count(entradas, unidades, use_bias)

    return parametros_dense


bias_always = _version(lambda n, u, b: n * u + u)
bias_never = _version(lambda n, u, b: n * u)
bias_per_input = _version(lambda n, u, b: n * u + (n if b else 0))
bias_of_the_larger = _version(lambda n, u, b: n * u + (max(n, u) if b else 0))
bias_of_the_smaller = _version(lambda n, u, b: n * u + (min(n, u) if b else 0))
one_bias = _version(lambda n, u, b: n * u + (1 if b else 0))
bias_inverted = _version(lambda n, u, b: n * u + (0 if b else u))
bias_multiplies = _version(lambda n, u, b: (n + 1) * u * (2 - bool(b)))
units_plus_one = _version(lambda n, u, b: n * (u + 1) if b else n * u)
added = _version(lambda n, u, b: n + u + (u if b else 0))
power = _version(lambda n, u, b: n**2 * u // n + (u if b and u > 1 else 0))
image_of_28_only = _version(lambda n, u, b: 784 * u + (u if b else 0))
units_of_128_only = _version(lambda n, u, b: n * 128 + (128 if b else 0))
without_bias_loses_a_unit = _version(lambda n, u, b: n * u + u if b else n * u - u)
bias_missing_for_one_unit = _version(lambda n, u, b: n * u + (u if b and u > 1 else 0))
floats = _version(lambda n, u, b: float(n * u + (u if b else 0)))


def no_bias_unless_asked(entradas, unidades, use_bias=False):
    return entradas * unidades + (unidades if use_bias else 0)
