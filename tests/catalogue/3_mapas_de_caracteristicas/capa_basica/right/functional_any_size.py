"""Un modelo funcional que acepta cualquier tamaño, con la ReLU aparte."""

import keras


def capa_basica():
    entrada = keras.Input((None, None, 1))
    salida = keras.layers.Conv2D(8, 3, padding="SAME")(entrada)
    return keras.Model(entrada, keras.layers.ReLU()(salida))
