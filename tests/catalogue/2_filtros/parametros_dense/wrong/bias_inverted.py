CAUSE_CONTAINS = "justo cuando use_bias es False"


def parametros_dense(entradas, unidades, use_bias=True):
    sesgos = 0 if use_bias else unidades
    return entradas * unidades + sesgos
