"""Mete secuencias de terminal y de dirección de texto en mensajes de error."""

CODE = r"""
Bad = type("Malo\x1b[2J\x1b]0;robado\x07", (Exception,), {})

def correlacion2d(imagen, kernel):
    raise Bad("\x1b[31mrojo\x1b]8;;http://x.invalid\x07enlace\u202etnoc\x00\r")
"""


def succeeded(world):
    return world.escaped_terminal
