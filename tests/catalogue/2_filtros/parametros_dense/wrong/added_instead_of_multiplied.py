CAUSE_CONTAINS = "sumas entradas y unidades"


def parametros_dense(entradas, unidades, use_bias=True):
    pesos = entradas + unidades
    return pesos + unidades if use_bias else pesos
