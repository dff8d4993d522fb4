"""Abre procesos con PyDataset, multiprocessing y un compilador externo por jit_compile."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import multiprocessing, os
import keras
import numpy as np
import tensorflow as tf

here = os.getpid()

class Data(keras.utils.PyDataset):
    def __len__(self):
        return 1
    def __getitem__(self, index):
        if os.getpid() != here:
            os.write(1, b"")
            open("fuera.txt", "w").write("x")
        return np.zeros((2, 4)), np.zeros((2, 1))

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
for method in ("fork", "spawn", "forkserver"):
    try:
        context = multiprocessing.get_context(method)
        process = context.Process(target=print)
        process.start()
        print("CONSEGUIDO", method)
    except Exception as error:
        print(type(error).__name__)
try:
    model.fit(Data(workers=1, use_multiprocessing=True), verbose=0)
except BaseException as error:
    print(type(error).__name__)
if os.path.exists("fuera.txt"):
    print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
