import numpy as np

CAUSE_ID = "filtros-de-uno-en-uno"


def conv2d_grupos(x, kernel, bias, groups=1):
    kh, kw, canales, filtros = kernel.shape
    por_grupo = filtros // groups
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    partes = []
    for g in range(groups):
        ve = ventanas[:, :, :, g * canales : (g + 1) * canales]
        escribe = slice(g * por_grupo, (g + 1) * por_grupo)
        partes.append(np.einsum("nijcuv,uvcf->nijf", ve, kernel[..., escribe]) + bias[escribe])
    salida = np.empty((*ventanas.shape[:3], filtros))
    for g, parte in enumerate(partes):
        salida[..., g::groups] = parte
    return salida
