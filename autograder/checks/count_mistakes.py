"""Errores típicos de la unidad 2 al contar parámetros: sesgos, canales, lados y grupos."""

from __future__ import annotations

from typing import Any

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.changes import Arguments, Change, argument, instead
from . import lessons
from .named import Named
from .ways import WITH_DECIMALS, Entries, after, before, plus

HINT_BIAS = "cada filtro o unidad suma un solo número al final; si use_bias es False, ninguno"


def weights(given: Arguments) -> int:
    """The weights of the layer, without biases."""
    height, width = as_pair(given["kernel_size"], "")
    each = height * width * (given["canales_entrada"] // given["groups"])
    return int(each * given["filters"])


def conv2d_terms(given: Arguments) -> dict[str, float]:
    """What a wrong count of a ``Conv2D`` may lack or repeat."""
    height, width = as_pair(given["kernel_size"], "")
    channels = given["canales_entrada"] // given["groups"]
    return {
        "los sesgos, uno por filtro": given["filters"],
        "los pesos de todos los filtros": weights(given),
        "los pesos de un filtro": height * width * channels,
        "los números de un filtro, con su sesgo": height * width * channels + 1,
        "los canales de entrada": given["canales_entrada"],
        "los canales que ve cada filtro": channels,
        "los pesos de un canal del kernel": height * width,
        "el alto del kernel": height,
        "el ancho del kernel": width,
        "los grupos": given["groups"],
        "un solo sesgo": 1,
    }


def dense_terms(given: Arguments) -> dict[str, float]:
    """What a wrong count of a ``Dense`` may lack or repeat."""
    return {
        "los sesgos, uno por unidad": given["unidades"],
        "un sesgo por entrada": given["entradas"],
        "los pesos de todas las unidades": given["entradas"] * given["unidades"],
        "un solo sesgo": 1,
    }


def _biases(count: Any) -> Change:
    """``count`` biases in place of one a filter or unit."""
    return Change(
        "use_bias",
        lambda given: given | {"use_bias": False},
        lambda value, given: value + (count(given) if given["use_bias"] else 0),
    )


def _sides(change: Any) -> Change:
    """Other lengths in the place of the kernel's."""
    return argument("kernel_size", lambda size: change(*as_pair(size, "")))


def _no_pairs(given: Arguments) -> Arguments:
    if not isinstance(given["kernel_size"], int):
        raise TypeError("unsupported operand type(s) for ** or pow(): 'tuple' and 'int'")
    return given


_ALWAYS = Named(
    "sesgo-contado-siempre",
    "cuentas el sesgo aunque use_bias sea False",
    HINT_BIAS,
    lessons.PARAMETERS,
).by(
    instead("use_bias", True),
)
_INVERTED = Named(
    "sesgo-contado-al-reves",
    "cuentas los sesgos justo cuando use_bias es False, y no cuando es True",
    HINT_BIAS,
    lessons.PARAMETERS,
).by(
    argument("use_bias", lambda use: not use),
)
_SUBTRACTED = "restas los sesgos; son números que también se aprenden, y se suman"

CONV2D_COUNT_MISTAKES: Entries = (
    *Named(
        "sesgos-de-filtros-sin-contar",
        "faltan los sesgos: uno por filtro",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        instead("use_bias", False),
    ),
    *_ALWAYS,
    *_INVERTED,
    *Named(
        "canales-sin-contar",
        "faltan los canales de entrada: cada filtro tiene un peso por canal",
        "un filtro mira todos los canales de su ventana a la vez: ¿cuántos pesos son?",
        lessons.PARAMETERS,
    ).by(
        before("canales_entrada", lambda given: given | {"canales_entrada": given["groups"]}),
    ),
    *Named(
        "un-solo-sesgo-para-los-filtros",
        "hay un solo sesgo para toda la capa; va uno por filtro",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        _biases(lambda given: 1),
    ),
    *Named(
        "sesgos-por-canal",
        "los sesgos se multiplican por los canales de entrada; va uno por filtro",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        _biases(lambda given: given["canales_entrada"] * given["filters"]),
        _biases(lambda given: given["canales_entrada"] // given["groups"] * given["filters"]),
    ),
    *Named(
        "sesgos-de-los-canales",
        "cuentas un sesgo por canal de entrada; va uno por filtro, que es un canal de salida",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        _biases(lambda given: given["canales_entrada"]),
        _biases(lambda given: given["canales_entrada"] // given["groups"]),
    ),
    *Named(
        "sesgos-por-peso-del-kernel",
        "cuentas un sesgo por cada peso o posición del kernel; va uno por filtro",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        _biases(weights),
        _biases(lambda given: weights(given) // given["filters"]),
        _biases(lambda given: weights(given | {"canales_entrada": given["groups"]})),
        _biases(lambda given: weights(given | {"canales_entrada": given["groups"], "filters": 1})),
    ),
    *Named("sesgos-restados", _SUBTRACTED, HINT_BIAS, lessons.PARAMETERS).by(
        _biases(lambda given: -given["filters"]),
    ),
    *Named(
        "sesgos-segun-los-grupos",
        "los sesgos no dependen de groups: va uno por filtro, sean los grupos que sean",
        "los grupos reparten los canales que ve cada filtro; los filtros siguen siendo los mismos",
        lessons.GROUPS,
    ).by(
        _biases(lambda given: given["groups"]),
        _biases(lambda given: given["filters"] * given["groups"]),
        _biases(lambda given: given["filters"] // given["groups"]),
    ),
    *Named(
        "kernel-sin-elevar-al-cuadrado",
        "el kernel cuenta como kernel_size pesos; son kernel_size × kernel_size",
        "dibuja la ventana: ¿cuántas casillas tiene?",
        lessons.PARAMETERS,
    ).by(
        _sides(lambda height, width: (height, 1)),
        _sides(lambda height, width: (1, width)),
    ),
    *Named(
        "lados-del-kernel-sumados",
        "sumas los lados del kernel, o lo doblas; las casillas de la ventana son alto × ancho",
        "dibuja la ventana: ¿cuántas casillas tiene?",
        lessons.PARAMETERS,
    ).by(
        _sides(lambda height, width: (height + width, 1)),
        _sides(lambda height, width: (2 * height, 1)),
    ),
    *Named(
        "par-de-kernel-al-cuadrado",
        "con un kernel de (alto, ancho) elevas al cuadrado uno de los dos; es alto × ancho",
        "kernel_size puede ser un par de números distintos: la ventana es un rectángulo",
        lessons.PARAMETERS,
    ).by(
        _sides(lambda height, width: (height, height)),
        _sides(lambda height, width: (width, width)),
    ),
    *Named(
        "par-de-kernel-no-admitido",
        "kernel_size puede ser un par (alto, ancho), y tu función solo admite un entero",
        "mira primero si lo que llega es un entero o un par, y quédate con un alto y un ancho",
        lessons.KERNEL_SIZE,
    ).by(
        before("kernel_size", _no_pairs),
    ),
    *Named(
        "kernel-al-cubo",
        "elevas el kernel al cubo; la ventana tiene alto × ancho casillas, y la profundidad la "
        "ponen los canales",
        "¿cuántas casillas tiene la ventana en un solo canal?",
        lessons.PARAMETERS,
    ).by(
        _sides(lambda height, width: (height * height, width)),
    ),
    *Named(
        "filtros-sin-contar",
        "cuentas los pesos de un solo filtro; la capa tiene los de todos",
        "cuenta un filtro, y después mira cuántos hay",
        lessons.PARAMETERS,
    ).by(
        plus("filters", lambda given: weights(given | {"filters": 1}) - weights(given)),
        after("filters", lambda value, given: value // given["filters"]),
    ),
    *Named(
        "formula-de-densa-en-convolucion",
        "sale la fórmula de Dense, entradas × salidas; un filtro tiene además alto × ancho pesos "
        "en cada canal",
        "una capa Dense da un peso a cada entrada; un filtro, a cada casilla de su ventana",
        lessons.PARAMETERS,
    ).by(
        before("kernel_size", lambda given: given | {"kernel_size": 1, "groups": 1}),
        before("kernel_size", lambda given: given | {"kernel_size": 1}),
    ),
    *Named(
        "imagen-contada-en-los-pesos",
        "entra en la cuenta el tamaño de la imagen; los mismos pesos sirven en todas las "
        "posiciones",
        "¿cambia el filtro cuando la imagen es más grande?",
        lessons.SHARED_WEIGHTS,
    ).by(
        plus("imagen", lambda given: 783 * weights(given)),
        plus("imagen", lambda given: 27 * weights(given)),
        after("imagen", lambda value, given: 784 * value),
    ),
    *Named(
        "grupos-sin-contar",
        "no tienes en cuenta groups: cada filtro ve solo canales / groups",
        "con grupos, un filtro no mira todos los canales: ¿cuántos le tocan?",
        lessons.GROUPS,
    ).by(
        instead("groups", 1),
    ),
    *Named(
        "grupos-contados-dos-veces",
        "groups divide dos veces: reparte los canales que ve cada filtro, pero los filtros de la "
        "capa son los mismos",
        "con grupos, un filtro ve menos canales; ¿hay menos filtros?",
        lessons.GROUPS,
    ).by(
        plus("groups", lambda given: weights(given) // given["groups"] - weights(given)),
    ),
    *Named(
        "grupos-que-multiplican",
        "multiplicas por groups; los grupos reparten los canales, y cada filtro tiene menos pesos",
        "con grupos, ¿un filtro ve más canales o menos?",
        lessons.GROUPS,
    ).by(
        plus("groups", lambda given: weights(given) * (given["groups"] ** 2 - 1)),
    ),
    *WITH_DECIMALS,
)

DENSE_COUNT_MISTAKES: Entries = (
    *Named(
        "sesgos-de-unidades-sin-contar",
        "faltan los sesgos: uno por unidad",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        instead("use_bias", False),
    ),
    *_ALWAYS,
    *_INVERTED,
    *Named(
        "sesgos-por-entrada",
        "los sesgos van uno por unidad, no uno por entrada",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        _biases(lambda given: given["entradas"]),
    ),
    *Named(
        "un-solo-sesgo-para-las-unidades",
        "hay un solo sesgo para toda la capa; va uno por unidad",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        _biases(lambda given: 1),
    ),
    *Named(
        "sesgos-por-peso",
        "cuentas un sesgo por cada peso, o por cada entrada y cada unidad; va uno por unidad",
        HINT_BIAS,
        lessons.PARAMETERS,
    ).by(
        _biases(lambda given: given["entradas"] * given["unidades"]),
        _biases(lambda given: given["entradas"] + given["unidades"]),
    ),
    *Named("sesgos-restados", _SUBTRACTED, HINT_BIAS, lessons.PARAMETERS).by(
        _biases(lambda given: -given["unidades"]),
    ),
    *Named(
        "entradas-y-unidades-sumadas",
        "sumas entradas y unidades; cada unidad tiene un peso por cada entrada: se multiplican",
        "cuenta los pesos de una sola unidad: ¿cuántos números recibe?",
        lessons.PARAMETERS,
    ).by(
        plus(
            "pesos",
            lambda given: given["entradas"]
            + given["unidades"]
            - given["entradas"] * given["unidades"],
        ),
    ),
    *Named(
        "unidades-sin-contar",
        "cuentas los pesos de una sola unidad; la capa tiene los de todas",
        "cuenta una unidad, y después mira cuántas hay",
        lessons.PARAMETERS,
    ).by(
        plus("pesos", lambda given: given["entradas"] * (1 - given["unidades"])),
        after("pesos", lambda value, given: value // given["unidades"]),
    ),
    *Named(
        "entradas-sin-contar",
        "cuentas un solo peso por unidad; cada unidad tiene uno por cada entrada",
        "cuenta los pesos de una sola unidad: ¿cuántos números recibe?",
        lessons.PARAMETERS,
    ).by(
        plus("pesos", lambda given: given["unidades"] * (1 - given["entradas"])),
    ),
    *Named(
        "tamanos-del-ejemplo",
        "sale la cuenta con los números del ejemplo en lugar de la de los argumentos que llegan",
        "busca en tu función un número escrito a mano que debería ser un argumento",
        lessons.PARAMETERS,
    ).by(
        instead("entradas", 784),
        instead("unidades", 128),
    ),
    *WITH_DECIMALS,
)
