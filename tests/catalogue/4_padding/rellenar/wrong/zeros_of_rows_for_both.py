import numpy as np

CAUSE_ID = "relleno-de-un-eje-para-los-dos"
FAILS = ("forma", "valores", "casos límite")


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def rellenar(x, kernel_size, strides=1):
    kh, kw = np.broadcast_to(kernel_size, 2)
    sh, sw = np.broadcast_to(strides, 2)
    (arriba, abajo), _ = (
        relleno(x.shape[1], kh, sh),
        relleno(x.shape[2], kw, sw),
    )
    return np.pad(x, [(0, 0), (arriba, abajo), (arriba, abajo), (0, 0)])
