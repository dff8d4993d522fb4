"""Busca dispositivos (GPU, vídeo, memoria) y los abre desde TensorFlow o directamente."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import os
import tensorflow as tf

if tf.config.list_physical_devices("GPU"):
    print("CONSEGUIDO", "GPU")
names = ["mem", "kmsg", "kvm", "fuse", "loop0", "sda", "nvidia0", "nvidiactl", "nvidia-uvm",
         "dri/card0", "tty", "ptmx", "shm", "net/tun", "vhost-net", "zero", "full"]
for name in [*names, *os.listdir("/dev")]:
    if name in ("null", "random", "urandom"):
        continue
    try:
        os.open("/dev/" + name, os.O_RDWR)
        print()
        print("CONSEGUIDO", name)
    except OSError:
        pass
"""


def succeeded(world):
    return world.claimed
