"""La variable misma: se convierte al viajar."""

import keras


def filtros_aprendidos(modelo):
    return next(c for c in modelo.layers if isinstance(c, keras.layers.Conv2D)).kernel
