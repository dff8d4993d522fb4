"""Lee con los hilos de tf.data: líneas, registros de longitud fija y listados de archivos."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import tensorflow as tf

sources = [
    lambda: tf.data.TextLineDataset("@MAQUINA@/secreto.txt"),
    lambda: tf.data.FixedLengthRecordDataset("@MAQUINA@/secreto.txt", 8),
    lambda: tf.data.TFRecordDataset("@CURSO@/gradebook.db"),
    lambda: tf.data.Dataset.list_files("@CURSO@/*"),
    lambda: tf.data.Dataset.load("@CURSO@/submitted/ana"),
]
for source in sources:
    try:
        for item in source().take(20):
            print()
            print("CONSEGUIDO", item.numpy())
    except Exception as error:
        print(type(error).__name__)
"""


def succeeded(world):
    return world.leaked or world.claimed
