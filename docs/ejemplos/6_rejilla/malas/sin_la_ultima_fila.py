import numpy as np


def rejilla(mapas, columnas):
    """Redondea las filas hacia abajo: pierde los mapas que no llenan una."""
    alto, ancho, canales = mapas.shape
    filas = canales // columnas
    imagen = np.zeros((filas * alto, columnas * ancho))
    for canal in range(filas * columnas):
        y, x = canal // columnas * alto, canal % columnas * ancho
        imagen[y : y + alto, x : x + ancho] = mapas[:, :, canal]
    return imagen
