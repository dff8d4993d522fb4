FAILS = ("casos límite",)


def parametros_dense(entradas, unidades, sesgo=True):
    pesos = entradas * unidades
    return pesos + unidades if sesgo else pesos
