import numpy as np


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    forma = np.add(imagen.shape, kernel.shape) - 1
    espectro = np.fft.rfft2(imagen, forma) * np.fft.rfft2(kernel[::-1, ::-1], forma)
    completa = np.fft.irfft2(espectro, forma)
    return completa[kh - 1 : imagen.shape[0], kw - 1 : imagen.shape[1]]
