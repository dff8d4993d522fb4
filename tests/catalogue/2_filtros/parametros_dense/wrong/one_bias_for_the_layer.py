CAUSE_CONTAINS = "un solo sesgo"
FAILS = ("valores",)


def parametros_dense(entradas, unidades, use_bias=True):
    pesos = entradas * unidades
    return pesos + 1 if use_bias else pesos
