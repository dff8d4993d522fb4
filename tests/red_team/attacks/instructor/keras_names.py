"""Capas y modelos cuyos nombres y errores llevan etiquetas, fórmulas y secuencias de terminal."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import keras

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\x1b]0;hola\x07\x1b[2J\u202e"
EVIL += "$\\href{javascript:alert(1)}{x}$"

class Layer(keras.layers.Layer):
    built = True
    name = EVIL
    @property
    def weights(self):
        raise ValueError(EVIL)
    get_weights = weights.fget

Layer.__name__ = Layer.__qualname__ = EVIL
capa_basica = capa_stride2 = Layer
Error = type(EVIL, (Exception,), {})

def campo_receptivo(capas):
    raise Error(EVIL)

extraer_mapas = lambda modelo, nombre, x: EVIL
filtros_aprendidos = lambda modelo: Layer()
"""


def succeeded(world):
    return world.active or world.escaped_terminal
