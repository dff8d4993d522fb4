"""Las fórmulas de las lecciones: tamaños de salida, relleno, parámetros y campo receptivo.

Python puro: ni NumPy ni Numba. Un argumento que puede ser un entero o un par de enteros
(alto, ancho) se escribe como en Keras: ``3`` es lo mismo que ``(3, 3)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .arguments import (
    Pair,
    as_data_format,
    as_flag,
    as_padding,
    as_pair,
    as_positive,
    as_sizes,
    items_of,
    shown,
)


def effective_size(kernel_size: int, dilation_rate: int = 1) -> int:
    """Píxeles que abarca un kernel dilatado, con sus huecos: ``d * (k - 1) + 1``.

    Parameters
    ----------
    kernel_size : int
        Lado del kernel, en píxeles.
    dilation_rate : int
        Separación entre los pesos del kernel, en píxeles.

    Returns
    -------
    int
        Píxeles.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """
    kernel_size = as_positive(kernel_size, "kernel_size")
    return as_positive(dilation_rate, "dilation_rate") * (kernel_size - 1) + 1


def output_size(
    n: int, kernel_size: int, strides: int = 1, padding: str = "valid", dilation_rate: int = 1
) -> int:
    """Tamaño de salida de una convolución a lo largo de un eje.

    Parameters
    ----------
    n : int
        Píxeles de la entrada en ese eje.
    kernel_size, strides, dilation_rate : int
        Tamaño del kernel, paso y dilatación en ese eje.
    padding : {"valid", "same"}
        Con ``"valid"``, ``floor((n - k_ef) / s) + 1``, donde ``k_ef = d * (k - 1) + 1``;
        con ``"same"``, ``ceil(n / s)``.

    Returns
    -------
    int
        Píxeles de la salida en ese eje.

    Raises
    ------
    ValueError
        Si un argumento no es un entero positivo o el kernel no cabe en la entrada.

    Examples
    --------
    >>> output_size(28, 3), output_size(28, 3, strides=2), output_size(28, 3, padding="same")
    (26, 13, 28)
    """
    n = as_positive(n, "n")
    strides = as_positive(strides, "strides")
    window = effective_size(
        as_positive(kernel_size, "kernel_size"), as_positive(dilation_rate, "dilation_rate")
    )
    if as_padding(padding) == "same":
        return -(-n // strides)
    if window > n:
        raise ValueError(
            f"El kernel no cabe en la entrada: abarca {window} píxeles y la entrada tiene {n}; "
            "usa padding='same', un kernel menor o una entrada mayor."
        )
    return (n - window) // strides + 1


def same_padding(
    n: int, kernel_size: int, strides: int = 1, dilation_rate: int = 1
) -> tuple[int, int]:
    """Ceros que ``padding="same"`` añade antes y después de un eje.

    El total es ``max((ceil(n / s) - 1) * s + k_ef - n, 0)``; si es impar, el píxel de más va
    al final (abajo o a la derecha), como en TensorFlow.

    Parameters
    ----------
    n, kernel_size, strides, dilation_rate : int
        Píxeles de la entrada, tamaño del kernel, paso y dilatación en ese eje.

    Returns
    -------
    tuple[int, int]
        ``(antes, después)``, en píxeles.

    Raises
    ------
    ValueError
        Si un argumento no es un entero positivo.

    Examples
    --------
    >>> same_padding(28, 3), same_padding(28, 4), same_padding(28, 3, strides=2)
    ((1, 1), (1, 2), (0, 1))
    """
    size = output_size(n, kernel_size, strides, "same", dilation_rate)
    total = max((size - 1) * strides + effective_size(kernel_size, dilation_rate) - n, 0)
    return total // 2, total - total // 2


def conv2d_output_shape(
    input_shape: Sequence[int | None],
    filters: int,
    kernel_size: Pair,
    strides: Pair = 1,
    padding: str = "valid",
    dilation_rate: Pair = 1,
    data_format: str = "channels_last",
) -> tuple[int | None, ...]:
    """Forma de la salida de ``Conv2D``.

    Parameters
    ----------
    input_shape : sequence of int or None
        ``(N, H, W, C)``, o ``(N, C, H, W)`` con ``"channels_first"``. ``None`` en el lote o en
        un eje espacial significa «desconocido» y pasa a la salida.
    filters : int
        Número de filtros, que es el número de canales de la salida.
    kernel_size, strides, dilation_rate : int or (int, int)
        Tamaño del kernel, paso y dilatación.
    padding : {"valid", "same"}
    data_format : {"channels_last", "channels_first"}

    Returns
    -------
    tuple
        Forma de la salida, con los ejes en el mismo orden que la entrada.

    Raises
    ------
    ValueError
        Si la forma no tiene 4 ejes, un argumento no es válido o la salida quedaría vacía.

    Examples
    --------
    >>> conv2d_output_shape((64, 28, 28, 1), 32, 3)
    (64, 26, 26, 32)
    """
    filters = as_positive(filters, "filters")
    kernel_size = as_pair(kernel_size, "kernel_size")
    strides = as_pair(strides, "strides")
    dilation_rate = as_pair(dilation_rate, "dilation_rate")
    padding = as_padding(padding)
    shape = as_sizes(input_shape, "input_shape")
    if len(shape) != 4:
        raise ValueError(
            f"La forma de entrada debe tener 4 ejes (lote, alto, ancho, canales). "
            f"Llegó {shape}, con {len(shape)}."
        )
    first = as_data_format(data_format) == "channels_first"
    spatial = tuple(
        None if n is None else output_size(n, k, s, padding, d)
        for n, k, s, d in zip(
            shape[2:] if first else shape[1:3], kernel_size, strides, dilation_rate, strict=True
        )
    )
    return (shape[0], filters, *spatial) if first else (shape[0], *spatial, filters)


def conv2d_params(
    kernel_size: Pair, input_channels: int, filters: int, use_bias: bool = True, groups: int = 1
) -> int:
    """Parámetros de una capa ``Conv2D``: ``kh * kw * (C / groups) * filters + filters``.

    Parameters
    ----------
    kernel_size : int or (int, int)
        Alto y ancho del kernel, en píxeles.
    input_channels : int
        Canales de la entrada.
    filters : int
        Número de filtros: canales de la salida.
    use_bias : bool
        Si se suma un sesgo.
    groups : int
        Grupos de canales que se filtran por separado.

    Returns
    -------
    int
        Número de parámetros.

    Raises
    ------
    ValueError
        Si un argumento no es positivo o ``groups`` no divide a los canales y a los filtros.

    Examples
    --------
    >>> conv2d_params(5, 1, 32)
    832
    """
    height, width = as_pair(kernel_size, "kernel_size")
    input_channels = as_positive(input_channels, "input_channels")
    filters = as_positive(filters, "filters")
    check_groups(as_positive(groups, "groups"), input_channels, filters)
    return (
        height * width * (input_channels // groups) * filters
        + as_flag(use_bias, "use_bias") * filters
    )


def check_groups(groups: int, input_channels: int, filters: int) -> None:
    """Comprueba que ``groups`` reparta por igual los canales de entrada y los filtros.

    Parameters
    ----------
    groups, input_channels, filters : int
        Grupos, canales de la entrada y filtros; positivos.

    Raises
    ------
    ValueError
        Si ``groups`` no divide a los canales o a los filtros.
    """
    if input_channels % groups:
        raise ValueError(
            f"Los canales de entrada deben ser múltiplo de «groups». Llegaron "
            f"{input_channels} canales y groups={groups}."
        )
    if filters % groups:
        raise ValueError(
            f"«filters» debe ser múltiplo de «groups». Llegó filters={filters} y groups={groups}."
        )


def dense_params(inputs: int, units: int, use_bias: bool = True) -> int:
    """Parámetros de una capa ``Dense``: ``inputs * units + units``.

    Parameters
    ----------
    inputs : int
        Números que entran.
    units : int
        Neuronas.
    use_bias : bool
        Si se suma un sesgo.

    Returns
    -------
    int
        Número de parámetros.

    Raises
    ------
    ValueError
        Si un argumento no es válido.

    Examples
    --------
    >>> dense_params(1600, 128)
    204928
    """
    inputs, units = as_positive(inputs, "inputs"), as_positive(units, "units")
    return inputs * units + as_flag(use_bias, "use_bias") * units


def receptive_field(layers: Iterable[Sequence[int]]) -> int:
    """Campo receptivo, en píxeles de lado, de una pila de capas (convolución o pooling).

    Cada capa ensancha el campo ``(k_ef - 1) * salto`` píxeles, donde ``salto`` es el producto
    de los pasos de las capas anteriores.

    Parameters
    ----------
    layers : iterable of tuple
        ``(kernel_size, strides)`` o ``(kernel_size, strides, dilation_rate)`` por capa, de la
        entrada hacia la salida.

    Returns
    -------
    int
        Píxeles de lado.

    Raises
    ------
    ValueError
        Si una capa no es una tupla de 2 o 3 enteros positivos.

    References
    ----------
    A. Araujo, W. Norris, J. Sim, «Computing Receptive Fields of Convolutional Neural
    Networks», Distill, 2019.

    Examples
    --------
    >>> receptive_field([(3, 1), (3, 1)])  # dos 3×3 ven lo mismo que un 5×5
    5
    """
    field, jump = 1, 1
    pile = items_of(layers)
    if pile is None:
        raise ValueError(
            f"«layers» debe ser una lista de capas, como [(3, 1), (2, 2)]. Llegó {shown(layers)}."
        )
    for layer in pile:
        values = items_of(layer) or ()
        if len(values) not in (2, 3):
            raise ValueError(
                "Cada capa se escribe (kernel_size, strides) o (kernel_size, strides, "
                f"dilation_rate). Llegó {shown(layer)}."
            )
        names = ("kernel_size", "strides", "dilation_rate")
        size, stride, *dilation = map(as_positive, values, names)
        field += (effective_size(size, *dilation) - 1) * jump
        jump *= stride
    return field
