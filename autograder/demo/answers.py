"""Respuestas de los estudiantes simulados que no son las de la solución."""

VECTORISED = {
    "correlacion2d": """
def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijkl,kl->ij", ventanas, kernel)
""",
    "convolucion_verdadera": """
def convolucion_verdadera(imagen, kernel):
    return correlacion2d(imagen, np.rot90(kernel, 2))
""",
    "correlacion_multicanal": """
def correlacion_multicanal(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape[:2], axis=(0, 1))
    return np.tensordot(ventanas, kernel.transpose(2, 0, 1), axes=3)
""",
    "conv2d": """
def conv2d(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijckl,klcf->nijf", ventanas, kernel) + bias
""",
}

FLIPPED = """
def correlacion2d(imagen, kernel):
    kernel = kernel[::-1, ::-1]
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return salida
"""

NO_BIAS = """
def conv2d(x, kernel, bias):
    n, h, w, _ = x.shape
    kh, kw, _, filtros = kernel.shape
    salida = np.zeros((n, h - kh + 1, w - kw + 1, filtros))
    for imagen in range(n):
        for f in range(filtros):
            salida[imagen, :, :, f] = correlacion_multicanal(x[imagen], kernel[..., f])
    return salida
"""

ENDLESS = """
def correlacion_multicanal(imagen, kernel):
    i = 0
    while i < imagen.shape[0]:
        j = 0  # falta i += 1
"""

KILLER = """
def convolucion_verdadera(imagen, kernel):
    import os
    os._exit(1)
"""

READY_MADE = """
from scipy.signal import convolve2d

def convolucion_verdadera(imagen, kernel):
    return convolve2d(imagen, kernel, mode="valid")
"""

NOISY_LAYER = """
import sys
import warnings

def capa_basica():
    warnings.warn("este aviso no es un error")
    print("Epoch 1/1: loss 0.4321", file=sys.stderr)
    return keras.layers.Conv2D(8, (3, 3), activation="relu", padding="same")
"""

SMALL_EQUIVALENT = """
def construir_mlp_equivalente():
    return construir_mlp()
"""

FLIPPED_WITHOUT_BIAS = """
def conv2d(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijckl,klcf->nijf", ventanas, kernel[::-1, ::-1])
"""

COUNTED_WITHOUT_BIAS = """
def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = (kernel_size, kernel_size) if np.ndim(kernel_size) == 0 else kernel_size
    return kh * kw * (canales_entrada // groups) * filters
"""

ZEROS_FIRST = """
def rellenar(x, kernel_size, strides=1):
    pares = (p if isinstance(p, tuple) else (p, p) for p in (kernel_size, strides))
    lados = [(0, 0)]
    for n, k, s in zip(x.shape[1:3], *pares):
        total = max((-(-n // s) - 1) * s + k - n, 0)
        lados.append((total - total // 2, total // 2))
    return np.pad(x, (*lados, (0, 0)))
"""
