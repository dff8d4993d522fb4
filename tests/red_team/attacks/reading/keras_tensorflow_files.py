"""Lee con TensorFlow, que abre archivos desde C++: read_file, gfile y raw_ops."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import tensorflow as tf

def look(read):
    try:
        print(read())
    except Exception as error:
        print(type(error).__name__)

for path in ("@MAQUINA@/secreto.txt", "@CURSO@/gradebook.db", "file://@MAQUINA@/secreto.txt"):
    look(lambda: tf.io.read_file(path).numpy())
    look(lambda: tf.io.gfile.GFile(path, "rb").read())
    look(lambda: tf.raw_ops.ReadFile(filename=path).numpy())
    look(lambda: tf.io.gfile.copy(path, "copia", True) or open("copia", "rb").read())
for pattern in ("@MAQUINA@/*", "@CURSO@/submitted/*/*", "/tmp/*", "/root/*", "/home/*/.*"):
    look(lambda: ["CONSEGUIDO", *found] if (found := tf.io.gfile.glob(pattern)) else "nada")
for found in tf.io.gfile.glob("/tmp/*") + tf.io.gfile.glob("@MAQUINA@/*"):
    print()
    print("CONSEGUIDO", found)
"""


def succeeded(world):
    return world.leaked or world.claimed
