CAUSE_CONTAINS = "aunque use_bias sea False"
FAILS = ("casos límite",)


def parametros_dense(entradas, unidades, use_bias=True):
    pesos = entradas * unidades
    return pesos + unidades
