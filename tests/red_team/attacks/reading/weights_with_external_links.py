"""Pesos en HDF5 con enlaces externos y datos crudos de archivos de quien califica."""

UNIT = "5_fashion_mnist"


def spoil(folder, places):
    import h5py

    with h5py.File(folder / "cnn.weights.h5", "w") as file:
        file["layers"] = h5py.ExternalLink(f"{places['PESOS']}/cnn.weights.h5", "/layers")
    with h5py.File(folder / "mlp.weights.h5", "r+") as file:
        secret = [(f"{places['MAQUINA']}/secreto.txt", 0, 24)]
        del file["layers/capa_2/vars/1"]
        file.create_dataset("layers/capa_2/vars/1", (6,), "<f4", external=secret)


def succeeded(world):
    return world.leaked or world.accepted
