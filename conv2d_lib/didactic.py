"""La operación tal como la escribe un libro: lenta, corta y para leer.

Cada una es la definición que explica una lección, sin optimizar; los decoradores dicen qué ejes
espera de cada arreglo.
La versión rápida y completa es :func:`conv2d_lib.conv2d`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .arguments import as_padding, as_pair, as_positive
from .arrays import takes_arrays
from .shapes import output_size, same_padding


def _fits(image: np.ndarray, kernel: np.ndarray) -> None:
    too_big = any(k > n for k, n in zip(kernel.shape, image.shape, strict=True))
    if too_big or not kernel.size:
        raise ValueError(
            f"«kernel» debe caber en «image». Llegó uno de forma {kernel.shape} para una "
            f"imagen de forma {image.shape}."
        )


def _same_channels(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray | None, **_: Any) -> None:
    if not kernel.size or kernel.shape[2] != x.shape[3]:
        raise ValueError(
            f"«kernel» debe tener tantos canales (su tercer eje) como «x», {x.shape[3]}: se "
            f"recibió la forma {kernel.shape}."
        )
    if bias is not None and bias.shape != kernel.shape[3:]:
        raise ValueError(
            f"«bias» debe tener un valor por filtro, {kernel.shape[3]}. Llegó la forma "
            f"{bias.shape}."
        )


@takes_arrays(_fits, image=2, kernel=2)
def correlate2d_loops(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Correlación de una imagen con un kernel, lo que ``Conv2D`` llama convolución.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (kh, kw)

    Returns
    -------
    ndarray, shape (H - kh + 1, W - kw + 1)

    Raises
    ------
    ValueError
        Si los arreglos no tienen los ejes que se piden o no van juntos.

    Examples
    --------
    >>> image, kernel = np.arange(9.0).reshape(3, 3), np.array([[0.0, 1.0], [2.0, 3.0]])
    >>> correlate2d_loops(image, kernel)  # 0·0 + 1·1 + 3·2 + 4·3 = 19
    array([[19., 25.],
           [37., 43.]])
    """
    kh, kw = kernel.shape
    height, width = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((height, width), np.result_type(image, kernel))
    for i in range(height):
        for j in range(width):
            window = image[i : i + kh, j : j + kw]
            output[i, j] = (window * kernel).sum()
    return output


@takes_arrays(_fits, image=2, kernel=2)
def convolve2d_loops(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Convolución verdadera: correlación con el kernel volteado en ambos ejes.

    Parameters
    ----------
    image : array_like, shape (H, W)
        La imagen.
    kernel : array_like, shape (kh, kw)
        El kernel, no mayor que la imagen.

    Returns
    -------
    ndarray, shape (H - kh + 1, W - kw + 1)

    Raises
    ------
    ValueError
        Si los arreglos no tienen los ejes que se piden o no van juntos.

    Examples
    --------
    >>> image, kernel = np.arange(9.0).reshape(3, 3), np.array([[0.0, 1.0], [2.0, 3.0]])
    >>> convolve2d_loops(image, kernel)  # volteado: 0·3 + 1·2 + 3·1 + 4·0 = 5
    array([[ 5., 11.],
           [23., 29.]])
    """
    return correlate2d_loops(image, kernel[::-1, ::-1])


def _pad(x: np.ndarray, kernel_size: tuple[int, int], strides: int, padding: str) -> np.ndarray:
    if as_padding(padding) == "valid":
        return x
    rows, columns = (
        same_padding(n, k, strides) for n, k in zip(x.shape[1:3], kernel_size, strict=True)
    )
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))


@takes_arrays(_same_channels, x=4, kernel=4, bias=1)
def conv2d_loops(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray | None = None,
    strides: int = 1,
    padding: str = "valid",
) -> np.ndarray:
    """``Conv2D`` con sus siete bucles a la vista.

    Parameters
    ----------
    x : ndarray, shape (N, H, W, C)
    kernel : ndarray, shape (kh, kw, C, F)
    bias : ndarray, shape (F,), optional
    strides : int
        Paso, el mismo en ambos ejes.
    padding : {"valid", "same"}

    Returns
    -------
    ndarray, shape (N, H', W', F)

    Raises
    ------
    ValueError
        Si los arreglos no tienen los ejes que se piden o no van juntos.

    Examples
    --------
    >>> x, kernel = np.ones((1, 5, 5, 3)), np.ones((3, 3, 3, 2))
    >>> conv2d_loops(x, kernel, strides=2)[0, :, :, 0]  # 3 · 3 · 3 = 27
    array([[27., 27.],
           [27., 27.]])
    """
    kh, kw, channels, filters = kernel.shape
    height = output_size(x.shape[1], kh, strides, padding)
    width = output_size(x.shape[2], kw, strides, padding)
    x = _pad(x, (kh, kw), strides, padding)
    output = np.zeros((len(x), height, width, filters), np.result_type(x, kernel))
    for n in range(len(x)):
        for i in range(height):
            for j in range(width):
                for f in range(filters):
                    total = 0.0 if bias is None else bias[f]
                    for a in range(kh):
                        for b in range(kw):
                            for c in range(channels):
                                pixel = x[n, i * strides + a, j * strides + b, c]
                                total += pixel * kernel[a, b, c, f]
                    output[n, i, j, f] = total
    return output


@takes_arrays(x=4)
def im2col(x: np.ndarray, kernel_size: int | tuple[int, int], strides: int = 1) -> np.ndarray:
    """Copia cada ventana de la imagen en una fila de una matriz.

    Parameters
    ----------
    x : ndarray, shape (N, H, W, C)
        Ya rellenada, si hace falta relleno.
    kernel_size : int or (int, int)
    strides : int

    Returns
    -------
    ndarray, shape (N * H' * W', kh * kw * C)
        Las columnas van en el orden (fila, columna, canal) del kernel.

    Raises
    ------
    ValueError
        Si los arreglos no tienen los ejes que se piden o no van juntos.

    Examples
    --------
    >>> im2col(np.arange(9.0).reshape(1, 3, 3, 1), 2)
    array([[0., 1., 3., 4.],
           [1., 2., 4., 5.],
           [3., 4., 6., 7.],
           [4., 5., 7., 8.]])
    """
    kh, kw = as_pair(kernel_size, "kernel_size")
    strides = as_positive(strides, "strides")
    output_size(x.shape[1], kh), output_size(x.shape[2], kw)  # Does the window fit?
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    windows = windows[:, ::strides, ::strides]  # (N, H', W', C, kh, kw)
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, kh * kw * x.shape[3])


@takes_arrays(_same_channels, x=4, kernel=4, bias=1)
def conv2d_im2col(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray | None = None,
    strides: int = 1,
    padding: str = "valid",
) -> np.ndarray:
    """``Conv2D`` como un solo producto de matrices: :func:`im2col` por el kernel aplanado.

    Recibe y devuelve lo mismo que :func:`conv2d_loops`. La copia de las ventanas ocupa
    ``kh * kw`` veces la memoria de la entrada: ese es el precio de la rapidez.

    Parameters
    ----------
    x : array_like, shape (N, H, W, C)
        Lote de imágenes.
    kernel : array_like, shape (kh, kw, C, F)
        Pesos de los F filtros.
    bias : array_like, shape (F,), optional
        Sesgo que se suma a cada filtro.
    strides : int
        Paso, el mismo en ambos ejes, en píxeles.
    padding : {"valid", "same"}
        Sin relleno, o con el que da ``ceil(n / s)`` píxeles.

    Returns
    -------
    ndarray, shape (N, H', W', F)

    Raises
    ------
    ValueError
        Si los arreglos no tienen los ejes que se piden o no van juntos.

    Examples
    --------
    >>> x, kernel = np.ones((1, 5, 5, 3)), np.ones((3, 3, 3, 2))
    >>> np.array_equal(conv2d_im2col(x, kernel), conv2d_loops(x, kernel))
    True
    """
    kh, kw, _, filters = kernel.shape
    height = output_size(x.shape[1], kh, strides, padding)
    width = output_size(x.shape[2], kw, strides, padding)
    columns = im2col(_pad(x, (kh, kw), strides, padding), (kh, kw), strides)
    output = columns @ kernel.reshape(-1, filters)  # (N·H'·W', kh·kw·C) @ (kh·kw·C, F)
    if bias is not None:
        output = output + bias
    return output.reshape(len(x), height, width, filters)
