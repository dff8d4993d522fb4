import numpy as np


def conv2d_grupos(x, kernel, bias, groups=1):
    kh, kw, canales, filtros = kernel.shape
    imagenes = np.fft.fft2(x, axes=(1, 2))
    pesos = np.fft.fft2(kernel, x.shape[1:3], axes=(0, 1)).conj()
    mapas = []
    for f in range(filtros):
        g = f // (filtros // groups)
        suyos = imagenes[..., g * canales : (g + 1) * canales]
        mapas.append(np.fft.ifft2((suyos * pesos[..., f]).sum(axis=3)).real)
    circular = np.stack(mapas, axis=3)
    return circular[:, : x.shape[1] - kh + 1, : x.shape[2] - kw + 1] + bias
