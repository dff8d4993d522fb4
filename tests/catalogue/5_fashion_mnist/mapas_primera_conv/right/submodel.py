"""Un modelo hasta la primera convolución."""

import keras
import numpy as np


def mapas_primera_conv(modelo, imagenes):
    if imagenes.ndim == 3:
        imagenes = imagenes[..., np.newaxis]
    conv = next(c for c in modelo.layers if isinstance(c, keras.layers.Conv2D))
    return keras.Model(modelo.inputs[0], conv.output)(imagenes)
