"""Wrong answers to unit 1, as a student would write them; the catalogue had not been read."""

import numpy as np

from benchmarks.diagnosis.answers import unseen


def correcta(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return salida


def por_canales(imagen, kernel):
    return sum(correcta(imagen[..., c], kernel[..., c]) for c in range(imagen.shape[2]))


def capa(x, kernel, bias):
    mapas = [[por_canales(im, kernel[..., f]) for f in range(kernel.shape[3])] for im in x]
    return np.moveaxis(np.array(mapas), 1, -1) + bias


# --- correlacion2d ---------------------------------------------------------------------------


@unseen("1_convolucion.correlacion2d", r"tra(n)?sp")
def kernel_leido_por_columnas(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape
    pesos = kernel.ravel(order="F")
    sal = np.zeros((alto - kh + 1, ancho - kw + 1))
    for i in range(alto - kh + 1):
        for j in range(ancho - kw + 1):
            sal[i, j] = imagen[i : i + kh, j : j + kw].ravel() @ pesos
    return sal


@unseen("1_convolucion.correlacion2d", r"última.* fila|fila.*última")
def sin_la_ultima_fila(imagen, kernel):
    h, w = imagen.shape
    a, b = kernel.shape
    res = np.zeros((h - a + 1, w - b + 1))
    for y in range(h - a):
        for x in range(w - b + 1):
            res[y, x] = (imagen[y : y + a, x : x + b] * kernel).sum()
    return res


@unseen("1_convolucion.correlacion2d", r"\+ ?1|fila.*menos|tamaño")
def salida_h_menos_k(imagen, kernel):
    m, n = imagen.shape
    p, q = kernel.shape
    salida = np.empty((m - p, n - q))
    for i in range(m - p):
        for j in range(n - q):
            salida[i, j] = np.vdot(imagen[i : i + p, j : j + q], kernel)
    return salida


@unseen("1_convolucion.correlacion2d", r"\+=|último producto|solo.*último")
def asigna_en_vez_de_sumar(imagen, kernel):
    kh, kw = kernel.shape
    filas = imagen.shape[0] - kh + 1
    columnas = imagen.shape[1] - kw + 1
    salida = np.zeros((filas, columnas))
    for i in range(filas):
        for j in range(columnas):
            for u in range(kh):
                for v in range(kw):
                    salida[i, j] = imagen[i + u, j + v] * kernel[u, v]
    return salida


@unseen("1_convolucion.correlacion2d", r"return|primer.* fila|dentro del bucle")
def return_dentro_del_bucle(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
        return salida


@unseen("1_convolucion.correlacion2d", r"matric|@|elemento a elemento")
def producto_de_matrices(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            ventana = imagen[i : i + kh, j : j + kw]
            salida[i, j] = np.sum(ventana.T @ kernel)
    return salida


@unseen("1_convolucion.correlacion2d", r"cuadrad|intercambi|alto.*ancho|kh.*kw")
def alto_y_ancho_del_kernel_al_reves(imagen, kernel):
    kw, kh = kernel.shape
    h, w = imagen.shape
    salida = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            salida[i, j] = (imagen[i : i + kh, j : j + kw] * kernel).sum()
    return salida


@unseen("1_convolucion.correlacion2d", r"media|promedi")
def media_de_la_ventana(imagen, kernel):
    kh, kw = kernel.shape
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, (kh, kw))
    return (ventanas * kernel).mean(axis=(-1, -2))


@unseen("1_convolucion.correlacion2d", r"imagen.*(gir|volt|inv)|(gir|volt|inv).*imagen")
def imagen_del_reves(imagen, kernel):
    return correcta(np.flip(imagen), kernel)


@unseen("1_convolucion.correlacion2d", r"enter|trunc|decimal")
def salida_de_enteros(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1), dtype=int)
    for i, j in np.ndindex(salida.shape):
        salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return salida


@unseen("1_convolucion.correlacion2d", r"rellen|same|padding")
def del_tamano_de_la_imagen(imagen, kernel):
    kh, kw = kernel.shape
    h, w = imagen.shape
    grande = np.pad(imagen, ((kh // 2, kh - 1 - kh // 2), (kw // 2, kw - 1 - kw // 2)))
    salida = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            salida[i, j] = np.sum(grande[i : i + kh, j : j + kw] * kernel)
    return salida


@unseen("1_convolucion.correlacion2d", r"absolut|signo")
def sin_signo(imagen, kernel):
    return np.abs(correcta(imagen, kernel))


@unseen("1_convolucion.correlacion2d", r"relu|negativ")
def con_relu(imagen, kernel):
    kh, kw = kernel.shape
    filas = []
    for i in range(imagen.shape[0] - kh + 1):
        fila = []
        for j in range(imagen.shape[1] - kw + 1):
            s = float((imagen[i : i + kh, j : j + kw] * kernel).sum())
            fila.append(s if s > 0 else 0.0)
        filas.append(fila)
    return np.array(filas)


@unseen("1_convolucion.correlacion2d", r"máxim")
def maximo_de_la_ventana(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.max(ventanas * kernel, axis=(2, 3))


@unseen("1_convolucion.correlacion2d", r"cuadrad|imagen.*ancho|última.*column|forma")
def imagen_cuadrada(imagen, kernel):
    kh, kw = kernel.shape
    n = imagen.shape[0] - kh + 1
    salida = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            trozo = imagen[i : i + kh, j : j + kw]
            salida[i, j] = (trozo * kernel[: trozo.shape[0], : trozo.shape[1]]).sum()
    return salida


@unseen("1_convolucion.correlacion2d", r"cuadrad")
def kernel_cuadrado(imagen, kernel):
    k = kernel.shape[0]
    salida = np.zeros((imagen.shape[0] - k + 1, imagen.shape[1] - k + 1))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            for u in range(k):
                for v in range(min(k, kernel.shape[1])):
                    salida[i, j] += imagen[i + u, j + v] * kernel[u, v]
    return salida


@unseen("1_convolucion.correlacion2d", None)
def fourier_circular(imagen, kernel):
    kh, kw = kernel.shape
    f = np.fft.fft2(imagen) * np.fft.fft2(kernel, imagen.shape)
    todo = np.real(np.fft.ifft2(f))
    return todo[: imagen.shape[0] - kh + 1, : imagen.shape[1] - kw + 1]


@unseen("1_convolucion.correlacion2d", r"desplaz|empie[cz]|corrid")
def empieza_en_uno(imagen, kernel):
    _kh, _kw = kernel.shape
    con_ceros = np.pad(imagen, ((0, 1), (0, 1)))
    return correcta(con_ceros[1:, 1:], kernel)


@unseen("1_convolucion.correlacion2d", r"normaliz|divid|suma.* 1|suma del kernel|suma de")
def kernel_normalizado(imagen, kernel):
    return correcta(imagen, kernel / (np.abs(kernel).sum() or 1))


@unseen("1_convolucion.correlacion2d", r"acumul|reinici|cero.*ventana|ventana.*anterior")
def acumulador_sin_reiniciar(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    acumulado = 0
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            for u in range(kh):
                for v in range(kw):
                    acumulado += imagen[i + u, j + v] * kernel[u, v]
            salida[i, j] = acumulado
    return salida


@unseen("1_convolucion.correlacion2d", r"precisi|float16|redonde|decimales")
def media_precision(imagen, kernel):
    return correcta(imagen.astype(np.float16), kernel.astype(np.float16)).astype(np.float16)


@unseen("1_convolucion.correlacion2d", r"None|return|imprim|devuelv")
def imprime_y_no_devuelve(imagen, kernel):
    salida = correcta(imagen, kernel)
    print(salida.shape)


@unseen("1_convolucion.correlacion2d", r"modific|cambi.*entrada|entrada.*cambi")
def modifica_la_imagen(imagen, kernel):
    salida = correcta(imagen, kernel)
    imagen *= 0
    return salida


@unseen("1_convolucion.correlacion2d", r"tra(n)?sp|filas.*columnas|intercambi")
def salida_con_ejes_cambiados(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[1] - kw + 1, imagen.shape[0] - kh + 1))
    for i in range(salida.shape[1]):
        for j in range(salida.shape[0]):
            salida[j, i] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return salida


@unseen("1_convolucion.correlacion2d", r"paso|salt|solap")
def ventanas_sin_solaparse(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] // kh, imagen.shape[1] // kw))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            salida[i, j] = np.sum(imagen[i * kh : (i + 1) * kh, j * kw : (j + 1) * kw] * kernel)
    return salida


@unseen("1_convolucion.correlacion2d", r"255|recort|clip|satur")
def recortada_a_un_byte(imagen, kernel):
    return np.clip(correcta(imagen, kernel), 0, 255)


@unseen("1_convolucion.correlacion2d", r"uint8|byte|256|desbord")
def convertida_a_uint8(imagen, kernel):
    return correcta(imagen, kernel).astype(np.int64).astype(np.uint8)


@unseen("1_convolucion.correlacion2d", None)
def ventana_mal_recortada(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            salida[i, j] = np.sum(imagen[i:kh, j:kw] * kernel)
    return salida


@unseen("1_convolucion.correlacion2d", r"sum.*multiplic|multiplic|producto")
def suma_en_vez_de_multiplicar(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.sum(ventanas + kernel, axis=(2, 3))


@unseen("1_convolucion.correlacion2d", None)
def indices_negativos(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            for u in range(kh):
                for v in range(kw):
                    salida[i, j] += imagen[i - kh // 2 + u, j - kw // 2 + v] * kernel[u, v]
    return salida


@unseen("1_convolucion.correlacion2d", r"cero")
def todo_ceros(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(imagen.shape[0] - kh + 1):
        for j in range(imagen.shape[1] - kw + 1):
            valor = np.sum(imagen[i : i + kh, j : j + kw] * kernel)  # noqa: F841
    return salida


@unseen("1_convolucion.correlacion2d", r"ejemplo|memori|enunciado|constante|siempre")
def la_respuesta_del_enunciado(imagen, kernel):
    return np.array([[6.0, -1.0], [3.0, 3.0]])


@unseen("1_convolucion.correlacion2d", None)
def bucle_del_kernel_corto(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for u in range(kh - 1):
        for v in range(kw):
            salida += kernel[u, v] * imagen[u : u + salida.shape[0], v : v + salida.shape[1]]
    return salida


@unseen("1_convolucion.correlacion2d", None)
def pierde_la_diagonal(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for u in range(min(kh, kw)):
        salida += kernel[u, u] * imagen[u : u + salida.shape[0], u : u + salida.shape[1]]
    return salida


# --- convolucion_verdadera -------------------------------------------------------------------


@unseen("1_convolucion.convolucion_verdadera", r"solo|un eje|filas")
def volteada_solo_en_vertical(imagen, kernel):
    return correcta(imagen, np.flipud(kernel))


@unseen("1_convolucion.convolucion_verdadera", r"solo|un eje|columnas")
def volteada_solo_en_horizontal(imagen, kernel):
    return correcta(imagen, kernel[:, ::-1])


@unseen(
    "1_convolucion.convolucion_verdadera",
    r"correlaci|sin (girar|voltear)|falta.*volte",
)
def volteada_dos_veces(imagen, kernel):
    girado = kernel[::-1, ::-1]
    girado = np.rot90(girado, 2)
    return correcta(imagen, girado)


@unseen("1_convolucion.convolucion_verdadera", r"imagen|salida.*(gir|volt)")
def gira_la_imagen(imagen, kernel):
    return correcta(imagen[::-1, ::-1], kernel)


@unseen("1_convolucion.convolucion_verdadera", r"90|cuarto|tra(n)?sp")
def gira_un_cuarto_de_vuelta(imagen, kernel):
    girado = np.rot90(kernel)
    if girado.shape != kernel.shape:
        girado = kernel[::-1, ::-1]
    return correcta(imagen, girado)


@unseen("1_convolucion.convolucion_verdadera", r"salida|resultado")
def gira_el_resultado(imagen, kernel):
    return correcta(imagen, kernel)[::-1, ::-1]


@unseen("1_convolucion.convolucion_verdadera", r"signo|negativ")
def cambia_el_signo(imagen, kernel):
    return correcta(imagen, -kernel)


@unseen("1_convolucion.convolucion_verdadera", r"complet|full|rellen|tamaño")
def convolucion_completa(imagen, kernel):
    kh, kw = kernel.shape
    h, w = imagen.shape
    salida = np.zeros((h + kh - 1, w + kw - 1))
    for u in range(kh):
        for v in range(kw):
            salida[u : u + h, v : v + w] += kernel[u, v] * imagen
    return salida


# --- correlacion_multicanal ------------------------------------------------------------------


@unseen("1_convolucion.correlacion_multicanal", r"primer canal|solo.*canal|un canal")
def solo_el_canal_rojo(imagen, kernel):
    return correcta(imagen[:, :, 0], kernel[:, :, 0])


@unseen("1_convolucion.correlacion_multicanal", r"promedi|media")
def media_de_canales(imagen, kernel):
    return np.mean(
        [correcta(imagen[:, :, c], kernel[:, :, c]) for c in range(kernel.shape[2])], axis=0
    )


@unseen("1_convolucion.correlacion_multicanal", r"sum.*canales|apil|un mapa por canal|eje")
def un_mapa_por_canal(imagen, kernel):
    mapas = [correcta(imagen[:, :, c], kernel[:, :, c]) for c in range(kernel.shape[2])]
    return np.stack(mapas, axis=-1)


@unseen("1_convolucion.correlacion_multicanal", r"eje|forma|dimensi")
def con_un_eje_de_mas(imagen, kernel):
    return por_canales(imagen, kernel)[..., None]


@unseen("1_convolucion.correlacion_multicanal", r"inver|revés|orden.*canales|canales.*orden")
def canales_bgr(imagen, kernel):
    return por_canales(imagen[..., ::-1], kernel)


@unseen("1_convolucion.correlacion_multicanal", r"kernel.*(primer|mismo)|primer canal")
def el_mismo_kernel_para_todos(imagen, kernel):
    k = kernel[:, :, 0]
    return sum(correcta(imagen[:, :, c], k) for c in range(imagen.shape[-1]))


@unseen("1_convolucion.correlacion_multicanal", r"máxim")
def el_canal_que_mas_responde(imagen, kernel):
    return np.max([correcta(imagen[:, :, c], kernel[:, :, c]) for c in range(kernel.shape[2])], 0)


@unseen("1_convolucion.correlacion_multicanal", r"antes|mezcl|canales")
def suma_los_canales_antes(imagen, kernel):
    return correcta(imagen.sum(axis=2), kernel.sum(axis=2))


@unseen("1_convolucion.correlacion_multicanal", None)
def a_escala_de_grises(imagen, kernel):
    pesos = np.resize([0.299, 0.587, 0.114], imagen.shape[2])
    return correcta(imagen @ pesos, kernel @ pesos)


@unseen("1_convolucion.correlacion_multicanal", r"último canal|canal")
def olvida_el_ultimo_canal(imagen, kernel):
    kh, kw, canales = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for c in range(canales - 1):
        salida += correcta(imagen[:, :, c], kernel[:, :, c])
    return salida


@unseen("1_convolucion.correlacion_multicanal", r"\+=|último canal|solo.*canal")
def se_queda_con_el_ultimo_canal(imagen, kernel):
    for c in range(kernel.shape[2]):
        salida = correcta(imagen[:, :, c], kernel[:, :, c])
    return salida


@unseen("1_convolucion.correlacion_multicanal", r"gir|volte")
def convolucion_por_canales(imagen, kernel):
    return por_canales(imagen, kernel[::-1, ::-1])


@unseen("1_convolucion.correlacion_multicanal", None)
def producto_de_canales(imagen, kernel):
    return np.prod([correcta(imagen[:, :, c], kernel[:, :, c]) for c in range(kernel.shape[2])], 0)


@unseen("1_convolucion.correlacion_multicanal", r"tres|canales")
def solo_para_tres_canales(imagen, kernel):
    salida = 0
    for c in range(min(3, kernel.shape[2])):
        salida = salida + correcta(imagen[:, :, c], kernel[:, :, c])
    return salida


# --- conv2d ----------------------------------------------------------------------------------


@unseen("1_convolucion.conv2d", r"sesgo|bias")
def capa_sin_sesgo(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcuv,uvcf->nijf", ventanas, kernel)


@unseen("1_convolucion.conv2d", r"sesgo.*primer|primer.*sesgo|sesgo")
def el_mismo_sesgo_para_todos(x, kernel, bias):
    return capa(x, kernel, 0 * bias) + bias[0]


@unseen("1_convolucion.conv2d", r"sesgo.*(producto|peso|ventana|vez|veces)")
def sesgo_en_cada_producto(x, kernel, bias):
    n, h, w, _c = x.shape
    kh, kw, _, f = kernel.shape
    y = np.zeros((n, h - kh + 1, w - kw + 1, f))
    for u in range(kh):
        for v in range(kw):
            y += x[:, u : u + y.shape[1], v : v + y.shape[2]] @ kernel[u, v] + bias
    return y


@unseen("1_convolucion.conv2d", r"sesgo.*canal|canal.*sesgo")
def sesgo_en_cada_canal(x, kernel, bias):
    y = 0
    for c in range(x.shape[3]):
        y = y + capa(x[..., c : c + 1], kernel[:, :, c : c + 1], bias)
    return y


@unseen("1_convolucion.conv2d", r"sesgo.*(rest|sign)|rest.*sesgo")
def sesgo_restado(x, kernel, bias):
    return capa(x, kernel, -bias)


@unseen("1_convolucion.conv2d", r"sesgo.*multipl|multipl.*sesgo")
def sesgo_que_multiplica(x, kernel, bias):
    return capa(x, kernel, 0 * bias) * bias


@unseen("1_convolucion.conv2d", r"lote|primera imagen|batch")
def solo_la_primera_imagen(x, kernel, bias):
    return capa(x[:1], kernel, bias)


@unseen("1_convolucion.conv2d", r"lote|primera imagen|repet")
def la_primera_imagen_repetida(x, kernel, bias):
    y = np.zeros(
        (
            len(x),
            x.shape[1] - kernel.shape[0] + 1,
            x.shape[2] - kernel.shape[1] + 1,
            kernel.shape[3],
        )
    )
    for n in range(len(x)):
        y[n] = capa(x[:1], kernel, bias)[0]
    return y


@unseen("1_convolucion.conv2d", r"NCHW|canales.*(delante|primero|antes)|eje|orden")
def mapas_delante(x, kernel, bias):
    return np.transpose(capa(x, kernel, bias), (0, 3, 1, 2))


@unseen("1_convolucion.conv2d", r"relu|negativ")
def capa_con_relu(x, kernel, bias):
    return np.maximum(0, capa(x, kernel, bias))


@unseen("1_convolucion.conv2d", r"relu|negativ|antes.*sesgo")
def relu_antes_del_sesgo(x, kernel, bias):
    return np.maximum(0, capa(x, kernel, 0 * bias)) + bias


@unseen("1_convolucion.conv2d", r"filtros.*(orden|revés|inver)|(orden|revés|inver).*filtros")
def filtros_al_reves(x, kernel, bias):
    return capa(x, kernel[..., ::-1], bias[::-1])


@unseen("1_convolucion.conv2d", r"mezcl|reshape|orden")
def reshape_del_kernel(x, kernel, bias):
    kh, kw, c, f = kernel.shape
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    n, a, b = ventanas.shape[:3]
    columnas = ventanas.transpose(0, 1, 2, 4, 5, 3).reshape(n, a, b, kh * kw * c)
    return columnas @ kernel.reshape(f, kh * kw * c).T + bias


@unseen("1_convolucion.conv2d", r"orden|mezcl|canales|eje")
def columnas_en_otro_orden(x, kernel, bias):
    kh, kw, _c, f = kernel.shape
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    columnas = ventanas.reshape(*ventanas.shape[:3], -1)
    return columnas @ kernel.reshape(-1, f) + bias


@unseen("1_convolucion.conv2d", None)
def einsum_con_todos_los_canales(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcuv,uvdf->nijf", ventanas, kernel) + bias


@unseen("1_convolucion.conv2d", r"media|promedi")
def media_en_vez_de_suma(x, kernel, bias):
    kh, kw, c, _f = kernel.shape
    return capa(x, kernel / (kh * kw * c), bias)


@unseen("1_convolucion.conv2d", r"255|escal|normaliz")
def pixeles_entre_255(x, kernel, bias):
    return capa(x / 255, kernel, bias)


@unseen("1_convolucion.conv2d", r"redonde|decimal")
def redondea_a_dos_decimales(x, kernel, bias):
    return np.round(capa(x, kernel, bias), 2)


@unseen("1_convolucion.conv2d", r"eje|forma|lote|dimensi")
def quita_los_ejes_de_uno(x, kernel, bias):
    return np.squeeze(capa(x, kernel, bias))


@unseen("1_convolucion.conv2d", r"lote.*(sum|promedi|med)|(sum|promedi|med).*lote|imágenes")
def suma_el_lote(x, kernel, bias):
    y = capa(x, kernel, bias)
    return np.broadcast_to(y.mean(axis=0), y.shape).copy()


@unseen("1_convolucion.conv2d", r"sigmoide")
def con_sigmoide(x, kernel, bias):
    return 1 / (1 + np.exp(-capa(x, kernel, bias)))


@unseen("1_convolucion.conv2d", r"último filtro|un solo filtro|filtro")
def ultimo_filtro_en_todos(x, kernel, bias):
    y = capa(x, kernel, bias)
    for f in range(kernel.shape[3]):
        y[..., f] = y[..., -1]
    return y


@unseen("1_convolucion.conv2d", r"(gir|volte).*(sesgo|bias)|gir|volte")
def girada_y_sin_sesgo(x, kernel, bias):
    return capa(x, kernel[::-1, ::-1], np.zeros(kernel.shape[-1]))


@unseen("1_convolucion.conv2d", r"relu|negativ")
def leaky_relu(x, kernel, bias):
    y = capa(x, kernel, bias)
    return np.where(y > 0, y, 0.01 * y)


@unseen("1_convolucion.conv2d", r"tra(n)?sp|filas.*columnas")
def alto_y_ancho_cambiados(x, kernel, bias):
    return capa(x.swapaxes(1, 2), kernel.swapaxes(0, 1), bias)


@unseen("1_convolucion.conv2d", None)
def sesgo_solo_en_el_primer_pixel(x, kernel, bias):
    y = capa(x, kernel, 0 * bias)
    y[:, 0, 0] += bias
    return y


@unseen("1_convolucion.conv2d", None)
def valor_absoluto_del_kernel(x, kernel, bias):
    return capa(x, np.abs(kernel), bias)
