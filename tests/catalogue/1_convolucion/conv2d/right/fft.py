import numpy as np


def conv2d(x, kernel, bias):
    kh, kw, _, _ = kernel.shape
    _, alto, ancho, _ = x.shape
    imagenes = np.fft.fft2(x, axes=(1, 2))
    filtros = np.fft.fft2(kernel, (alto, ancho), axes=(0, 1)).conj()
    circular = np.fft.ifft2(np.einsum("nuvc,uvcf->nuvf", imagenes, filtros), axes=(1, 2)).real
    return circular[:, : alto - kh + 1, : ancho - kw + 1] + bias
