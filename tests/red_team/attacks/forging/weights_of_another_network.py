"""Da por pesos de la CNN los de otra red, NaN, infinitos, enteros y números complejos."""

UNIT = "5_fashion_mnist"
ONLY_HERE = True


def spoil(folder, places):
    import h5py
    import numpy as np

    with h5py.File(folder / "cnn.weights.h5", "r+") as file:
        last = file["layers/capa_3/vars"]
        last["0"][...] = np.nan
        last["1"][...] = np.inf
        file["layers/capa_9/vars/0"] = np.ones((3, 3, 1, 32), np.complex64)
    with h5py.File(folder / "mlp.weights.h5", "r+") as file:
        del file["layers/capa_2/vars/1"]
        file["layers/capa_2/vars/1"] = np.array([10**9] * 10)
        file["layers/capa_2/vars/1"].attrs["shape"] = (784, 128)


def succeeded(world):
    return world.accepted
