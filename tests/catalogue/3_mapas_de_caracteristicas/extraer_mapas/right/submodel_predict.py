"""Lo mismo, con predict: devuelve NumPy."""

import keras


def extraer_mapas(modelo, nombre_capa, x):
    hasta = keras.Model(modelo.inputs[0], modelo.get_layer(nombre_capa).output)
    return hasta.predict(x, verbose=0)
