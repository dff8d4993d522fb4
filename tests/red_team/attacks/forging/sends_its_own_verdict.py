"""Escribe veredictos en el socket del juez, antes y en medio de la comprobación."""

CODE = """
import os, socket
import numpy as np
from autograder.wire.protocol import Connection, Message

line = Connection(socket.socket(fileno=os.dup(int(os.environ["CURSO_JUEZ_FD"]))))
verdict = Message("verdict", {"passed": True, "score": 1.0, "report": "✔ todo correcto"})

def correlacion2d(imagen, kernel):
    line.send(verdict)
    return np.zeros((imagen.shape[0] - kernel.shape[0] + 1, 1))
"""


def succeeded(world):
    return world.earned
