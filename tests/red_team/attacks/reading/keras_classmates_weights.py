"""Busca los pesos de otra estudiante con Keras, h5py y enlaces externos de HDF5."""

UNIT = "5_fashion_mnist"
CODE = """
import glob
import h5py
import keras

model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(128), keras.layers.Dense(64),
                          keras.layers.Dense(10)])
places = ["@CURSO@/submitted/ana/5_fashion_mnist", "@CURSO@/autograded/ana/5_fashion_mnist",
          "@PESOS@", *glob.glob("/tmp/curso-*"), *glob.glob("/entrega/*")]
with h5py.File("trampa.h5", "w") as file:
    file["enlace"] = h5py.ExternalLink("@PESOS@/mlp.weights.h5", "/layers")
    file.create_dataset("cruda", (16,), "u1", external=[("@MAQUINA@/secreto.txt", 0, 16)])
for place in places:
    try:
        model.load_weights(place + "/mlp.weights.h5")
        print("CONSEGUIDO", place)
    except Exception as error:
        print(type(error).__name__)
for name in ("enlace", "cruda"):
    try:
        with h5py.File("trampa.h5") as file:
            print("CONSEGUIDO", list(file[name][()] if name == "cruda" else file[name]))
    except Exception as error:
        print(type(error).__name__)
"""


def succeeded(world):
    return world.leaked or world.claimed
