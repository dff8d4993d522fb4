import numpy as np


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.broadcast_to(dilation_rate, 2)
    kh, kw, _, _ = kernel.shape
    alto, ancho = x.shape[1] - dh * (kh - 1), x.shape[2] - dw * (kw - 1)
    return bias + sum(
        x[:, a * dh : a * dh + alto, b * dw : b * dw + ancho] @ kernel[a, b]
        for a in range(kh)
        for b in range(kw)
    )
