"""Pide a TensorFlow miles de hilos, por sus opciones y por las de tf.data."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import tensorflow as tf

for number in (2000, 4000):
    options = tf.data.Options()
    options.threading.private_threadpool_size = number
    data = tf.data.Dataset.range(10**6).with_options(options)
    data = data.map(lambda x: tf.py_function(lambda: x, [], tf.int64), num_parallel_calls=number)
    iterator = iter(data)
    for _ in range(200):
        next(iterator)
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
