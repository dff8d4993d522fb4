"""Carga en TensorFlow una biblioteca suya y código por load_op_library y ctypes."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import ctypes, os
import tensorflow as tf

libc = ctypes.CDLL(None)
open("mia.so", "wb").write(b"\x7fELF" + bytes(60))
for load in (tf.load_op_library, tf.load_library, ctypes.CDLL):
    try:
        load("./mia.so")
    except Exception as error:
        print(type(error).__name__)

def outside():
    child = libc.syscall(57)
    if child == 0:
        os._exit(0)
    if child > 0:
        print("CONSEGUIDO", "fork")
    try:
        os.posix_spawn("/bin/sh", ["sh", "-c", "true"], {})
        print("CONSEGUIDO", "posix_spawn")
    except OSError:
        pass
    return 1.0

# In the threads of TensorFlow, which are not the interpreter's.
print(tf.py_function(outside, [], tf.float64))
print(tf.raw_ops.EagerPyFunc(input=[], token="x", Tout=[tf.float64], is_async=True))
"""


def succeeded(world):
    return world.claimed
