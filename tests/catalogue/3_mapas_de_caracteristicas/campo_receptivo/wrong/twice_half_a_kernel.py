CAUSE_ID = "campo-con-dos-mitades"


def campo_receptivo(capas):
    izquierda = derecha = 0
    salto = 1
    for kernel, paso in capas:
        izquierda += kernel // 2 * salto
        derecha += kernel // 2 * salto
        salto *= paso
    return izquierda + 1 + derecha
