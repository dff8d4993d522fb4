"""Reserva memoria con el repartidor de TensorFlow hasta 3 GB."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import tensorflow as tf

held = []
for _ in range(30):
    held.append(tf.random.stateless_uniform([25 << 20], [1, 2]))
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
