"""Pesos comprimidos que se hinchan, y matrices declaradas de terabytes."""

UNIT = "5_fashion_mnist"


def spoil(folder, places):
    import h5py
    import numpy as np

    with h5py.File(folder / "cnn.weights.h5", "r+") as file:
        del file["layers/capa_2/vars/0"]
        zeros = np.zeros((1600, 128), np.float32)
        file.create_dataset("layers/capa_2/vars/0", data=zeros, compression="gzip")
        file.create_dataset("layers/z/vars/0", (1 << 24, 1 << 24), "f4", chunks=(64, 64))
    with h5py.File(folder / "mlp.weights.h5", "r+") as file:
        layout = h5py.VirtualLayout((1 << 20, 1 << 20), "f4")
        file.create_virtual_dataset("layers/z/vars/0", layout)


def succeeded(world):
    return world.held_up or world.accepted
