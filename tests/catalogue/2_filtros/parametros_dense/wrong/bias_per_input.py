CAUSE_CONTAINS = "no uno por entrada"
FAILS = ("valores",)


def parametros_dense(entradas, unidades, use_bias=True):
    pesos = entradas * unidades
    return pesos + entradas if use_bias else pesos
