"""Entrena sin fin, y sus callbacks se tragan las interrupciones."""

UNIT = "5_fashion_mnist"
CODE = """
import keras
import numpy as np

model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(64, 5),
                          keras.layers.Flatten(), keras.layers.Dense(10)])
model.compile("adam", "mse")
while True:
    try:
        model.fit(np.zeros((512, 28, 28, 1)), np.zeros((512, 10)), epochs=10**9, verbose=0)
    except BaseException:
        pass
"""


def succeeded(world):
    return world.held_up
