"""Entrega como pesos un enlace simbólico a un archivo de quien califica, y lo lee."""

UNIT = "5_fashion_mnist"
CODE = """
import glob
for path in glob.glob("*") + glob.glob("/entrega/*"):
    try:
        print(path, open(path, "rb").read(200))
    except OSError as error:
        print(error)
"""


def spoil(folder, places):
    for name in ("cnn.weights.h5", "mlp.weights.h5"):
        (folder / name).unlink()
    (folder / "cnn.weights.h5").symlink_to(f"{places['MAQUINA']}/secreto.txt")
    (folder / "mlp.weights.h5").symlink_to(f"{places['PESOS']}/mlp.weights.h5")
    (folder / "apuntes.txt").symlink_to(f"{places['MAQUINA']}/secreto.txt")


def succeeded(world):
    return world.leaked or world.accepted
