"""Wrong answers to unit 3's functions of numbers; the catalogue had not been read."""

from benchmarks.diagnosis.answers import unseen


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"paso|salto|acumul")
def campo_sin_pasos(capas):
    return 1 + sum(k - 1 for k, _ in capas)


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"orden|antes|después|salto")
def salto_antes(capas):
    campo, salto = 1, 1
    for k, s in capas:
        salto *= s
        campo += (k - 1) * salto
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"acumul|salto|paso")
def solo_el_paso_de_la_capa(capas):
    campo = 1
    for k, s in capas:
        campo += (k - 1) * s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"k ?[-−] ?1|menos uno|kernel")
def campo_suma_k(capas):
    campo, salto = 1, 1
    for k, s in capas:
        campo += k * salto
        salto *= s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"empie|1")
def campo_desde_cero(capas):
    campo, salto = 0, 1
    for k, s in capas:
        campo += (k - 1) * salto
        salto *= s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"salto|campo")
def devuelve_el_salto(capas):
    campo, salto = 1, 1
    for k, s in capas:
        campo += (k - 1) * salto
        salto *= s
    return salto


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"multiplic|salto|sum")
def salto_sumado(capas):
    campo, salto = 1, 1
    for k, s in capas:
        campo += (k - 1) * salto
        salto += s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"última|una capa|solo")
def solo_la_ultima(capas):
    campo = 1
    for k, _ in capas:
        campo = k
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"anterior|acumul|salto")
def paso_de_la_anterior(capas):
    campo, anterior = 1, 1
    for k, s in capas:
        campo += (k - 1) * anterior
        anterior = s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"return|primera|bucle")
def campo_return_en_el_bucle(capas):
    campo, salto = 1, 1
    for k, s in capas:
        campo += (k - 1) * salto
        salto *= s
        return campo
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", None)
def producto_de_kernels(capas):
    campo = 1
    for k, _ in capas:
        campo *= k
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"orden|revés|inver|final")
def campo_desde_el_final(capas):
    campo, salto = 1, 1
    for k, s in reversed(capas):
        campo += (k - 1) * salto
        salto *= s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"cuadrad|área|lado")
def campo_al_cuadrado(capas):
    campo, salto = 1, 1
    for k, s in capas:
        campo += (k - 1) * salto
        salto *= s
    return campo**2


@unseen("3_mapas_de_caracteristicas.campo_receptivo", r"orden|intercambi|kernel.*paso|paso.*kernel")
def kernel_y_paso_al_reves(capas):
    campo, salto = 1, 1
    for s, k in capas:
        campo += (k - 1) * salto
        salto *= s
    return campo


@unseen("3_mapas_de_caracteristicas.campo_receptivo", None)
def campo_con_un_uno_de_mas(capas):
    campo, salto = 1, 1
    for k, s in capas:
        campo = campo * s + (k - 1) * salto
        salto *= s
    return campo
