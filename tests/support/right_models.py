"""Twenty ways of building a network in Keras, all of them right, and the networks of the course.

Keras is imported where it is used: whoever imports this need not have it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

Layer = tuple[str, dict[str, Any]]  # the name of a class of keras.layers, and its arguments
Layers = Sequence[Layer]
SHAPE = (28, 28, 1)


def made(layers: Layers, **more: Any) -> list[Any]:
    """The layers, new; ``more`` goes to those that have weights."""
    import keras

    return [
        getattr(keras.layers, name)(**arguments, **(more if name in ("Conv2D", "Dense") else {}))
        for name, arguments in layers
    ]


def activations_apart(layers: Layers, as_a_layer: Callable[[str], Layer]) -> list[Layer]:
    parts: list[Layer] = []
    for name, arguments in layers:
        rest = {key: value for key, value in arguments.items() if key != "activation"}
        parts.append((name, rest))
        if "activation" in arguments:
            parts.append(as_a_layer(arguments["activation"]))
    return parts


def in_a_list(layers):
    import keras

    return keras.Sequential([keras.Input(SHAPE), *made(layers)])


def added_one_by_one(layers):
    import keras

    model = keras.models.Sequential()
    model.add(keras.layers.Input(shape=SHAPE))
    for layer in made(layers):
        model.add(layer)
    return model


def functional(layers):
    import keras

    image = x = keras.Input(SHAPE)
    for layer in made(layers):
        x = layer(x)
    return keras.Model(image, x)


def by_reduce(layers):
    import keras

    image = keras.Input(SHAPE, name="imagen")
    out = functools.reduce(lambda x, layer: layer(x), made(layers), image)
    return keras.Model(inputs=[image], outputs=[out])


def subclassed(layers):
    import keras

    class Network(keras.Model):
        __module__ = "__main__"  # as written in a notebook

        def __init__(self):
            super().__init__()
            self.steps = made(layers)

        def call(self, x):
            for step in self.steps:
                x = step(x)
            return x

    return Network()


def from_its_configuration(layers):
    import keras

    return keras.Sequential.from_config(in_a_list(layers).get_config())


def from_json(layers):
    import keras

    return keras.models.model_from_json(functional(layers).to_json())


def cloned(layers):
    import keras

    return keras.models.clone_model(in_a_list(layers))


def nested(layers):
    import keras

    steps = made(layers)
    half = (len(steps) + 1) // 2
    inside = [keras.Sequential(part) for part in (steps[:half], steps[half:]) if part]
    return keras.Sequential([keras.Input(SHAPE), *inside])


def a_model_called_by_another(layers):
    import keras

    image = keras.Input(SHAPE)
    return keras.Model(image, functional(layers)(image))


def without_input(layers):
    import keras

    return keras.Sequential(made(layers))


def built_by_hand(layers):
    model = without_input(layers)
    model.build((None, *SHAPE))
    return model


def with_activation_layers(layers):
    return in_a_list(activations_apart(layers, lambda name: ("Activation", {"activation": name})))


def with_relu_and_softmax_layers(layers):
    classes: dict[str, Layer] = {"relu": ("ReLU", {}), "softmax": ("Softmax", {})}
    return functional(activations_apart(layers, classes.__getitem__))


def with_functions_for_activations(layers):
    import keras

    given = [
        (name, {k: getattr(keras.activations, v) if k == "activation" else v for k, v in a.items()})
        for name, a in layers
    ]
    return in_a_list(given)


def named(layers):
    import keras

    numbered = [(kind, {**a, "name": f"{kind.lower()}_{n}"}) for n, (kind, a) in enumerate(layers)]
    return keras.Sequential([keras.Input(SHAPE), *made(numbered)], name="mi_red")


def with_other_initial_weights(layers):
    import keras

    steps = made(layers, kernel_initializer="he_normal", bias_initializer="random_normal")
    return keras.Sequential([keras.Input(SHAPE), *steps])


def regularised_and_seeded(layers):
    import keras

    start = keras.initializers.GlorotNormal(seed=7)
    return keras.Sequential(
        [
            keras.Input(SHAPE),
            *made(layers, kernel_initializer=start, kernel_regularizer=keras.regularizers.l2(1e-4)),
        ]
    )


def compiled(layers):
    model = functional(layers)
    model.compile(optimizer="adam", loss="mse", metrics=["mae"])
    return model


def for_batches_of_any_size(layers):
    import keras

    image = keras.Input(batch_shape=(None, *SHAPE), dtype="float32")
    x = image
    for layer in made(layers, use_bias=True):
        x = layer(x)
    return keras.models.Model(image, x)


ASSEMBLERS: list[Callable[[Layers], Any]] = [
    in_a_list,
    added_one_by_one,
    functional,
    by_reduce,
    subclassed,
    from_its_configuration,
    from_json,
    cloned,
    nested,
    a_model_called_by_another,
    without_input,
    built_by_hand,
    with_activation_layers,
    with_relu_and_softmax_layers,
    with_functions_for_activations,
    named,
    with_other_initial_weights,
    regularised_and_seeded,
    compiled,
    for_batches_of_any_size,
]


def conv(filters: int, **more: Any) -> Layer:
    return "Conv2D", {"filters": filters, "kernel_size": 3, **more}


def dense(units: int, activation: str = "relu") -> Layer:
    return "Dense", {"units": units, "activation": activation}


FLATTEN: Layer = ("Flatten", {})
POOL: Layer = ("MaxPooling2D", {"pool_size": 2})
NETWORKS: dict[str, Layers] = {
    "3_mapas_de_caracteristicas.capa_basica": [conv(8, padding="same", activation="relu")],
    "3_mapas_de_caracteristicas.capa_stride2": [conv(32, strides=2, padding="same")],
    "5_fashion_mnist.construir_cnn": [
        conv(32, activation="relu"),
        POOL,
        conv(64, activation="relu"),
        POOL,
        FLATTEN,
        dense(128),
        dense(10, "softmax"),
    ],
    "5_fashion_mnist.construir_mlp": [FLATTEN, dense(128), dense(64), dense(10, "softmax")],
    "5_fashion_mnist.construir_mlp_equivalente": [
        FLATTEN,
        dense(256),
        dense(96),
        dense(10, "softmax"),
    ],
}


def ways(check_id: str) -> dict[str, Callable[[], Any]]:
    """Each way of building a network, by its name."""
    return {way.__name__: functools.partial(way, NETWORKS[check_id]) for way in ASSEMBLERS}
