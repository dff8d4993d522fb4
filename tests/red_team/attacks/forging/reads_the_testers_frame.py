"""Busca la referencia o lo esperado en los marcos de quien llama."""

CODE = """
import sys

def thief(*args):
    frame = sys._getframe(1)
    while frame:
        for space in (frame.f_locals, frame.f_globals):
            for name, value in list(space.items()):
                if name.startswith("_referencia") and callable(value):
                    try:
                        return value(*args)
                    except Exception:
                        continue
                if name in ("esperado", "expected"):
                    return value
        frame = frame.f_back

correlacion2d = convolucion_verdadera = correlacion_multicanal = conv2d = thief
"""


def succeeded(world):
    return world.earned
