CAUSE_CONTAINS = "los pesos de una sola unidad"


def parametros_dense(entradas, unidades, use_bias=True):
    total = sum(1 for _ in range(entradas))
    return total + unidades if use_bias else total
