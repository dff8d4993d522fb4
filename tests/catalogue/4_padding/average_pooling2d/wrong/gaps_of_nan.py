import numpy as np

CAUSE_ID = "huecos-con-nan"


def average_pooling2d(x, pool_size, strides=None, padding="valid"):
    ventana = np.broadcast_to(pool_size, 2)
    pasos = ventana if strides is None else np.broadcast_to(strides, 2)
    bordes = [(0, 0), (0, 0)]
    if padding == "same":
        totales = [
            max((-(-n // s) - 1) * s + k - n, 0)
            for n, k, s in zip(x.shape[1:3], ventana, pasos, strict=True)
        ]
        bordes = [(total // 2, total - total // 2) for total in totales]
    x = np.pad(x.astype(float), [(0, 0), *bordes, (0, 0)], constant_values=np.nan)
    vistas = np.lib.stride_tricks.sliding_window_view(x, tuple(ventana), axis=(1, 2))
    return vistas[:, :: pasos[0], :: pasos[1]].mean(axis=(-1, -2))
