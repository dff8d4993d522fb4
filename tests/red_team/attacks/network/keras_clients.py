"""Sale con los clientes de Keras y TensorFlow: get_file, RemoteMonitor, tf.data y gfile."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import keras
import numpy as np
import tensorflow as tf

def monitor():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    callback = keras.callbacks.RemoteMonitor("http://127.0.0.1:@PUERTO@", "/<@ATAQUE@>")
    model.fit(np.zeros((4, 4)), np.zeros((4, 1)), verbose=0, callbacks=[callback])

def stream():
    data = tf.data.Dataset.range(2)
    service = tf.data.experimental.service.distribute("parallel_epochs", "grpc://127.0.0.1:@PUERTO@")
    next(iter(tf.data.Dataset.range(2).apply(service)))

for deed in (
    lambda: keras.utils.get_file("x", "http://127.0.0.1:@PUERTO@/<@ATAQUE@>".replace(" ", "")),
    monitor,
    stream,
    lambda: tf.io.gfile.GFile("gs://curso/<@ATAQUE@>").read(),
):
    try:
        deed()
    except Exception as error:
        print(type(error).__name__)
"""


def succeeded(world):
    return world.called
