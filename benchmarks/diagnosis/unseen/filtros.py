"""Wrong answers to unit 2, as a student would write them; the catalogue had not been read."""

import math

import numpy as np

from benchmarks.diagnosis.answers import unseen

SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def elige(eje, en_x, en_y):
    if eje not in ("x", "y"):
        raise ValueError(f"eje desconocido: {eje!r}")
    return np.array(en_x if eje == "x" else en_y)


@unseen("2_filtros.filtro_sobel", r"cambiad|intercambi|ejes|otro eje")
def sobel_ejes_cambiados(eje):
    return elige(eje, SOBEL.T, SOBEL)


@unseen("2_filtros.filtro_sobel", r"sign")
def sobel_con_signo_contrario(eje):
    return elige(eje, [[1, 0, -1], [2, 0, -2], [1, 0, -1]], [[1, 2, 1], [0, 0, 0], [-1, -2, -1]])


@unseen("2_filtros.filtro_sobel", r"prewitt|suaviz|1, ?2, ?1|peso.* 2")
def prewitt(eje):
    p = [[-1, 0, 1]] * 3
    return elige(eje, p, np.transpose(p))


@unseen("2_filtros.filtro_sobel", r"ValueError|error|otro valor")
def sobel_sin_error(eje):
    return SOBEL if eje == "x" else SOBEL.T


@unseen("2_filtros.filtro_sobel", r"sign|eje.*y|solo")
def sobel_y_hacia_arriba(eje):
    return elige(eje, SOBEL, [[1, 2, 1], [0, 0, 0], [-1, -2, -1]])


@unseen("2_filtros.filtro_sobel", r"eje|mismo|ignor|tra(n)?sp")
def sobel_siempre_x(eje):
    return elige(eje, SOBEL, SOBEL)


@unseen("2_filtros.filtro_sobel", None)
def scharr(eje):
    s = np.array([[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]])
    return elige(eje, s, s.T)


@unseen("2_filtros.filtro_sobel", r"divid|normaliz|factor|8|escala")
def sobel_entre_ocho(eje):
    return elige(eje, SOBEL / 8, SOBEL.T / 8)


@unseen("2_filtros.filtro_sobel", None)
def laplaciano(eje):
    lap = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    return elige(eje, lap, lap)


# --- filtro_gaussiano ------------------------------------------------------------------------


def distancias(tamano, centro=None):
    centro = (tamano - 1) / 2 if centro is None else centro
    i = np.arange(tamano) - centro
    return i[:, None] ** 2 + i[None, :] ** 2


@unseen("2_filtros.filtro_gaussiano", r"suma|normaliz")
def gauss_sin_normalizar(tamano, sigma):
    return np.exp(-distancias(tamano) / (2 * sigma**2))


@unseen("2_filtros.filtro_gaussiano", r"varian|cuadrado|sigma")
def gauss_sigma_sin_cuadrado(tamano, sigma):
    g = np.exp(-distancias(tamano) / (2 * sigma))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"\b2\b|dos|mitad")
def gauss_sin_el_dos(tamano, sigma):
    g = np.zeros((tamano, tamano))
    c = (tamano - 1) / 2
    for i in range(tamano):
        for j in range(tamano):
            g[i, j] = math.exp(-((i - c) ** 2 + (j - c) ** 2) / sigma**2)
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"centr|par")
def gauss_centro_entero(tamano, sigma):
    g = np.exp(-distancias(tamano, tamano // 2) / (2 * sigma**2))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"centr")
def gauss_centro_en_la_mitad(tamano, sigma):
    g = np.exp(-distancias(tamano, tamano / 2) / (2 * sigma**2))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"máxim|suma|normaliz|centro")
def gauss_centro_uno(tamano, sigma):
    g = np.exp(-distancias(tamano) / (2 * sigma**2))
    return g / g.max()


@unseen("2_filtros.filtro_gaussiano", r"cuadrad|distancia")
def gauss_distancia_sin_cuadrado(tamano, sigma):
    g = np.exp(-np.sqrt(distancias(tamano)) / (2 * sigma**2))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"2 ?π|teóric|fórmula continua|suma|normaliz")
def gauss_de_la_formula_continua(tamano, sigma):
    return np.exp(-distancias(tamano) / (2 * sigma**2)) / (2 * np.pi * sigma**2)


@unseen("2_filtros.filtro_gaussiano", r"fila|column|una dimensi|un eje")
def gauss_solo_en_columnas(tamano, sigma):
    i = np.arange(tamano) - (tamano - 1) / 2
    g = np.tile(np.exp(-(i**2) / (2 * sigma**2)), (tamano, 1))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"sign|menos|crec")
def gauss_sin_el_menos(tamano, sigma):
    g = np.exp(distancias(tamano) / (2 * sigma**2))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"impar|par|tamaño")
def gauss_solo_impares(tamano, sigma):
    if tamano % 2 == 0:
        tamano += 1
    g = np.exp(-distancias(tamano) / (2 * sigma**2))
    return g / g.sum()


@unseen("2_filtros.filtro_gaussiano", r"promedi|uniforme|iguales|caja|sigma")
def gauss_de_caja(tamano, sigma):
    return np.ones((tamano, tamano)) / tamano**2


@unseen("2_filtros.filtro_gaussiano", None)
def gauss_por_filas_normalizado(tamano, sigma):
    g = np.exp(-distancias(tamano) / (2 * sigma**2))
    return g / g.sum(axis=1, keepdims=True)


@unseen("2_filtros.filtro_gaussiano", None)
def gauss_suma_distancias(tamano, sigma):
    i = np.abs(np.arange(tamano) - (tamano - 1) / 2)
    g = np.exp(-((i[:, None] + i) ** 2) / (2 * sigma**2))
    return g / g.sum()


# --- parametros_conv2d -----------------------------------------------------------------------


def lados(kernel_size):
    return (kernel_size, kernel_size) if np.ndim(kernel_size) == 0 else tuple(kernel_size)


@unseen("2_filtros.parametros_conv2d", r"sesgo")
def conv_sin_sesgos(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return a * b * canales_entrada // groups * filters


@unseen("2_filtros.parametros_conv2d", r"sesgo")
def conv_un_solo_sesgo(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return a * b * (canales_entrada // groups) * filters + int(use_bias)


@unseen("2_filtros.parametros_conv2d", r"use_bias|siempre|sesgo")
def conv_siempre_con_sesgo(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return (a * b * (canales_entrada // groups) + 1) * filters


@unseen("2_filtros.parametros_conv2d", r"canal")
def conv_sin_canales(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return a * b * filters + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"cuadrad|kw|par|ancho|tupla")
def conv_kernel_cuadrado(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    k = lados(kernel_size)[0]
    return k**2 * (canales_entrada // groups) * filters + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"cuadrad|kernel|una vez")
def conv_kernel_sin_cuadrado(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    k = kernel_size if isinstance(kernel_size, int) else kernel_size[0] * kernel_size[1]
    return k * (canales_entrada // groups) * filters + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"grupo")
def conv_sin_grupos(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return a * b * canales_entrada * filters + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"grupo")
def conv_grupos_dos_veces(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    pesos = a * b * (canales_entrada // groups) * (filters // groups)
    return pesos + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"sesgo.*canal|canal.*sesgo|sesgo")
def conv_sesgo_por_canal(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    pesos = a * b * (canales_entrada // groups) * filters
    return pesos + (canales_entrada * filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"grupo")
def conv_sesgos_entre_grupos(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return (a * b * canales_entrada * filters + (filters if use_bias else 0)) // groups


@unseen("2_filtros.parametros_conv2d", r"Dense|densa|kernel")
def conv_como_dense(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    return canales_entrada * filters + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", r"imagen|28")
def conv_con_la_imagen(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    pesos = a * b * (canales_entrada // groups) * filters
    return (pesos + (filters if use_bias else 0)) * 28 * 28


@unseen("2_filtros.parametros_conv2d", r"use_bias|contrario|revés|sesgo")
def conv_sesgo_al_reves(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return a * b * (canales_entrada // groups) * filters + (0 if use_bias else filters)


@unseen("2_filtros.parametros_conv2d", r"filtro")
def conv_sin_filtros(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return a * b * (canales_entrada // groups) + (filters if use_bias else 0)


@unseen("2_filtros.parametros_conv2d", None)
def conv_suma_los_lados(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    a, b = lados(kernel_size)
    return (a + b) * (canales_entrada // groups) * filters + (filters if use_bias else 0)


# --- parametros_dense ------------------------------------------------------------------------


@unseen("2_filtros.parametros_dense", r"sesgo")
def dense_un_sesgo(entradas, unidades, use_bias=True):
    return entradas * unidades + (1 if use_bias else 0)


@unseen("2_filtros.parametros_dense", r"sesgo")
def dense_sin_sesgo(entradas, unidades, use_bias=True):
    return entradas * unidades


@unseen("2_filtros.parametros_dense", r"entrada|sesgo")
def dense_un_sesgo_por_entrada(entradas, unidades, use_bias=True):
    return unidades * entradas + entradas * use_bias


@unseen("2_filtros.parametros_dense", r"use_bias|siempre|sesgo")
def dense_siempre_con_sesgo(entradas, unidades, use_bias=True):
    return (entradas + 1) * unidades


@unseen("2_filtros.parametros_dense", None)
def dense_uno_de_mas_en_cada_lado(entradas, unidades, use_bias=True):
    return (entradas + 1) * (unidades + 1) if use_bias else entradas * unidades


@unseen("2_filtros.parametros_dense", r"use_bias|contrario|revés|sesgo")
def dense_sesgo_al_reves(entradas, unidades, use_bias=True):
    if not use_bias:
        return entradas * unidades + unidades
    return entradas * unidades


@unseen("2_filtros.parametros_dense", r"multiplic|producto|sum")
def dense_suma(entradas, unidades, use_bias=True):
    return entradas + unidades + (unidades if use_bias else 0)


# --- normalizar_filtros ----------------------------------------------------------------------


@unseen("2_filtros.normalizar_filtros", r"todos|conjunto|cada filtro|por separado")
def normaliza_todo_junto(kernel):
    rango = kernel.max() - kernel.min()
    return (kernel - kernel.min()) / (rango if rango else 1)


@unseen("2_filtros.normalizar_filtros", r"canal")
def normaliza_cada_canal(kernel):
    m = kernel.min(axis=(0, 1))
    r = kernel.max(axis=(0, 1)) - m
    return (kernel - m) / np.where(r == 0, 1, r)


@unseen("2_filtros.normalizar_filtros", r"máxim")
def normaliza_por_el_maximo(kernel):
    m = kernel.max(axis=(0, 1, 2))
    return kernel / np.where(m == 0, 1, m)


@unseen("2_filtros.normalizar_filtros", r"absolut|máxim")
def normaliza_por_el_absoluto(kernel):
    m = np.abs(kernel).max(axis=(0, 1, 2))
    return kernel / np.where(m == 0, 1, m)


@unseen("2_filtros.normalizar_filtros", r"NaN|constante|iguales|0")
def normaliza_con_nan(kernel):
    m = kernel.min(axis=(0, 1, 2))
    with np.errstate(all="ignore"):
        return (kernel - m) / (kernel.max(axis=(0, 1, 2)) - m)


@unseen("2_filtros.normalizar_filtros", r"desviaci|media|z-?score|estandari")
def normaliza_a_media_cero(kernel):
    s = kernel.std(axis=(0, 1, 2))
    return (kernel - kernel.mean(axis=(0, 1, 2))) / np.where(s == 0, 1, s)


@unseen("2_filtros.normalizar_filtros", r"-1|−1|intervalo")
def normaliza_entre_menos_uno_y_uno(kernel):
    m = kernel.min(axis=(0, 1, 2))
    r = kernel.max(axis=(0, 1, 2)) - m
    return 2 * (kernel - m) / np.where(r == 0, 1, r) - 1


@unseen("2_filtros.normalizar_filtros", None)
def minimo_propio_rango_comun(kernel):
    r = kernel.max() - kernel.min()
    return (kernel - kernel.min(axis=(0, 1, 2))) / (r or 1)


@unseen("2_filtros.normalizar_filtros", r"constante|iguales|cero")
def constante_a_medias(kernel):
    m = kernel.min(axis=(0, 1, 2))
    r = kernel.max(axis=(0, 1, 2)) - m
    return np.where(r == 0, 0.5, (kernel - m) / np.where(r == 0, 1, r))


@unseen("2_filtros.normalizar_filtros", r"filtro|eje|canal")
def normaliza_por_el_eje_de_canales(kernel):
    m = kernel.min(axis=(0, 1, 3), keepdims=True)
    r = kernel.max(axis=(0, 1, 3), keepdims=True) - m
    return (kernel - m) / np.where(r == 0, 1, r)


@unseen("2_filtros.normalizar_filtros", r"mínim|rest")
def divide_sin_restar_el_minimo(kernel):
    r = kernel.max(axis=(0, 1, 2)) - kernel.min(axis=(0, 1, 2))
    return kernel / np.where(r == 0, 1, r)


@unseen("2_filtros.normalizar_filtros", r"255")
def lleva_a_255(kernel):
    m = kernel.min(axis=(0, 1, 2))
    r = kernel.max(axis=(0, 1, 2)) - m
    return 255 * (kernel - m) / np.where(r == 0, 1, r)


@unseen("2_filtros.normalizar_filtros", r"modific|entrada|enter")
def normaliza_en_el_sitio(kernel):
    for f in range(kernel.shape[3]):
        m, r = kernel[..., f].min(), np.ptp(kernel[..., f])
        kernel[..., f] = (kernel[..., f] - m) / (r or 1)
    return kernel
