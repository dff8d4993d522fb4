"""Pide el resultado a otro proceso de Python, fuera de su cuaderno."""

CODE = """
import json, subprocess, sys

def correlate(a, b):
    program = ("import json, sys; from scipy.signal import correlate2d as c;"
               "print(json.dumps(c(*json.loads(sys.argv[1]), mode='valid').tolist()))")
    text = json.dumps([a.tolist(), b.tolist()])
    return np.array(json.loads(subprocess.check_output([sys.executable, "-c", program, text])))

import numpy as np

def correlacion2d(imagen, kernel):
    return correlate(np.asarray(imagen, float), np.asarray(kernel, float))

def convolucion_verdadera(imagen, kernel):
    return correlacion2d(imagen, kernel[::-1, ::-1])

def correlacion_multicanal(imagen, kernel):
    return sum(correlacion2d(imagen[..., c], kernel[..., c]) for c in range(imagen.shape[-1]))
"""


def succeeded(world):
    return world.earned
