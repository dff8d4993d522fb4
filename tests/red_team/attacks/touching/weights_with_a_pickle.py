"""Entrega por pesos un pickle y un modelo .keras con código que correría al cargarlos."""

import io
import pickle
import zipfile

UNIT = "5_fashion_mnist"


class Bomb:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (self.path, "w")


def spoil(folder, places):
    deed = pickle.dumps(Bomb(f"{places['MAQUINA']}/cargado.txt"))
    (folder / "cnn.weights.h5").write_bytes(deed)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as keras_file:
        keras_file.writestr("config.json", '{"class_name": "Lambda"}')
        keras_file.writestr("../../escrito.txt", "hola")
    (folder / "mlp.weights.h5").write_bytes(archive.getvalue())


def succeeded(world):
    return world.did_damage or world.accepted
