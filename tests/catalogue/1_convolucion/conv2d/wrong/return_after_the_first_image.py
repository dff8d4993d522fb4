import numpy as np

CAUSE_ID = "solo-el-primer-ejemplo"


def conv2d(x, kernel, bias):
    n, h, w, _ = x.shape
    kh, kw, _, filtros = kernel.shape
    salida = np.zeros((n, h - kh + 1, w - kw + 1, filtros))
    for k in range(n):
        for i in range(h - kh + 1):
            for j in range(w - kw + 1):
                for f in range(filtros):
                    salida[k, i, j, f] = (x[k, i : i + kh, j : j + kw] * kernel[..., f]).sum()
                    salida[k, i, j, f] += bias[f]
        return salida
