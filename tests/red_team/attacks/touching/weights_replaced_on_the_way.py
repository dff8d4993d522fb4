"""Su cuaderno cambia, mientras se califica, los pesos que se van a medir."""

UNIT = "5_fashion_mnist"
CODE = """
import glob, os, shutil, threading, time

def replace():
    while True:
        for good in ("buenos.h5", "otros.weights.h5", "/entrega/otros.weights.h5"):
            for place in (".", "/entrega", "@CURSO@/submitted/touching-weights_replaced_on_the_way/"
                          "5_fashion_mnist", *glob.glob("/tmp/curso-*")):
                try:
                    shutil.copy(good, place + "/cnn.weights.h5")
                except OSError:
                    pass
        time.sleep(0.05)

threading.Thread(target=replace, daemon=True).start()
time.sleep(1)
"""


def spoil(folder, places):
    (folder / "cnn.weights.h5").rename(folder / "otros.weights.h5")
    (folder / "cnn.weights.h5").write_bytes(b"nada")


def succeeded(world):
    return world.accepted or world.did_damage
