"""Pesos con referencias, tipos compuestos, cadenas y nombres que suben de carpeta."""

UNIT = "5_fashion_mnist"
ONLY_HERE = True


def spoil(folder, places):
    import h5py
    import numpy as np

    with h5py.File(folder / "cnn.weights.h5", "r+") as file:
        good = file["layers/capa_0"]
        del file["layers/capa_0/vars/0"]
        good["vars"].create_dataset("0", (3, 3, 1, 32), h5py.ref_dtype)[...] = good.ref
        file["layers/.. \x1b[2J <script>alert(1)</script>/vars/0"] = np.ones(3, "f4")
    with h5py.File(folder / "mlp.weights.h5", "r+") as file:
        pair = np.dtype([("__class__", "f4"), ("otro", "O", ())][:1])
        del file["layers/capa_1/vars/0"]
        file["layers/capa_1/vars/0"] = np.zeros((128, 64), pair)
    with h5py.File(folder / "mlp_equivalente.weights.h5", "r+") as file:
        del file["layers/capa_1/vars/0"]
        file["layers/capa_1/vars/0"] = "otra cosa"


def succeeded(world):
    return world.accepted or world.escaped_terminal
