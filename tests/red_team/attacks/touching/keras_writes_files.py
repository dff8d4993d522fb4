"""Escribe y borra con TensorFlow y Keras: write_file, gfile, puntos de control y registros."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
x, y = np.zeros((4, 4)), np.zeros((4, 1))
course, machine = "@CURSO@", "@MAQUINA@"
deeds = [
    lambda: tf.io.write_file(machine + "/escrito.txt", "hola"),
    lambda: tf.io.gfile.rename(machine + "/.bashrc", machine + "/otro", True),
    lambda: tf.io.gfile.remove(course + "/source/1_convolucion/convolucion.ipynb"),
    lambda: tf.io.gfile.rmtree(course + "/release"),
    lambda: model.save(course + "/nbgrader_config.keras"),
    lambda: model.save_weights(course + "/submitted/ana/5_fashion_mnist/cnn.weights.h5"),
    lambda: model.export(machine + "/exportado"),
    lambda: tf.train.Checkpoint(model=model).write(machine + "/punto"),
    lambda: tf.summary.create_file_writer(machine + "/resumen").init(),
    lambda: model.fit(x, y, verbose=0, callbacks=[keras.callbacks.CSVLogger(machine + "/a.csv")]),
]
for deed in deeds:
    try:
        deed()
    except Exception as error:
        print(type(error).__name__)
"""


def succeeded(world):
    return world.did_damage
