import numpy as np

CAUSE_ID = "grupos-ignorados"


def conv2d_grupos(x, kernel, bias, groups=1):
    completo = np.concatenate([kernel] * groups, axis=2)
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcuv,uvcf->nijf", ventanas, completo) + bias
