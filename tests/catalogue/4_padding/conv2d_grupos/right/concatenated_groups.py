import numpy as np


def conv2d(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcab,abcf->nijf", ventanas, kernel) + bias


def conv2d_grupos(x, kernel, bias, groups=1):
    trozos = zip(
        np.split(x, groups, axis=3),
        np.split(kernel, groups, axis=3),
        np.split(bias, groups),
        strict=True,
    )
    return np.concatenate([conv2d(*trozo) for trozo in trozos], axis=3)
