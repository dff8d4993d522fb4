"""Pesos con cien mil grupos, ciclos y cadenas de enlaces."""

UNIT = "5_fashion_mnist"


def spoil(folder, places):
    import h5py

    with h5py.File(folder / "cnn.weights.h5", "r+", libver="latest") as file:
        crowd = file.create_group("layers/a")
        for number in range(100_000):
            crowd[str(number)] = h5py.SoftLink("/layers")
    with h5py.File(folder / "mlp.weights.h5", "r+") as file:
        file["layers/otra_vez"] = file["layers"]
        file["layers/x"] = h5py.SoftLink("/layers/y")
        file["layers/y"] = h5py.SoftLink("/layers/x")


def succeeded(world):
    return world.held_up or world.accepted
