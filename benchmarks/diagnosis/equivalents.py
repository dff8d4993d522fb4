"""Los mutantes que calculan lo mismo que la solución, y por qué: ninguna entrada los distingue."""

OVERWRITTEN = "cada número de la salida se escribe después: da igual con qué se empieza"
SYMMETRIC = "las distancias cambian de signo, y se elevan al cuadrado"
COMMUTES = "`kh` y `kw` solo se multiplican"
SAME_AXES = "son los mismos ejes en otro orden, y el extremo no depende de él"
SAME_AXIS = "de los cuatro ejes, el penúltimo es el tercero"
ZERO_OVER_ANYTHING = "donde el rango es 0 el numerador es 0: el divisor da igual mientras no lo sea"
BOTH_ONE = "las dos variables empiezan por 1"
SET = "pertenecer a un par no depende de su orden"
MESSAGE = "solo cambia el mensaje de la excepción, que no se compara"
COMMUTATIVE = "el máximo de dos números no depende de su orden"
CUT = "lo que se añade detrás sobra, y se recorta al sumar los trozos"
UNUSED = "con «same», el tamaño de la salida no mira el kernel"

_MINIMUM = "2_filtros.normalizar_filtros: minimo = kernel.min(axis=(0, 1, 2)) -> minimo = "
_RANGE = "2_filtros.normalizar_filtros: rango = kernel.max(axis=(0, 1, 2)) - minimo -> rango = "
_SIZE = "4_padding.tamano_salida: "
_REFUSED = "raise ValueError(f'el kernel abarca {abarca} píxeles y la entrada tiene {n}') -> "
_KH_KW = "(kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size"
_MAX = "4_padding.max_pooling2d: "
_POOLED = "salida = np.{}((len(x), alto, ancho, x.shape[3]))"
_PADS = "(relleno_same(x.shape[1], kh, sh), relleno_same(x.shape[{}], kw, sw))"
_MAX_PADS = f"filas, columnas = {_PADS}"
_MAX_IN = "salida[:, i, j] = ventana.max(axis={})"
_AVERAGE = "4_padding.average_pooling2d: "
_AVERAGE_PADS = f"huecos[1:3] = {_PADS}"
_HOLES = "huecos = [(0, 0), (0, 0), (0, 0), (0, 0)] -> huecos = "
_ZEROS = "np.zeros((n, h - kh + 1, w - kw + 1, filtros))"

EQUIVALENT = {
    "1_convolucion.correlacion2d: salida = np.zeros((alto, ancho)) -> "
    "salida = np.ones((alto, ancho))": OVERWRITTEN,
    f"1_convolucion.conv2d: salida = {_ZEROS} -> "
    f"salida = {_ZEROS.replace('zeros', 'ones')}": OVERWRITTEN,
    "2_filtros.filtro_gaussiano: distancia = np.arange(tamano) - (tamano - 1) / 2 -> "
    "distancia = (tamano - 1) / 2 - np.arange(tamano)": SYMMETRIC,
    f"2_filtros.parametros_conv2d: kh, kw = {_KH_KW} -> kw, kh = {_KH_KW}": COMMUTES,
    f"{_MINIMUM}kernel.min(axis=(1, 0, 2))": SAME_AXES,
    f"{_MINIMUM}kernel.min(axis=(0, 2, 1))": SAME_AXES,
    f"{_MINIMUM}kernel.min(axis=(0, 1, -2))": SAME_AXIS,
    f"{_RANGE}kernel.max(axis=(1, 0, 2)) - minimo": SAME_AXES,
    f"{_RANGE}kernel.max(axis=(0, 2, 1)) - minimo": SAME_AXES,
    f"{_RANGE}kernel.max(axis=(0, 1, -2)) - minimo": SAME_AXIS,
    "2_filtros.normalizar_filtros: return (kernel - minimo) / np.where(rango == 0, 1, rango) -> "
    "return (kernel - minimo) / np.where(rango == 0, 2, rango)": ZERO_OVER_ANYTHING,
    "3_mapas_de_caracteristicas.campo_receptivo: campo, salto = (1, 1) -> "
    "salto, campo = (1, 1)": BOTH_ONE,
    f"{_SIZE}if padding not in ('valid', 'same'): -> if padding not in ('same', 'valid'):": SET,
    f"{_SIZE}{_REFUSED}{_REFUSED.replace('{abarca}', '{kernel_size}')[:-4]}": MESSAGE,
    f"{_SIZE}{_REFUSED}{_REFUSED.replace('{n}', '{strides}')[:-4]}": MESSAGE,
    "4_padding.relleno_same: total = max((salida - 1) * strides + abarca - n, 0) -> "
    "total = max(0, (salida - 1) * strides + abarca - n)": COMMUTATIVE,
    "4_padding.relleno_same: salida = tamano_salida(n, kernel_size, strides, 'same') -> "
    "salida = tamano_salida(n, strides, strides, 'same')": UNUSED,
    "4_padding.rellenar: columnas = relleno_same(x.shape[2], kw, sw) -> "
    "columnas = relleno_same(x.shape[-2], kw, sw)": SAME_AXIS,
    "4_padding.conv2d: ancho = tamano_salida(x.shape[2], kw, sw) -> "
    "ancho = tamano_salida(x.shape[-2], kw, sw)": SAME_AXIS,
    f"{_MAX}{_POOLED.format('zeros')} -> {_POOLED.format('ones')}": OVERWRITTEN,
    f"{_MAX}ancho = tamano_salida(x.shape[2], kw, sw) -> "
    "ancho = tamano_salida(x.shape[-2], kw, sw)": SAME_AXIS,
    f"{_MAX}{_MAX_PADS.format(2)} -> {_MAX_PADS.format(-2)}": SAME_AXIS,
    f"{_MAX}{_MAX_IN.format('(1, 2)')} -> {_MAX_IN.format('(2, 1)')}": SAME_AXES,
    f"{_MAX}{_MAX_IN.format('(1, 2)')} -> {_MAX_IN.format('(1, -2)')}": SAME_AXIS,
    f"{_AVERAGE}ancho = tamano_salida(x.shape[2], kw, sw, padding) -> "
    "ancho = tamano_salida(x.shape[-2], kw, sw, padding)": SAME_AXIS,
    f"{_AVERAGE}{_AVERAGE_PADS.format(2)} -> {_AVERAGE_PADS.format(-2)}": SAME_AXIS,
    f"{_AVERAGE}{_HOLES}[(0, 0), (0, 1), (0, 0), (0, 0)]": CUT,
    f"{_AVERAGE}{_HOLES}[(0, 0), (0, 0), (0, 1), (0, 0)]": CUT,
}
