"""Contesta con otra comprobación mientras corre la celda calificada."""

CODE = """
import autograder, autograder.notebook.client
real = autograder.notebook.client.comprobar

def trick(check, function):
    dense = lambda entradas, unidades, use_bias=True: entradas * unidades + use_bias * unidades
    real("2_filtros.parametros_dense", dense)
    real("2_filtros.parametros_dense", dense)

autograder.comprobar = autograder.notebook.client.comprobar = trick
correlacion2d = convolucion_verdadera = correlacion_multicanal = conv2d = lambda *a: None
"""


def succeeded(world):
    return world.earned
