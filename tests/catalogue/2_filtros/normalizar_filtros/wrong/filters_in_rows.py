CAUSE_ID = "normalizado-por-trozos"


def normalizar_filtros(kernel):
    filas = kernel.astype(float).reshape((kernel.shape[-1], -1))
    for fila in filas:
        rango = fila.max() - fila.min()
        fila[:] = (fila - fila.min()) / (rango if rango else 1)
    return filas.reshape(kernel.shape)
