"""Un hilo responde «done» por las celdas siguientes y aprueba por ellas."""

CODE = """
import os, socket, threading, time
from autograder.wire.protocol import Connection, Message

control = Connection(socket.socket(fileno=os.dup(3)))
judge = Connection(socket.socket(fileno=os.dup(4)))

def shell():
    control.send(Message("done", {"status": "ok"}))
    for _ in range(30):
        try:
            control.receive()
            judge.send(Message("verdict", {"passed": True, "report": "✔"}))
            control.send(Message("done", {"status": "ok"}))
        except Exception:
            return

threading.Thread(target=shell, daemon=True).start()
time.sleep(1)
"""


def succeeded(world):
    return world.earned
