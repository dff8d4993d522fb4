"""A second batch of wrong answers, kept aside until the catalogue had been written."""

import math

import numpy as np

from benchmarks.diagnosis.answers import unseen

view = np.lib.stride_tricks.sliding_window_view


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


def capa(x, kernel, bias, strides=1, padding="valid"):
    kh, kw, _, f = kernel.shape
    sh, sw = par(strides)
    if padding == "same":
        x = np.pad(x, [(0, 0), ceros(x.shape[1], kh, sh), ceros(x.shape[2], kw, sw), (0, 0)])
    a, b = mide(x.shape[1], kh, sh), mide(x.shape[2], kw, sw)
    y = np.zeros((len(x), a, b, f)) + bias
    for u in range(kh):
        for v in range(kw):
            y += x[:, u::sh, v::sw][:, :a, :b] @ kernel[u, v]
    return y


def plana(imagen, kernel):
    return np.einsum("ijuv,uv->ij", view(imagen, kernel.shape), kernel.astype(float))


# --- unidad 1 --------------------------------------------------------------------------------


@unseen("1_convolucion.correlacion2d", r"última.*columna|columna.*última")
def einsum_sin_la_ultima_columna(imagen, kernel):
    s = plana(imagen, kernel)
    s[:, -1] = 0
    return s


@unseen("1_convolucion.correlacion2d", r"última.*(fila|columna)|borde|tamaño|\+ ?1")
def pierde_fila_y_columna(imagen, kernel):
    return plana(imagen, kernel)[:-1, :-1]


@unseen("1_convolucion.correlacion2d", r"un píxel de más|de más|una fila|tamaño|\+ ?1|rellen")
def una_fila_de_mas(imagen, kernel):
    kh, kw = kernel.shape
    H, W = imagen.shape
    sal = np.zeros((H - kh + 2, W - kw + 2))
    for r in range(H - kh + 1):
        for c in range(W - kw + 1):
            sal[r, c] = np.sum(imagen[r : r + kh, c : c + kw] * kernel)
    return sal


@unseen("1_convolucion.correlacion2d", r"enter|redonde")
def redondea_al_entero(imagen, kernel):
    return np.rint(plana(imagen, kernel))


@unseen("1_convolucion.correlacion2d", r"filas|solo|un eje|volte")
def kernel_con_las_filas_al_reves(imagen, kernel):
    H, W = imagen.shape
    kh, kw = kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(kh):
        out += sum(kernel[i, j] * imagen[kh - 1 - i : H - i, j : j + W - kw + 1] for j in range(kw))
    return out


@unseen("1_convolucion.correlacion2d", r"divid|normaliz|suma del kernel|promedi")
def divide_por_el_numero_de_pesos(imagen, kernel):
    return plana(imagen, kernel) / (kernel.shape[0] * kernel.shape[1])


@unseen("1_convolucion.correlacion2d", r"lista|arreglo|tipo")
def devuelve_una_lista(imagen, kernel):
    return plana(imagen, kernel).tolist()


@unseen("1_convolucion.correlacion2d", r"apl|eje|forma|dimensi")
def devuelve_aplanado(imagen, kernel):
    return plana(imagen, kernel).ravel()


@unseen("1_convolucion.correlacion2d", r"signo|negativ|rest")
def resta_los_productos(imagen, kernel):
    s = np.zeros((imagen.shape[0] - kernel.shape[0] + 1, imagen.shape[1] - kernel.shape[1] + 1))
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            s -= imagen[u : u + s.shape[0], v : v + s.shape[1]] * kernel[u, v]
    return s


@unseen("1_convolucion.correlacion2d", r"relu|negativ")
def negativos_a_cero(imagen, kernel):
    s = plana(imagen, kernel)
    s[s < 0] = 0
    return s


@unseen("1_convolucion.correlacion2d", r"cuadrado|potencia")
def productos_al_cuadrado(imagen, kernel):
    return np.einsum("ijuv,uv->ij", view(imagen, kernel.shape).astype(float) ** 2, kernel)


@unseen("1_convolucion.correlacion2d", r"volte|gir|salida")
def salida_girada(imagen, kernel):
    return np.rot90(plana(imagen, kernel), 2)


@unseen("1_convolucion.correlacion2d", r"desplaz|corrid|un píxel|rota|roll")
def np_roll_de_la_salida(imagen, kernel):
    return np.roll(plana(imagen, kernel), 1, axis=(0, 1))


@unseen("1_convolucion.correlacion2d", r"gir|volte|convoluci")
def convolucion_por_fourier(imagen, kernel):
    kh, kw = kernel.shape
    f = np.fft.fft2(imagen) * np.fft.fft2(kernel, imagen.shape)
    return np.real(np.fft.ifft2(f))[kh - 1 :, kw - 1 :]


@unseen("1_convolucion.convolucion_verdadera", r"tra(n)?sp")
def traspone_en_vez_de_girar(imagen, kernel):
    return plana(imagen, kernel.T) if kernel.shape[0] == kernel.shape[1] else plana(imagen, kernel)


@unseen("1_convolucion.convolucion_verdadera", r"sin (girar|voltear)|falta")
def correlacion_a_secas(imagen, kernel):
    salida = np.zeros(
        (imagen.shape[0] - kernel.shape[0] + 1, imagen.shape[1] - kernel.shape[1] + 1)
    )
    for (i, j), _ in np.ndenumerate(salida):
        for (u, v), peso in np.ndenumerate(kernel):
            salida[i, j] += imagen[i + u, j + v] * peso
    return salida


@unseen("1_convolucion.convolucion_verdadera", r"solo|column|un eje")
def gira_solo_las_columnas(imagen, kernel):
    return plana(imagen, np.fliplr(kernel))


@unseen("1_convolucion.convolucion_verdadera", r"rellen|full|complet|tamaño")
def convolucion_same(imagen, kernel):
    kh, kw = kernel.shape
    x = np.pad(imagen, ((kh // 2, (kh - 1) // 2), (kw // 2, (kw - 1) // 2)))
    return plana(x, kernel[::-1, ::-1])


@unseen("1_convolucion.convolucion_verdadera", None)
def indices_que_dan_la_vuelta(imagen, kernel):
    kh, kw = kernel.shape
    s = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(s.shape[0]):
        for j in range(s.shape[1]):
            for u in range(kh):
                for v in range(kw):
                    s[i, j] += imagen[i - u, j - v] * kernel[u, v]
    return s


@unseen("1_convolucion.correlacion_multicanal", r"primer canal|solo|canal")
def el_canal_cero_del_kernel_y_de_la_imagen(imagen, kernel):
    return plana(imagen[:, :, 0], kernel[:, :, 0])


@unseen("1_convolucion.correlacion_multicanal", r"promedi|media")
def media_en_el_ultimo_eje(imagen, kernel):
    v = view(imagen, kernel.shape)[:, :, 0]
    return (v * kernel).mean(axis=-1).sum(axis=(-1, -2))


@unseen("1_convolucion.correlacion_multicanal", r"sum|apil|canal|eje")
def olvida_sumar_los_canales(imagen, kernel):
    v = view(imagen, kernel.shape[:2], axis=(0, 1))
    return np.einsum("ijcuv,uvc->ijc", v, kernel)


@unseen("1_convolucion.correlacion_multicanal", r"dos veces|doble")
def canales_sumados_dos_veces(imagen, kernel):
    return 2 * sum(plana(imagen[..., c], kernel[..., c]) for c in range(kernel.shape[2]))


@unseen("1_convolucion.correlacion_multicanal", r"delante|NCHW|CHW|orden|eje")
def mapas_con_el_canal_delante(imagen, kernel):
    return np.stack([plana(imagen[..., c], kernel[..., c]) for c in range(kernel.shape[2])])


@unseen("1_convolucion.correlacion_multicanal", r"revés|inver")
def kernel_de_canales_al_reves(imagen, kernel):
    c = kernel.shape[2]
    return sum(plana(imagen[..., i], kernel[..., c - 1 - i]) for i in range(c))


@unseen("1_convolucion.conv2d", r"sesgo")
def bias_con_signo_cambiado(x, kernel, bias):
    return capa(x, kernel, np.zeros_like(bias)) - bias


@unseen("1_convolucion.conv2d", r"sesgo")
def bias_solo_si_es_positivo(x, kernel, bias):
    return capa(x, kernel, np.maximum(bias, 0))


@unseen("1_convolucion.conv2d", r"sesgo.*(medi|promedi)|sesgo")
def bias_medio(x, kernel, bias):
    return capa(x, kernel, np.full_like(bias, bias.mean()))


@unseen("1_convolucion.conv2d", r"sesgo.*sum|sesgo")
def suma_todos_los_bias(x, kernel, bias):
    return capa(x, kernel, 0 * bias) + bias.sum()


@unseen("1_convolucion.conv2d", r"sesgo.*(revés|orden|inver)|sesgo")
def bias_al_reves(x, kernel, bias):
    return capa(x, kernel, bias[::-1])


@unseen("1_convolucion.conv2d", r"lote.*(revés|orden|inver)|orden.*imágenes|imágenes")
def lote_al_reves(x, kernel, bias):
    return capa(x[::-1], kernel, bias)


@unseen("1_convolucion.conv2d", r"última|lote|imagen")
def todas_como_la_ultima(x, kernel, bias):
    y = capa(x, kernel, bias)
    for n in range(len(y)):
        y[n] = y[-1]
    return y


@unseen("1_convolucion.conv2d", r"lote.*acumul|lote|acumul|imágenes")
def lote_acumulado(x, kernel, bias):
    return np.cumsum(capa(x, kernel, 0 * bias), axis=0) + bias


@unseen("1_convolucion.conv2d", r"primer filtro|filtro")
def un_filtro_para_todos(x, kernel, bias):
    return capa(x, kernel[..., :1].repeat(len(bias), axis=-1), bias)


@unseen("1_convolucion.conv2d", r"tra(n)?sp|canales.*filtros|orden|mezcl")
def canales_y_filtros_cambiados(x, kernel, bias):
    kh, kw, c, f = kernel.shape
    return capa(x, kernel.reshape(kh, kw, f, c).swapaxes(2, 3), bias)


@unseen("1_convolucion.conv2d", r"media|promedi")
def media_de_los_productos(x, kernel, bias):
    v = view(x, kernel.shape[:2], axis=(1, 2))
    p = v[..., None] * kernel.transpose(2, 0, 1, 3)
    return p.mean(axis=(3, 4, 5)) + bias


@unseen("1_convolucion.conv2d", r"tanh|activaci|aplast|sigm")
def con_tangente_hiperbolica(x, kernel, bias):
    return np.tanh(capa(x, kernel, bias))


@unseen("1_convolucion.conv2d", r"softmax|suman 1|activaci|normaliz")
def con_softmax(x, kernel, bias):
    y = np.exp(capa(x, kernel, bias))
    return y / y.sum(axis=-1, keepdims=True)


@unseen("1_convolucion.conv2d", r"relu|negativ")
def relu_en_la_entrada(x, kernel, bias):
    return capa(np.where(x > 0, x, 0), kernel, bias)


@unseen("1_convolucion.conv2d", r"gir|volte")
def gira_el_kernel_entero(x, kernel, bias):
    return capa(x, np.flip(kernel, (0, 1)), bias)


@unseen("1_convolucion.conv2d", r"todos|flip|revés|inver|gir|volte")
def voltea_todos_los_ejes(x, kernel, bias):
    return capa(x, np.flip(kernel), bias)


@unseen("1_convolucion.conv2d", r"uint8|enter|desbord")
def guarda_en_enteros_de_un_byte(x, kernel, bias):
    return capa(x, kernel, bias).astype(np.int8)


# --- unidad 2 --------------------------------------------------------------------------------


@unseen("2_filtros.filtro_sobel", r"sign")
def sobel_del_reves(eje):
    g = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    if eje not in "xy" or len(eje) != 1:
        raise ValueError(eje)
    return g if eje == "x" else g.T


@unseen("2_filtros.filtro_sobel", None)
def roberts(eje):
    if eje not in ("x", "y"):
        raise ValueError(eje)
    return np.array([[1, 0], [0, -1]]) if eje == "x" else np.array([[0, 1], [-1, 0]])


@unseen("2_filtros.filtro_sobel", r"4|divid|normaliz|escala|factor")
def sobel_entre_cuatro(eje):
    if eje not in ("x", "y"):
        raise ValueError(eje)
    g = np.outer([1, 2, 1], [-1, 0, 1]) / 4
    return g if eje == "x" else g.T


@unseen("2_filtros.filtro_sobel", r"KeyError|ValueError|excepci|error")
def sobel_con_keyerror(eje):
    g = np.outer([1, 2, 1], [-1, 0, 1])
    return {"x": g, "y": g.T}[eje]


@unseen("2_filtros.filtro_gaussiano", r"sigma|varian|cuadrado")
def gauss_dos_sigma_al_cuadrado(tamano, sigma):
    a = np.arange(tamano) - (tamano - 1) / 2
    g = np.exp(-(a[:, None] ** 2 + a**2) / (2 * sigma) ** 2)
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"suma|normaliz|lado|tamaño")
def gauss_entre_el_numero_de_pesos(tamano, sigma):
    a = np.arange(tamano) - (tamano - 1) / 2
    g = np.exp(-(a[:, None] ** 2 + a**2) / (2 * sigma**2))
    return g / g.size


@unseen("2_filtros.filtro_gaussiano", r"esquina|centr|origen|0")
def gauss_desde_la_esquina(tamano, sigma):
    a = np.arange(tamano)
    g = np.exp(-(a[:, None] ** 2 + a**2) / (2 * sigma**2))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"sigma.*(fij|1|ignor)|ignor|siempre")
def gauss_de_sigma_uno(tamano, sigma):
    a = np.arange(tamano) - (tamano - 1) / 2
    g = np.exp(-(a[:, None] ** 2 + a**2) / 2)
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"una dimensi|fila|vector|forma|eje")
def gauss_de_una_dimension(tamano, sigma):
    a = np.arange(tamano) - (tamano - 1) / 2
    g = np.exp(-(a**2) / (2 * sigma**2))
    return g / g.sum()


@unseen("2_filtros.parametros_conv2d", r"sesgo.*posici|sesgo")
def un_sesgo_por_peso(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = par(kernel_size)
    return kh * kw * (canales_entrada // groups) * filters * (2 if use_bias else 1)


@unseen("2_filtros.parametros_conv2d", r"grupo")
def divide_tambien_los_filtros(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = par(kernel_size)
    return (kh * kw * (canales_entrada // groups) + use_bias) * (filters // groups)


@unseen("2_filtros.parametros_conv2d", r"grupo.*multiplic|multiplic.*grupo|grupo")
def multiplica_los_grupos(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = par(kernel_size)
    return kh * kw * canales_entrada * groups * filters + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"sesgo.*canal|canal")
def sesgo_por_canal_de_entrada(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = par(kernel_size)
    return kh * kw * (canales_entrada // groups) * filters + canales_entrada * use_bias


@unseen("2_filtros.parametros_conv2d", r"siempre|use_bias")
def ignora_use_bias(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = par(kernel_size)
    return filters * (1 + kh * kw * canales_entrada // groups)


@unseen("2_filtros.parametros_dense", r"multiplic|producto|sum|\+")
def dense_que_suma_el_sesgo_dos_veces(entradas, unidades, use_bias=True):
    return entradas * unidades + 2 * unidades * use_bias


@unseen("2_filtros.parametros_dense", r"entrada")
def dense_sin_mirar_las_entradas(entradas, unidades, use_bias=True):
    return unidades * unidades + unidades * use_bias


@unseen("2_filtros.normalizar_filtros", r"máxim|0.*1|divid")
def suma_uno_en_cada_filtro(kernel):
    s = kernel.sum(axis=(0, 1, 2))
    return kernel / np.where(s == 0, 1, s)


@unseen("2_filtros.normalizar_filtros", r"invert|1 ?-|revés|contrario|negativ")
def negativo_de_la_imagen(kernel):
    lo, hi = kernel.min(axis=(0, 1, 2)), kernel.max(axis=(0, 1, 2))
    return (hi - kernel) / np.where(hi == lo, 1, hi - lo)


@unseen("2_filtros.normalizar_filtros", r"constante|iguales|1e|cero|épsilon|eps")
def con_epsilon(kernel):
    lo, hi = kernel.min(axis=(0, 1, 2)), kernel.max(axis=(0, 1, 2))
    return (kernel - lo) / (hi - lo + 1e-2)


@unseen("2_filtros.normalizar_filtros", r"recort|clip|negativ")
def recorta_entre_cero_y_uno(kernel):
    return np.clip(kernel, 0, 1)


@unseen("2_filtros.normalizar_filtros", r"mínim|rest")
def solo_resta_el_minimo(kernel):
    return kernel - kernel.min(axis=(0, 1, 2))


@unseen("2_filtros.normalizar_filtros", r"canal|alto|posici")
def normaliza_a_lo_largo_de_los_filtros(kernel):
    lo, hi = kernel.min(axis=-1, keepdims=True), kernel.max(axis=-1, keepdims=True)
    return (kernel - lo) / np.where(hi == lo, 1, hi - lo)


# --- unidad 3 --------------------------------------------------------------------------------


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"suma|kernels|producto|salto|k")
def suma_de_kernels_menos_capas_mas_pasos(capas):
    campo = 1
    for k, s in capas:
        campo += (k - 1) + (s - 1)
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"multiplic|campo")
def campo_por_el_paso(capas):
    campo = 1
    for k, s in capas:
        campo = campo * s + (k - 1)
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"última|return|falta|capa")
def olvida_la_ultima_capa(capas):
    campo, salto = 1, 1
    for k, s in capas[:-1]:
        campo += (k - 1) * salto
        salto *= s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"máxim|mayor")
def el_kernel_mayor(capas):
    return max((k for k, _ in capas), default=1)


# --- unidad 4 --------------------------------------------------------------------------------


def comprueba(n, k, padding, d):
    if padding not in ("valid", "same") or (padding == "valid" and d * (k - 1) + 1 > n):
        raise ValueError((n, k, padding, d))


@unseen("4_padding.tamano_salida", r"\+ ?1|uno de más|de más")
def valid_con_dos_de_mas(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return math.ceil(n / strides)
    return (n - dilation_rate * (kernel_size - 1) - 1) // strides + 2


@unseen("4_padding.tamano_salida", r"same|\+ ?1|redonde|techo|arriba")
def same_mas_uno(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return n // strides + 1
    return (n - dilation_rate * (kernel_size - 1) - 1) // strides + 1


@unseen("4_padding.tamano_salida", r"dilat")
def dilatacion_por_k_menos_uno(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    comprueba(n, kernel_size, padding, dilation_rate)
    if padding == "same":
        return math.ceil(n / strides)
    return (n - dilation_rate * (kernel_size - 1)) // strides + 1


@unseen("4_padding.tamano_salida", r"same|padding|valid")
def siempre_como_valid(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    k = dilation_rate * (kernel_size - 1) + 1
    if k > n and padding == "valid":
        raise ValueError(n)
    return (n - k) // strides + 1


@unseen("4_padding.tamano_salida", r"padding|ValueError|desconoc|error")
def padding_desconocido_es_valid(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        return math.ceil(n / strides)
    k = dilation_rate * (kernel_size - 1) + 1
    if k > n:
        raise ValueError(n)
    return (n - k) // strides + 1


@unseen("4_padding.relleno_same", r"paso|strides")
def relleno_con_el_paso_restado(n, kernel_size, strides=1, dilation_rate=1):
    total = max(dilation_rate * (kernel_size - 1) + 1 - strides, 0)
    return total // 2, total - total // 2


@unseen("4_padding.relleno_same", r"lista|orden|antes|después|impar")
def relleno_al_reves(n, kernel_size, strides=1, dilation_rate=1):
    return ceros(n, kernel_size, strides, dilation_rate)[::-1]


@unseen("4_padding.relleno_same", r"decimal|entero|mitad|//")
def relleno_con_decimales(n, kernel_size, strides=1, dilation_rate=1):
    total = sum(ceros(n, kernel_size, strides, dilation_rate))
    return total / 2, total / 2


@unseen("4_padding.relleno_same", r"k ?[-−] ?1|uno de más|de más|kernel")
def relleno_de_k(n, kernel_size, strides=1, dilation_rate=1):
    total = max(
        (math.ceil(n / strides) - 1) * strides + dilation_rate * (kernel_size - 1) + 2 - n, 0
    )
    return total // 2, total - total // 2


@unseen("4_padding.rellenar", r"column|fila|solo|un eje|alto|ancho")
def rellena_solo_el_ancho(x, kernel_size, strides=1):
    return np.pad(
        x, [(0, 0), (0, 0), ceros(x.shape[2], par(kernel_size)[1], par(strides)[1]), (0, 0)]
    )


@unseen("4_padding.rellenar", r"después|antes|todo|un lado")
def rellena_todo_al_final(x, kernel_size, strides=1):
    (kh, kw), (sh, sw) = par(kernel_size), par(strides)
    return np.pad(
        x,
        [(0, 0), (0, sum(ceros(x.shape[1], kh, sh))), (0, sum(ceros(x.shape[2], kw, sw))), (0, 0)],
    )


@unseen("4_padding.rellenar", r"lote|canales|ejes|(0, 0)")
def rellena_tambien_los_canales(x, kernel_size, strides=1):
    (kh, kw), (sh, sw) = par(kernel_size), par(strides)
    a = ceros(x.shape[1], kh, sh)
    return np.pad(x, [(0, 0), a, ceros(x.shape[2], kw, sw), a])


@unseen("4_padding.rellenar", r"espejo|reflej|reflect|simétric")
def rellena_como_un_espejo(x, kernel_size, strides=1):
    (kh, kw), (sh, sw) = par(kernel_size), par(strides)
    return np.pad(
        x, [(0, 0), ceros(x.shape[1], kh, sh), ceros(x.shape[2], kw, sw), (0, 0)], mode="reflect"
    )


@unseen("4_padding.conv2d", r"pas(o|os)")
def paso_solo_en_las_filas(x, kernel, bias, strides=1, padding="valid"):
    sh, _ = par(strides)
    return capa(x, kernel, bias, (sh, 1), padding)


@unseen("4_padding.conv2d", r"simétr|mitad|mismo|impar|lados|rellen")
def same_repartido_por_igual(x, kernel, bias, strides=1, padding="valid"):
    kh, kw = kernel.shape[:2]
    sh, sw = par(strides)
    if padding == "same":
        a, b = sum(ceros(x.shape[1], kh, sh)), sum(ceros(x.shape[2], kw, sw))
        x = np.pad(x, [(0, 0), (-(-a // 2),) * 2, (-(-b // 2),) * 2, (0, 0)])
        return capa(x, kernel, bias, strides)
    return capa(x, kernel, bias, strides, padding)


@unseen("4_padding.conv2d", r"paso|submuestr|rellen|paso 1")
def calcula_todo_y_salta(x, kernel, bias, strides=1, padding="valid"):
    sh, sw = par(strides)
    toda = capa(x, kernel, bias, 1, padding)
    return toda[:, sh - 1 :: sh, sw - 1 :: sw]


@unseen("4_padding.conv2d", r"sesgo")
def sesgo_en_cada_peso_del_kernel(x, kernel, bias, strides=1, padding="valid"):
    kh, kw = kernel.shape[:2]
    return capa(x, kernel, bias * kh * kw, strides, padding)


@unseen("4_padding.conv2d", r"rellen|uno|valor|cero")
def same_relleno_de_unos(x, kernel, bias, strides=1, padding="valid"):
    if padding == "same":
        kh, kw = kernel.shape[:2]
        sh, sw = par(strides)
        bordes = [(0, 0), ceros(x.shape[1], kh, sh), ceros(x.shape[2], kw, sw), (0, 0)]
        x = np.pad(x, bordes, constant_values=1)
    return capa(x, kernel, bias, strides)


@unseen("4_padding.conv2d", r"tra(n)?sp|cambi|alto|filas")
def kernel_traspuesto_en_la_capa(x, kernel, bias, strides=1, padding="valid"):
    k = (
        kernel.swapaxes(0, 1)
        if kernel.shape[0] == kernel.shape[1]
        else kernel.reshape(kernel.shape[1], kernel.shape[0], *kernel.shape[2:]).swapaxes(0, 1)
    )
    return capa(x, k, bias, strides, padding)


@unseen("4_padding.conv2d_dilatada", r"columna|eje|ancho|alto|solo")
def dilata_solo_las_filas(x, kernel, bias, dilation_rate=1):
    dh, _ = par(dilation_rate)
    kh, kw, c, f = kernel.shape
    g = np.zeros((dh * (kh - 1) + 1, kw, c, f))
    g[::dh] = kernel
    return capa(x, g, bias)


@unseen("4_padding.conv2d_dilatada", r"sesgo")
def dilatada_con_el_sesgo_de_cada_peso(x, kernel, bias, dilation_rate=1):
    dh, dw = par(dilation_rate)
    kh, kw = kernel.shape[:2]
    a, b = x.shape[1] - dh * (kh - 1), x.shape[2] - dw * (kw - 1)
    y = 0
    for u in range(kh):
        for v in range(kw):
            y = y + x[:, u * dh : u * dh + a, v * dw : v * dw + b] @ kernel[u, v] + bias
    return y


@unseen("4_padding.conv2d_dilatada", r"tamaño|dilat|ventana")
def tamano_sin_dilatar(x, kernel, bias, dilation_rate=1):
    dh, dw = par(dilation_rate)
    kh, kw, _, f = kernel.shape
    y = np.zeros((len(x), x.shape[1] - kh + 1, x.shape[2] - kw + 1, f)) + bias
    for u in range(kh):
        for v in range(kw):
            t = x[:, u * dh :, v * dw :][:, : y.shape[1], : y.shape[2]] @ kernel[u, v]
            y[:, : t.shape[1], : t.shape[2]] += t
    return y


@unseen("4_padding.conv2d_grupos", r"revés|orden|filtros|grupo")
def grupos_de_canales_al_reves(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    partes = []
    for g in range(groups):
        h = groups - 1 - g
        partes.append(
            capa(x[..., h * c : h * c + c], kernel[..., g * f : g * f + f], bias[g * f : g * f + f])
        )
    return np.concatenate(partes, axis=-1)


@unseen("4_padding.conv2d_grupos", r"primer|solo|grupo|cero")
def solo_el_primer_grupo(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    y = np.zeros(
        (len(x), x.shape[1] - kernel.shape[0] + 1, x.shape[2] - kernel.shape[1] + 1, len(bias))
    )
    y[..., :f] = capa(x[..., :c], kernel[..., :f], bias[:f])
    return y


@unseen("4_padding.conv2d_grupos", r"sesgo")
def el_sesgo_del_primer_grupo(x, kernel, bias, groups=1):
    c, f = x.shape[-1] // groups, len(bias) // groups
    return np.concatenate(
        [
            capa(x[..., g * c : g * c + c], kernel[..., g * f : g * f + f], bias[:f])
            for g in range(groups)
        ],
        axis=-1,
    )
