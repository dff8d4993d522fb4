import numpy as np


def correlacion_multicanal(imagen, kernel):
    kh, kw, _ = kernel.shape
    espectro = np.fft.fft2(imagen, axes=(0, 1))
    filtro = np.fft.fft2(kernel, imagen.shape[:2], axes=(0, 1))
    circular = np.fft.ifft2((espectro * filtro.conj()).sum(axis=2)).real
    return circular[: imagen.shape[0] - kh + 1, : imagen.shape[1] - kw + 1]
