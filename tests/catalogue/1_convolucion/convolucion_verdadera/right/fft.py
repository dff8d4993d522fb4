import numpy as np


def convolucion_verdadera(imagen, kernel):
    kh, kw = kernel.shape
    # The circular convolution is the true one wherever the window does not wrap around.
    espectro = np.fft.fft2(imagen) * np.fft.fft2(kernel, imagen.shape)
    return np.fft.ifft2(espectro).real[kh - 1 :, kw - 1 :]
