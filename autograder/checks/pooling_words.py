"""Lo que se dice de los errores del pooling."""

from __future__ import annotations

from . import lessons
from .named import Named


def _window(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.POOLED_WINDOW)


def _channels(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.POOLED_CHANNELS)


def _size(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.POOLED_SIZE)


def _keras(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.POOLED_BY_KERAS)


# --- what is done with a window -------------------------------------------------------------------
AVERAGED = _window(
    "promedio-en-lugar-de-maximo",
    "se queda con el promedio de cada ventana; va el máximo",
    "de 1, 3, 5 y 4, ¿qué número tiene que salir?",
)
LARGEST = _window(
    "maximo-en-lugar-de-promedio",
    "se queda con el máximo de cada ventana; va el promedio",
    "de 1, 3, 5 y 4, ¿qué número tiene que salir?",
)
POSITION = _window(
    "posicion-del-maximo",
    "devuelve el lugar que ocupa el mayor dentro de su ventana, y no cuánto vale",
    "argmax dice dónde está, y max cuál es",
)
SMALLEST = _window(
    "pooling-con-el-minimo",
    "se queda con el menor de cada ventana",
    "mira qué comparación haces: ¿con cuál de los dos se queda?",
)
SUMMED = _window(
    "pooling-que-suma",
    "suma los píxeles de cada ventana, sin quedarse con uno ni dividir",
    "de 1, 3, 5 y 4 salen 13: ¿es eso lo que se pide?",
)
MEDIAN = _window(
    "pooling-con-la-mediana",
    "se queda con la mediana de cada ventana; no es el promedio ni el máximo",
    "prueba a mano con 1, 3, 5 y 100",
)
FROM_ZERO = _window(
    "maximo-desde-cero",
    "una ventana de números negativos da 0, como cuando el máximo empieza en 0",
    "¿cuál es el mayor de −5 y −2? ¿Con qué número empieza tu comparación?",
)
SIGN_LOST = _window(
    "maximo-sin-signo",
    "busca el píxel de mayor valor absoluto; el máximo cuenta el signo: −5 es menor que 2",
    "¿cuál es el mayor de −5 y 2?",
)
ONE_PIXEL = _window(
    "pooling-de-un-pixel",
    "de cada ventana solo cuenta un píxel: te saltas los demás",
    "cambia otro píxel de la ventana y mira si la salida se entera",
)
PART_OF_WINDOW = _window(
    "ventana-a-medias",
    "la última fila o la última columna de cada ventana no cuenta",
    "range(kh) y los cortes i:i + kh ya no incluyen el final: no hay que restar uno",
)
TOO_MUCH = _window(
    "ventana-de-mas",
    "cada ventana mira una fila o una columna de más",
    "el corte i:i + kh tiene kh filas: las i, i + 1, …, i + kh − 1",
)
ALWAYS_TWO = _window(
    "ventana-siempre-de-dos",
    "la ventana mide siempre 2×2; mide lo que diga pool_size",
    "busca un 2 escrito donde debería estar pool_size",
)
ONE_SIDE = _window(
    "ventana-cuadrada",
    "usas un lado de la ventana también para el otro: pool_size puede ser un par (alto, ancho)",
    "prueba con pool_size=(2, 3)",
)
DIVIDED_BY_FOUR = _window(
    "promedio-entre-otro-numero",
    "divides entre un número que no es el de píxeles de la ventana",
    "¿cuántos píxeles tiene una ventana de 2×3?",
)
NON_ZERO = _keras(
    "promedio-sin-los-ceros",
    "no cuentas los píxeles que valen 0: un 0 de la imagen cuenta como cualquier otro",
    "¿cuál es el promedio de 4, 0, 0 y 0?",
)

# --- with which step ------------------------------------------------------------------------------
STEP_ONE = _size(
    "pooling-de-uno-en-uno",
    "sin strides, la ventana avanza de uno en uno; avanza lo que mide pool_size",
    "con pool_size=2, ¿en qué píxel empieza la segunda ventana?",
)
STEP_TWO = _size(
    "pooling-de-dos-en-dos",
    "sin strides, la ventana avanza siempre 2; avanza lo que mide pool_size",
    "con pool_size=3, ¿en qué píxel empieza la segunda ventana?",
)
ALWAYS_WINDOW = _size(
    "paso-siempre-la-ventana",
    "la ventana avanza siempre lo que mide; si llega strides, avanza lo que diga",
    "con pool_size=3 y strides=2, las ventanas comparten una fila",
)
WITHOUT_JUMPS = _size(
    "pooling-que-no-salta",
    "la salida mide lo que debe, pero la ventana avanza de uno en uno y no con el paso",
    "la salida (1, 1) mira la ventana que empieza a un paso de la esquina, no a un píxel",
)
ONE_STEP = _size(
    "paso-igual-en-los-dos-ejes",
    "usas el mismo paso en los dos ejes; cada uno lleva el suyo",
    "pasa pool_size y strides a pares, y usa cada número en su eje",
)
LAST_KEPT = _size(
    "ultima-ventana-a-medias",
    'con "valid" también cuentas la ventana que no cabe entera: lo que sobra no se mira',
    "de 11 filas, con ventanas de 2, ¿cuántas ventanas enteras salen?",
)

# --- with ``same`` --------------------------------------------------------------------------------
ZEROS_WIN = _size(
    "maximo-con-borde-de-ceros",
    'con "same" el borde son ceros, y gana a los números negativos; ahí no hay ningún píxel',
    "¿qué número no gana nunca a otro? Con ese se rellena",
)
ZEROS_COUNTED = _keras(
    "ceros-en-el-promedio",
    'con "same" los ceros del borde cuentan en el promedio; solo cuentan los píxeles que hay',
    "una ventana con un 1 y tres huecos promedia 1, no 0,25: ¿entre cuánto hay que dividir?",
)
OTHER_BORDER = _size(
    "pooling-con-numeros-en-el-borde",
    'con "same" el borde lleva un número que cuenta como si fuera un píxel; ahí no hay ninguno',
    "¿qué número de la salida cambia si cambias el del borde? No debería cambiar ninguno",
)
EDGE_COPIED = _keras(
    "pooling-con-borde-copiado",
    'con "same" el borde cuenta como si fueran copias suyas o la imagen reflejada; ahí no hay '
    "ningún píxel",
    "un píxel copiado pesa dos veces: ¿entra otra vez en el promedio?",
)
GAP_FIRST = _size(
    "hueco-sobrante-antes",
    "el hueco que sobra va antes; Keras lo pone después (abajo o a la derecha)",
    "con 5 píxeles, ventana de 2 y paso 2 falta uno: ¿a qué lado?",
)
GAPS_OTHERWISE = _size(
    "huecos-mal-repartidos",
    'con "same" los huecos no son los que tocan, o no están en su lado',
    "cuenta cuántos pone relleno_same en cada eje, antes y después, con la ventana y el paso",
)

# --- which axes -----------------------------------------------------------------------------------
OVER_CHANNELS = _channels(
    "pooling-entre-canales",
    "los canales se mezclan; cada canal se resume por su cuenta, y salen tantos como entran",
    "una ventana es un trozo de alto y de ancho: ¿en qué ejes se calcula?",
)
OVER_BATCH = _channels(
    "pooling-entre-imagenes",
    "las imágenes del lote se mezclan; cada una se resume por su cuenta",
    "una ventana es un trozo de alto y de ancho: ¿en qué ejes se calcula?",
)
OVER_EVERYTHING = _channels(
    "pooling-sin-ejes",
    "de cada ventana sale un solo número para todas las imágenes y todos los canales, como con "
    ".max() o .mean() sin axis",
    "si recortas x[:, a:b, c:d, :], ¿qué axis hay que dar?",
)
FIRST_CHANNEL = _channels(
    "solo-el-primer-canal-resumido",
    "solo se resume el primer canal; van todos",
    "cambia un píxel del último canal y mira si la salida se entera",
)
CHANNELS_MISSING = _channels(
    "canales-sin-resumir",
    "quedan canales sin resumir: el primero, el último o uno de cada dos",
    "¿en qué números empieza y acaba el bucle de los canales, si lo hay?",
)
WHOLE_IMAGE = _channels(
    "pooling-global",
    "resumes la imagen entera en un número; va uno por ventana",
    "¿cuántas ventanas de 2×2 caben en una imagen de 6×8?",
)
NAN_GAPS = _window(
    "huecos-con-nan",
    'con "same" sale NaN en las ventanas que tienen huecos: el hueco cuenta, y todo lo que se suma '
    "a NaN, o se compara con él, es NaN",
    "¿qué da np.mean de 2 y NaN? ¿Cuántos píxeles hay de verdad en esa ventana?",
)
INFINITE_GAPS = _window(
    "promedio-con-infinitos",
    'con "same" los huecos valen infinito, y el promedio de su ventana también',
    "¿qué da (2 + (−∞)) / 2? ¿Con qué número no cambia la suma?",
)
