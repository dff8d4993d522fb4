import numpy as np

CAUSE_ID = "un-canal-del-kernel-para-todos"
FAILS = ("valores", "casos límite")


def correlacion_multicanal(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape[:2], axis=(0, 1))
    return np.einsum("ijcuv,uv->ij", ventanas, kernel[:, :, 0])
