import numpy as np


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.broadcast_to(dilation_rate, 2)
    kh, kw, canales, filtros = kernel.shape
    grande = np.zeros((*x.shape[1:3], canales, filtros))
    grande[: dh * kh : dh, : dw * kw : dw] = kernel
    espectro = np.fft.fft2(x, axes=(1, 2)), np.fft.fft2(grande, axes=(0, 1)).conj()
    circular = np.fft.ifft2(np.einsum("nuvc,uvcf->nuvf", *espectro), axes=(1, 2)).real
    return circular[:, : x.shape[1] - dh * (kh - 1), : x.shape[2] - dw * (kw - 1)] + bias
