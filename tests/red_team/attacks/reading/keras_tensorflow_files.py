"""Lee con TensorFlow, que abre archivos desde C++: read_file, gfile y raw_ops."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import sys
import tensorflow as tf
import autograder

def look(read):
    try:
        print(read())
    except Exception as error:
        print(type(error).__name__)

def others(pattern):
    # Python and what the notebook imports are there to be read, wherever they are installed.
    known = sys.prefix, sys.base_prefix, autograder.__file__
    found = tf.io.gfile.glob(pattern)
    return [path for path in found if not any(place.startswith(path) for place in known)]

for path in ("@MAQUINA@/secreto.txt", "@CURSO@/gradebook.db", "file://@MAQUINA@/secreto.txt"):
    look(lambda: tf.io.read_file(path).numpy())
    look(lambda: tf.io.gfile.GFile(path, "rb").read())
    look(lambda: tf.raw_ops.ReadFile(filename=path).numpy())
    look(lambda: tf.io.gfile.copy(path, "copia", True) or open("copia", "rb").read())
for pattern in ("@MAQUINA@/*", "@CURSO@/submitted/*/*", "/tmp/*", "/*/.ssh/*", "/home/*/.*"):
    look(lambda: ["CONSEGUIDO", *found] if (found := others(pattern)) else "nada")
for found in others("/tmp/*") + others("@MAQUINA@/*"):
    print()
    print("CONSEGUIDO", found)
"""


def succeeded(world):
    return world.leaked or world.claimed
