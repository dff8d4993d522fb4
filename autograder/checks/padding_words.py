"""Lo que se dice de los errores que cometen tanto los tamaños de un eje como las capas enteras."""

from __future__ import annotations

from . import lessons
from .named import Named

ODD_FIRST = Named(
    "cero-sobrante-antes",
    "el cero que sobra va antes; Keras lo pone después (abajo o a la derecha)",
    "cuando el total de ceros es impar, los dos lados no reciben lo mismo: mira a cuál le toca más",
    lessons.ODD_ZERO,
)
WITHOUT_STRIDES = Named(
    "relleno-sin-el-paso",
    "el relleno no tiene en cuenta el paso (strides)",
    "calcula primero cuánto mide la salida con ese paso, y luego cuántos ceros hacen falta",
    lessons.TWO_FORMULAS,
)
SYMMETRIC = Named(
    "relleno-simetrico",
    'rellenas lo mismo a los dos lados; con "same" el total puede ser impar',
    "reparte un total de 3 ceros entre dos lados: ¿cuánto va a cada uno?",
    lessons.ODD_ZERO,
)
SWAPPED = Named(
    "alto-y-ancho-cambiados",
    "el alto y el ancho están intercambiados",
    "prueba con un par de números distintos y sigue cuál de los dos llega a las filas",
    lessons.NHWC,
)
DILATION_IGNORED = Named(
    "dilatacion-ignorada",
    "no tienes en cuenta la dilatación",
    "dibuja un kernel de 3 con dilatación 2 y cuenta cuántos píxeles abarca",
    lessons.DILATION,
)
DILATION_TIMES_KERNEL = Named(
    "dilatacion-por-el-kernel",
    "un kernel dilatado no abarca dilatación × kernel: los huecos están solo entre los pesos",
    "dibuja un kernel de 3 con dilatación 2 y cuenta cuántos píxeles abarca",
    lessons.DILATION,
)
STRIDES_IGNORED = Named(
    "pasos-ignorados",
    "no tienes en cuenta el paso (strides)",
    "con paso 2, la segunda ventana no empieza en el píxel 1",
    lessons.STRIDES,
)
VALID_ROUNDED_UP = Named(
    "valid-redondeado-arriba",
    'con "valid" se redondea hacia abajo: ⌊(n − k_ef) / s⌋ + 1',
    "la última ventana tiene que caber entera: lo que sobra no se usa",
    lessons.TWO_FORMULAS,
)
SAME_ROUNDED_DOWN = Named(
    "same-redondeado-abajo",
    'con "same" hay que redondear hacia arriba: ⌈n / s⌉',
    "con 5 píxeles y paso 2, ¿qué ventana mira el último píxel?",
    lessons.TWO_FORMULAS,
)
SAME_KEEPS_SIZE = Named(
    "same-sin-reducir",
    'con "same" el paso también reduce: ⌈n / s⌉',
    "«same» conserva el tamaño solo cuando el paso es 1",
    lessons.TWO_FORMULAS,
)
NEGATIVE = Named(
    "relleno-negativo",
    "el total sale negativo; como poco es 0",
    "¿qué pasa cuando el paso es mayor que el kernel?",
    lessons.TWO_FORMULAS,
)
