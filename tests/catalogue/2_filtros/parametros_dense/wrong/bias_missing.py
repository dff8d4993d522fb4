CAUSE_CONTAINS = "faltan los sesgos"
FAILS = ("valores", "casos límite")


def parametros_dense(entradas, unidades, use_bias=True):
    pesos = entradas * unidades
    return pesos
