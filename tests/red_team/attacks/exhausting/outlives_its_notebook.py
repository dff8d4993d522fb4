"""Deja un proceso que sigue vivo después de la calificación."""

CODE = """
import ctypes, os, threading, time
ctypes.CDLL(None).prctl(15, b"sobrevive", 0, 0, 0)
threading.Thread(target=time.sleep, args=[600]).start()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
"""


def succeeded(world):
    return world.held_up
