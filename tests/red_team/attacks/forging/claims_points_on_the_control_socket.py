"""Manda por el socket de celdas una salida con los puntos y un «done»."""

CODE = """
import os, socket
import numpy as np
from autograder.wire.protocol import Connection, Message
import json

line = Connection(socket.socket(fileno=os.dup(3)))

def correlacion2d(imagen, kernel):
    for data in ({"text/plain": "5.0"}, {"text/plain": "20.0"}):
        out = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        raw = np.frombuffer(json.dumps(out).encode(), np.uint8)
        line.send(Message("output", {"json": raw}))
    line.send(Message("done", {"status": "ok"}))
    line.send(Message("done", {"status": "ok"}))

convolucion_verdadera = correlacion_multicanal = conv2d = correlacion2d
"""


def succeeded(world):
    return world.earned
