import numpy as np


def rejilla(mapas, columnas):
    """Llena la rejilla de arriba abajo, y no de izquierda a derecha."""
    alto, ancho, canales = mapas.shape
    filas = -(-canales // columnas)
    imagen = np.zeros((filas * alto, columnas * ancho))
    for canal in range(canales):
        y, x = canal % filas * alto, canal // filas * ancho
        imagen[y : y + alto, x : x + ancho] = mapas[:, :, canal]
    return imagen
