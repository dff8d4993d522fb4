import numpy as np

CAUSE_ID = "filtros-en-otro-orden"


def conv2d(x, kernel, bias):
    n, h, w, _ = x.shape
    kh, kw, _, filtros = kernel.shape
    mapas = []
    for f in range(filtros):
        mapa = np.zeros((n, h - kh + 1, w - kw + 1))
        for u in range(kh):
            for v in range(kw):
                mapa += x[:, u : u + h - kh + 1, v : v + w - kw + 1] @ kernel[u, v, :, f]
        mapas.insert(0, mapa + bias[f])
    return np.stack(mapas, axis=-1)
