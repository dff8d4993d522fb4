"""Wrong answers to unit 4, as a student would write them; the catalogue had not been read."""

import math

import numpy as np

from benchmarks.diagnosis.answers import unseen


def par(valor):
    return (valor, valor) if np.ndim(valor) == 0 else tuple(valor)


def mide(n, k, s=1, padding="valid", d=1):
    if padding == "same":
        return -(-n // s)
    if padding != "valid":
        raise ValueError(padding)
    k = d * (k - 1) + 1
    if k > n:
        raise ValueError("no cabe")
    return (n - k) // s + 1


def ceros(n, k, s=1, d=1):
    total = max((mide(n, k, s, "same") - 1) * s + d * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2


def rellena(x, k, s=1, **opciones):
    (kh, kw), (sh, sw) = par(k), par(s)
    bordes = [(0, 0), ceros(x.shape[1], kh, sh), ceros(x.shape[2], kw, sw), (0, 0)]
    return np.pad(x, bordes, **opciones)


def capa(x, kernel, bias, strides=1, padding="valid"):
    kh, kw, _, f = kernel.shape
    sh, sw = par(strides)
    if padding == "same":
        x = rellena(x, (kh, kw), strides)
    a, b = mide(x.shape[1], kh, sh), mide(x.shape[2], kw, sw)
    y = np.zeros((len(x), a, b, f)) + bias
    for u in range(kh):
        for v in range(kw):
            y += x[:, u::sh, v::sw][:, :a, :b] @ kernel[u, v]
    return y


# --- tamano_salida ---------------------------------------------------------------------------


def comprueba(n, kernel_size, padding, dilation_rate):
    if padding not in ("valid", "same"):
        raise ValueError(f"padding desconocido: {padding}")
    if padding == "valid" and dilation_rate * (kernel_size - 1) + 1 > n:
        raise ValueError("el kernel no cabe")


@unseen("4_padding.tamano_salida", r"same")
def same_es_n(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return n
    return (n - dilation_rate * (kernel_size - 1) - 1) // strides + 1


@unseen("4_padding.tamano_salida", r"arriba|techo|same|redonde")
def same_hacia_abajo(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return n // strides
    return (n - dilation_rate * (kernel_size - 1) - 1) // strides + 1


@unseen("4_padding.tamano_salida", r"\+ ?1|uno de menos|falta")
def valid_sin_el_uno(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return math.ceil(n / strides)
    return (n - dilation_rate * (kernel_size - 1) - 1) // strides


@unseen("4_padding.tamano_salida", r"abajo|redonde|techo|arriba")
def valid_hacia_arriba(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return math.ceil(n / strides)
    return math.ceil((n - dilation_rate * (kernel_size - 1) - 1) / strides) + 1


@unseen("4_padding.tamano_salida", r"dilat|abarca")
def dilatacion_por_k(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return -(-n // strides)
    return (n - dilation_rate * kernel_size) // strides + 1


@unseen("4_padding.tamano_salida", r"dilat")
def dilatacion_olvidada(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return -(-n // strides)
    return (n - kernel_size) // strides + 1


@unseen("4_padding.tamano_salida", r"paso|strides")
def paso_olvidado(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return n
    return n - dilation_rate * (kernel_size - 1)


@unseen("4_padding.tamano_salida", r"ValueError|cabe|error")
def sin_errores(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        return -(-n // strides)
    return (n - dilation_rate * (kernel_size - 1) - 1) // strides + 1


@unseen("4_padding.tamano_salida", r"igual|cabe|tan grande")
def no_cabe_si_es_igual(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    if padding == "same":
        return -(-n // strides)
    k = dilation_rate * (kernel_size - 1) + 1
    if k >= n:
        raise ValueError("el kernel no cabe")
    return (n - k) // strides + 1


@unseen("4_padding.tamano_salida", r"same|P|rellen|fórmula|apuntes")
def formula_de_los_apuntes(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    k = dilation_rate * (kernel_size - 1) + 1
    p = (k - 1) // 2 if padding == "same" else 0
    return (n - k + 2 * p) // strides + 1


@unseen("4_padding.tamano_salida", r"redonde|entero|decimal|abajo")
def valid_con_round(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return math.ceil(n / strides)
    return round((n - dilation_rate * (kernel_size - 1) - 1) / strides) + 1


@unseen("4_padding.tamano_salida", r"intercambi|kernel.*paso|paso.*kernel")
def kernel_y_paso_cambiados(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return -(-n // strides)
    return (n - strides) // kernel_size + 1


@unseen("4_padding.tamano_salida", r"entero|decimal|división|//")
def valid_con_decimales(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return -(-n // strides)
    return (n - dilation_rate * (kernel_size - 1) - 1) / strides + 1


@unseen("4_padding.tamano_salida", None)
def dilatacion_que_divide(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return -(-n // (strides * dilation_rate))
    return (n - dilation_rate * (kernel_size - 1) - 1) // strides + 1


# --- relleno_same ----------------------------------------------------------------------------


def total_same(n, k, s=1, d=1):
    return (math.ceil(n / s) - 1) * s + d * (k - 1) + 1 - n


@unseen("4_padding.relleno_same", r"después|antes|impar|sobra")
def el_que_sobra_antes(n, kernel_size, strides=1, dilation_rate=1):
    total = max(0, total_same(n, kernel_size, strides, dilation_rate))
    return math.ceil(total / 2), total // 2


@unseen("4_padding.relleno_same", r"paso")
def relleno_de_paso_uno(n, kernel_size, strides=1, dilation_rate=1):
    total = dilation_rate * (kernel_size - 1)
    return total // 2, total - total // 2


@unseen("4_padding.relleno_same", r"negativ|0|max")
def relleno_negativo(n, kernel_size, strides=1, dilation_rate=1):
    total = total_same(n, kernel_size, strides, dilation_rate)
    return total // 2, total - total // 2


@unseen("4_padding.relleno_same", r"dilat")
def relleno_sin_dilatar(n, kernel_size, strides=1, dilation_rate=1):
    total = max(0, total_same(n, kernel_size, strides))
    return total // 2, total - total // 2


@unseen("4_padding.relleno_same", r"simétr|mismo.*lados|impar|paso|iguales")
def relleno_k_medios(n, kernel_size, strides=1, dilation_rate=1):
    p = (dilation_rate * (kernel_size - 1) + 1) // 2
    return p, p


@unseen("4_padding.relleno_same", r"impar|sobra|simétr|iguales|mitad")
def pierde_el_impar(n, kernel_size, strides=1, dilation_rate=1):
    total = max(0, total_same(n, kernel_size, strides, dilation_rate))
    return total // 2, total // 2


@unseen("4_padding.relleno_same", r"después|antes|todo")
def todo_despues(n, kernel_size, strides=1, dilation_rate=1):
    return 0, max(0, total_same(n, kernel_size, strides, dilation_rate))


@unseen("4_padding.relleno_same", r"dos veces|doble|cada lado|repart|mitad")
def el_total_en_cada_lado(n, kernel_size, strides=1, dilation_rate=1):
    total = max(0, total_same(n, kernel_size, strides, dilation_rate))
    return total, total


@unseen("4_padding.relleno_same", r"arriba|techo|redonde|abajo|⌈|ceil")
def salida_hacia_abajo(n, kernel_size, strides=1, dilation_rate=1):
    total = max(0, (n // strides - 1) * strides + dilation_rate * (kernel_size - 1) + 1 - n)
    return total // 2, total - total // 2


@unseen("4_padding.relleno_same", r"par|total|dos")
def solo_el_total(n, kernel_size, strides=1, dilation_rate=1):
    return max(0, total_same(n, kernel_size, strides, dilation_rate))


@unseen("4_padding.relleno_same", r"dilat")
def dilatacion_mal_ensanchada(n, kernel_size, strides=1, dilation_rate=1):
    total = max(0, (math.ceil(n / strides) - 1) * strides + dilation_rate * kernel_size - n)
    return total // 2, total - total // 2


# --- rellenar --------------------------------------------------------------------------------


@unseen("4_padding.rellenar", r"borde|repet|edge")
def rellena_con_el_borde(x, kernel_size, strides=1):
    return rellena(x, kernel_size, strides, mode="edge")


@unseen("4_padding.rellenar", r"espejo|reflej|reflect|simétric")
def rellena_con_espejo(x, kernel_size, strides=1):
    return rellena(x, kernel_size, strides, mode="symmetric")


@unseen("4_padding.rellenar", r"paso")
def rellena_sin_mirar_el_paso(x, kernel_size, strides=1):
    return rellena(x, kernel_size)


@unseen("4_padding.rellenar", r"fila|column|un eje|solo")
def rellena_solo_filas(x, kernel_size, strides=1):
    kh, sh = par(kernel_size)[0], par(strides)[0]
    return np.pad(x, [(0, 0), ceros(x.shape[1], kh, sh), (0, 0), (0, 0)])


@unseen("4_padding.rellenar", r"intercambi|cambiad|alto.*ancho|filas.*columnas|orden")
def rellena_con_kernel_al_reves(x, kernel_size, strides=1):
    return rellena(x, par(kernel_size)[::-1], par(strides)[::-1])


@unseen("4_padding.rellenar", r"antes|después|impar|lado")
def rellena_antes(x, kernel_size, strides=1):
    (kh, kw), (sh, sw) = par(kernel_size), par(strides)
    filas, columnas = ceros(x.shape[1], kh, sh), ceros(x.shape[2], kw, sw)
    return np.pad(x, [(0, 0), filas[::-1], columnas[::-1], (0, 0)])


@unseen("4_padding.rellenar", r"simétr|k ?// ?2|impar|lados|paso|iguales")
def rellena_k_medios(x, kernel_size, strides=1):
    kh, kw = par(kernel_size)
    return np.pad(x, [(0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2), (0, 0)])


@unseen("4_padding.rellenar", r"cuadrad|mismo.*ejes|filas|alto|imagen")
def rellena_como_si_fuera_cuadrada(x, kernel_size, strides=1):
    (kh, kw), (sh, sw) = par(kernel_size), par(strides)
    return np.pad(x, [(0, 0), ceros(x.shape[1], kh, sh), ceros(x.shape[1], kw, sw), (0, 0)])


@unseen("4_padding.rellenar", r"cero|valor|uno|constante")
def rellena_con_unos(x, kernel_size, strides=1):
    return rellena(x, kernel_size, strides, constant_values=1)


@unseen("4_padding.rellenar", None)
def rellena_con_la_media(x, kernel_size, strides=1):
    return rellena(x, kernel_size, strides, mode="mean")


@unseen("4_padding.rellenar", r"doble|complet|full|de más|total|k ?[-−] ?1")
def rellena_de_mas(x, kernel_size, strides=1):
    kh, kw = par(kernel_size)
    return np.pad(x, [(0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1), (0, 0)])


@unseen("4_padding.rellenar", r"circular|vuelta|wrap|otro lado")
def rellena_circular(x, kernel_size, strides=1):
    return rellena(x, kernel_size, strides, mode="wrap")


# --- conv2d con paso y relleno ---------------------------------------------------------------


@unseen("4_padding.conv2d", r"paso|strides")
def ventana_en_i(x, kernel, bias, strides=1, padding="valid"):
    kh, kw, _, f = kernel.shape
    sh, sw = par(strides)
    if padding == "same":
        x = rellena(x, (kh, kw), strides)
    a, b = mide(x.shape[1], kh, sh), mide(x.shape[2], kw, sw)
    y = np.zeros((len(x), a, b, f))
    for i in range(a):
        for j in range(b):
            y[:, i, j] = np.tensordot(x[:, i : i + kh, j : j + kw], kernel, 3) + bias
    return y


@unseen("4_padding.conv2d", r"paso.*(cambi|intercambi|ejes|orden)|(cambi|intercambi).*paso")
def pasos_cambiados(x, kernel, bias, strides=1, padding="valid"):
    return capa(x, kernel, bias, par(strides)[::-1], padding)


@unseen("4_padding.conv2d", r"paso 1|relleno|rellen")
def same_de_paso_uno_y_submuestreo(x, kernel, bias, strides=1, padding="valid"):
    sh, sw = par(strides)
    return capa(x, kernel, bias, 1, padding)[:, ::sh, ::sw]


@unseen("4_padding.conv2d", r"antes|impar|delante|rellen")
def ceros_delante(x, kernel, bias, strides=1, padding="valid"):
    (kh, kw), (sh, sw) = kernel.shape[:2], par(strides)
    if padding == "same":
        filas, columnas = ceros(x.shape[1], kh, sh), ceros(x.shape[2], kw, sw)
        x = np.pad(x, [(0, 0), filas[::-1], columnas[::-1], (0, 0)])
    return capa(x, kernel, bias, strides)


@unseen("4_padding.conv2d", r"padding|same|rellen")
def siempre_valid(x, kernel, bias, strides=1, padding="valid"):
    return capa(x, kernel, bias, strides)


@unseen("4_padding.conv2d", r"padding|valid|rellen")
def siempre_same(x, kernel, bias, strides=1, padding="valid"):
    return capa(x, kernel, bias, strides, "same")


@unseen("4_padding.conv2d", r"paso|strides")
def sin_paso(x, kernel, bias, strides=1, padding="valid"):
    return capa(x, kernel, bias, 1, padding)


@unseen("4_padding.conv2d", r"paso.*(ancho|alto|ejes|primer)|eje")
def el_mismo_paso_en_los_dos_ejes(x, kernel, bias, strides=1, padding="valid"):
    return capa(x, kernel, bias, par(strides)[0], padding)


@unseen("4_padding.conv2d", r"sesgo")
def paso_y_relleno_sin_sesgo(x, kernel, bias, strides=1, padding="valid"):
    return capa(x, kernel, np.zeros_like(bias), strides, padding)


@unseen("4_padding.conv2d", r"gir|volte")
def paso_y_relleno_girada(x, kernel, bias, strides=1, padding="valid"):
    return capa(x, kernel[::-1, ::-1], bias, strides, padding)


@unseen("4_padding.conv2d", r"borde|repet|edge")
def same_con_el_borde(x, kernel, bias, strides=1, padding="valid"):
    if padding == "same":
        x = rellena(x, kernel.shape[:2], strides, mode="edge")
    return capa(x, kernel, bias, strides)


@unseen("4_padding.conv2d", r"simétr|impar|rellen|paso")
def same_con_k_medios(x, kernel, bias, strides=1, padding="valid"):
    if padding == "same":
        kh, kw = kernel.shape[:2]
        x = np.pad(x, [(0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2), (0, 0)])
    return capa(x, kernel, bias, strides)


@unseen("4_padding.conv2d", r"sesgo.*borde|sesgo|rellen")
def sesgo_antes_de_rellenar(x, kernel, bias, strides=1, padding="valid"):
    dentro = capa(x, kernel, np.zeros_like(bias), strides, padding)
    if padding == "same":
        dentro[:, 1:-1, 1:-1] += bias
        return dentro
    return dentro + bias


@unseen("4_padding.conv2d", None)
def paso_en_los_pesos(x, kernel, bias, strides=1, padding="valid"):
    kh, kw, _, f = kernel.shape
    sh, sw = par(strides)
    if padding == "same":
        x = rellena(x, (kh, kw), strides)
    a, b = mide(x.shape[1], kh, sh), mide(x.shape[2], kw, sw)
    y = np.zeros((len(x), a, b, f)) + bias
    for u in range(0, kh, sh):
        for v in range(0, kw, sw):
            y += x[:, u::sh, v::sw][:, :a, :b] @ kernel[u, v]
    return y


@unseen("4_padding.conv2d", r"relleno.*(final|salida|después)|rellen")
def rellena_el_resultado(x, kernel, bias, strides=1, padding="valid"):
    sh, sw = par(strides)
    if padding == "valid":
        return capa(x, kernel, bias, strides)
    kh, kw = kernel.shape[:2]
    grande = np.pad(x, [(0, 0), (0, max(0, kh - x.shape[1])), (0, max(0, kw - x.shape[2])), (0, 0)])
    y = capa(grande, kernel, bias, strides)
    a, b = mide(x.shape[1], kh, sh, "same"), mide(x.shape[2], kw, sw, "same")
    fa, fb = max(0, a - y.shape[1]), max(0, b - y.shape[2])
    y = np.pad(y, [(0, 0), (fa // 2, fa - fa // 2), (fb // 2, fb - fb // 2), (0, 0)])
    return y[:, :a, :b]


@unseen("4_padding.conv2d", r"relu|negativ")
def paso_y_relleno_con_relu(x, kernel, bias, strides=1, padding="valid"):
    return np.maximum(capa(x, kernel, bias, strides, padding), 0)


@unseen("4_padding.conv2d", r"canal")
def paso_y_relleno_un_canal(x, kernel, bias, strides=1, padding="valid"):
    return capa(x[..., :1], kernel[:, :, :1], bias, strides, padding)


@unseen("4_padding.conv2d", None)
def paso_mas_uno(x, kernel, bias, strides=1, padding="valid"):
    sh, sw = par(strides)
    y = capa(x, kernel, bias, strides, padding)
    desplazada = np.roll(x, (-(sh - 1), -(sw - 1)), axis=(1, 2))
    return capa(desplazada, kernel, bias, strides, padding).reshape(y.shape)


# --- conv2d_dilatada -------------------------------------------------------------------------


def dilata(kernel, dh, dw):
    kh, kw, c, f = kernel.shape
    grande = np.zeros((dh * (kh - 1) + 1, dw * (kw - 1) + 1, c, f))
    grande[::dh, ::dw] = kernel
    return grande


@unseen("4_padding.conv2d_dilatada", r"dilat")
def sin_dilatar(x, kernel, bias, dilation_rate=1):
    return capa(x, kernel, bias)


@unseen("4_padding.conv2d_dilatada", r"tamaño|d.*k|dilat")
def kernel_de_d_por_k(x, kernel, bias, dilation_rate=1):
    dh, dw = par(dilation_rate)
    kh, kw, c, f = kernel.shape
    grande = np.zeros((dh * kh, dw * kw, c, f))
    grande[::dh, ::dw] = kernel
    alto, ancho = x.shape[1:3]
    x = np.pad(x, [(0, 0), (0, max(0, dh * kh - alto)), (0, max(0, dw * kw - ancho)), (0, 0)])
    return capa(x, grande, bias)


@unseen("4_padding.conv2d_dilatada", r"hueco|d ?\+ ?1|ceros|separa|uno de más|de más|no dos")
def d_ceros_entre_pesos(x, kernel, bias, dilation_rate=1):
    dh, dw = par(dilation_rate)
    grande = dilata(kernel, dh + 1, dw + 1)
    falta = [max(0, grande.shape[e] - x.shape[e + 1]) for e in (0, 1)]
    x = np.pad(x, [(0, 0), (0, falta[0]), (0, falta[1]), (0, 0)])
    return capa(x, grande, bias)


@unseen("4_padding.conv2d_dilatada", r"imagen|paso|submuestr")
def dilata_la_imagen(x, kernel, bias, dilation_rate=1):
    dh, dw = par(dilation_rate)
    kh, kw = kernel.shape[:2]
    alto, ancho = x.shape[1] - dh * (kh - 1), x.shape[2] - dw * (kw - 1)
    chica = x[:, ::dh, ::dw]
    falta = [max(0, kernel.shape[e] - chica.shape[e + 1]) for e in (0, 1)]
    chica = np.pad(chica, [(0, 0), (0, falta[0]), (0, falta[1]), (0, 0)])
    y = capa(chica, kernel, bias)
    return y[:, :alto, :ancho]


@unseen("4_padding.conv2d_dilatada", r"intercambi|cambiad|eje|orden")
def dilataciones_cambiadas(x, kernel, bias, dilation_rate=1):
    dh, dw = par(dilation_rate)
    grande = dilata(kernel, dw, dh)
    falta = [max(0, grande.shape[e] - x.shape[e + 1]) for e in (0, 1)]
    x = np.pad(x, [(0, 0), (0, falta[0]), (0, falta[1]), (0, 0)])
    return capa(x, grande, bias)


@unseen("4_padding.conv2d_dilatada", r"sesgo")
def dilatada_sin_sesgo(x, kernel, bias, dilation_rate=1):
    return capa(x, dilata(kernel, *par(dilation_rate)), 0 * bias)


@unseen("4_padding.conv2d_dilatada", r"repet|hueco|ceros")
def pesos_repetidos_en_los_huecos(x, kernel, bias, dilation_rate=1):
    dh, dw = par(dilation_rate)
    ancho = kernel.repeat(dh, axis=0).repeat(dw, axis=1)
    kh, kw = kernel.shape[:2]
    return capa(x, ancho[: dh * (kh - 1) + 1, : dw * (kw - 1) + 1], bias)


@unseen("4_padding.conv2d_dilatada", r"paso")
def dilatacion_como_paso(x, kernel, bias, dilation_rate=1):
    return capa(x, kernel, bias, dilation_rate)


@unseen("4_padding.conv2d_dilatada", r"eje|alto|ancho|par|mism")
def la_misma_dilatacion(x, kernel, bias, dilation_rate=1):
    d = par(dilation_rate)[0]
    grande = dilata(kernel, d, d)
    falta = max(0, grande.shape[1] - x.shape[2])
    return capa(np.pad(x, [(0, 0), (0, 0), (0, falta), (0, 0)]), grande, bias)


@unseen("4_padding.conv2d_dilatada", r"gir|volte")
def dilatada_y_girada(x, kernel, bias, dilation_rate=1):
    return capa(x, dilata(kernel, *par(dilation_rate))[::-1, ::-1], bias)


# --- conv2d_grupos ---------------------------------------------------------------------------


def en_grupos(x, kernel, bias, groups, lee, usa, escribe):
    """Una capa por grupos en la que cada grupo lee, usa y escribe lo que se le diga."""
    f = kernel.shape[-1]
    a, b = x.shape[1] - kernel.shape[0] + 1, x.shape[2] - kernel.shape[1] + 1
    y = np.zeros((len(x), a, b, f))
    for g in range(groups):
        y[..., escribe(g)] = capa(x[..., lee(g)], kernel[..., usa(g)], bias[usa(g)])
    return y


@unseen("4_padding.conv2d_grupos", r"grupo.*(mism|primer)|primer")
def todos_leen_el_primer_grupo(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    trozo = [slice(g * f, g * f + f) for g in range(groups)]
    return en_grupos(
        x, kernel, bias, groups, lambda g: slice(0, c), trozo.__getitem__, trozo.__getitem__
    )


@unseen("4_padding.conv2d_grupos", r"interca|salte|altern|canales.*grupo")
def canales_intercalados(x, kernel, bias, groups=1):
    f = len(bias) // groups
    trozo = [slice(g * f, g * f + f) for g in range(groups)]
    return en_grupos(
        x,
        kernel,
        bias,
        groups,
        lambda g: slice(g, None, groups),
        trozo.__getitem__,
        trozo.__getitem__,
    )


@unseen("4_padding.conv2d_grupos", r"filtros.*grupo|mism|primer")
def los_mismos_filtros_en_cada_grupo(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    return en_grupos(
        x,
        kernel,
        bias,
        groups,
        lambda g: slice(g * c, g * c + c),
        lambda g: slice(0, f),
        lambda g: slice(g * f, g * f + f),
    )


@unseen("4_padding.conv2d_grupos", r"orden|interca|altern|filtros")
def escribe_intercalado(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    return en_grupos(
        x,
        kernel,
        bias,
        groups,
        lambda g: slice(g * c, g * c + c),
        lambda g: slice(g * f, g * f + f),
        lambda g: slice(g, None, groups),
    )


@unseen("4_padding.conv2d_grupos", r"sesgo")
def grupos_sin_sesgo(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    partes = [
        capa(x[..., g * c : g * c + c], kernel[..., g * f : g * f + f], np.zeros(f))
        for g in range(groups)
    ]
    return np.concatenate(partes, axis=-1)


@unseen("4_padding.conv2d_grupos", r"sesgo")
def un_sesgo_por_grupo(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    partes = [
        capa(x[..., g * c : g * c + c], kernel[..., g * f : g * f + f], bias[g])
        for g in range(groups)
    ]
    return np.concatenate(partes, axis=-1)


@unseen("4_padding.conv2d_grupos", r"sum|concat|junt")
def suma_los_grupos(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    return sum(
        capa(x[..., g * c : g * c + c], kernel[..., g * f : g * f + f], bias[g * f : g * f + f])
        for g in range(groups)
    )


@unseen("4_padding.conv2d_grupos", r"grupo|canales")
def todos_los_canales_para_todos(x, kernel, bias, groups=1):
    return capa(x, np.tile(kernel, (1, 1, groups, 1)), bias)


@unseen("4_padding.conv2d_grupos", r"grupo")
def grupos_sin_leer_groups(x, kernel, bias, groups=1):
    return capa(x, kernel, bias)


@unseen("4_padding.conv2d_grupos", r"orden|revés|inver")
def grupos_al_reves(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    partes = [
        capa(x[..., g * c : g * c + c], kernel[..., g * f : g * f + f], bias[g * f : g * f + f])
        for g in reversed(range(groups))
    ]
    return np.concatenate(partes, axis=-1)
