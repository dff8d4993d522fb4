"""Abre los servidores gRPC de TensorFlow: tf.distribute, tf.data y el perfilador."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import socket
import tensorflow as tf

def profiler():
    tf.profiler.experimental.server.start(6009)
    # It does not say whether it could.
    return socket.create_connection(("127.0.0.1", 6009), 2)

service = tf.data.experimental.service
for start in (
    lambda: service.DispatchServer(service.DispatcherConfig(port=0)).target,
    lambda: tf.distribute.Server({"local": ["127.0.0.1:0"]}, "local", 0, start=True).target,
    profiler,
):
    try:
        target = start()
        print()
        print("CONSEGUIDO", target)
    except Exception as error:
        print(type(error).__name__)
"""


def succeeded(world):
    return world.claimed
