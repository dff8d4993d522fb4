import numpy as np

FAILS = ("valores",)
CAUSE_CONTAINS = "un sesgo por cada peso"


def parametros_dense(entradas, unidades, use_bias=True):
    pesos = np.ones((entradas, unidades))
    sesgos = np.zeros_like(pesos)
    return int(pesos.size + sesgos.size * use_bias)
