"""The functions that read a model of Keras, each written in many ways that are all right.

Keras is imported where it is used: whoever imports this need not have it.
"""

from __future__ import annotations

import functools
import itertools
import math
import operator

import numpy as np
from right_registry import right


def first_conv(modelo):
    import keras

    return next(layer for layer in modelo.layers if isinstance(layer, keras.layers.Conv2D))


# --- the first filters ----------------------------------------------------------------------------

FILTERS = "3_mapas_de_caracteristicas.filtros_aprendidos"


@right(FILTERS)
def with_next(modelo):
    return np.array(first_conv(modelo).kernel)


@right(FILTERS)
def from_the_weights_of_numpy(modelo):
    import keras

    for layer in modelo.layers:
        if isinstance(layer, keras.layers.Conv2D):
            return layer.get_weights()[0]


@right(FILTERS)
def from_a_list(modelo):
    from keras.layers import Conv2D

    convs = [layer for layer in modelo.layers if isinstance(layer, Conv2D)]
    return convs[0].kernel.numpy()


@right(FILTERS)
def with_filter(modelo):
    import keras

    convs = filter(lambda layer: isinstance(layer, keras.layers.Conv2D), modelo.layers)
    return keras.ops.convert_to_numpy(next(convs).weights[0])


@right(FILTERS)
def by_the_name_of_the_class(modelo):
    for layer in modelo.layers:
        if type(layer).__name__ == "Conv2D":
            weights, *_ = layer.get_weights()
            return weights
    raise ValueError("no hay ninguna Conv2D")


@right(FILTERS)
def by_index_with_while(modelo):
    import keras

    i = 0
    while not isinstance(modelo.layers[i], keras.layers.Conv2D):
        i += 1
    return np.asarray(modelo.layers[i].kernel)


@right(FILTERS)
def backwards(modelo):
    import keras

    found = None
    for layer in reversed(modelo.layers):
        if isinstance(layer, keras.layers.Conv2D):
            found = layer
    return np.copy(found.get_weights()[0])


@right(FILTERS)
def with_a_break(modelo):
    import keras

    filters = None
    for layer in modelo.layers:
        if isinstance(layer, keras.layers.Conv2D):
            filters = layer.kernel
            break
    return keras.ops.convert_to_numpy(filters).astype(np.float64)


@right(FILTERS)
def by_recursion(modelo):
    import keras

    def search(layers):
        first, *others = layers
        return first if isinstance(first, keras.layers.Conv2D) else search(others)

    return np.array(search(modelo.layers).get_weights()[0])


@right(FILTERS)
def by_getting_it_by_name(modelo):
    import keras

    names = {layer.name: layer for layer in modelo.layers}
    name = min(
        (n for n, layer in names.items() if isinstance(layer, keras.layers.Conv2D)),
        key=list(names).index,
    )
    return modelo.get_layer(name).kernel.numpy()


@right(FILTERS)
def the_tensor_itself(modelo):
    import keras

    return keras.ops.convert_to_tensor(first_conv(modelo).kernel)


@right(FILTERS)
def with_dropwhile(modelo):
    import keras

    def is_not(layer):
        return not isinstance(layer, keras.layers.Conv2D)

    return np.stack(next(itertools.dropwhile(is_not, modelo.layers)).get_weights()[0])


# --- the maps of a layer --------------------------------------------------------------------------

MAPS = "3_mapas_de_caracteristicas.extraer_mapas"


@right(MAPS)
def as_numpy(modelo, nombre_capa, x):
    import keras

    layer = modelo.get_layer(nombre_capa)
    return keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], layer.output)(x))


@right(MAPS)
def with_lists_of_tensors(modelo, nombre_capa, x):
    import keras

    until = keras.Model(inputs=modelo.inputs, outputs=[modelo.get_layer(nombre_capa).output])
    found = until(x)
    return np.array(found[0] if isinstance(found, list) else found)


@right(MAPS)
def as_a_dictionary(modelo, nombre_capa, x):
    import keras

    outputs = {layer.name: layer.output for layer in modelo.layers}
    if nombre_capa not in outputs:
        raise ValueError(f"no hay ninguna capa {nombre_capa!r}")
    maps = keras.Model(modelo.inputs[0], outputs)(x)
    return np.asarray(maps[nombre_capa])


@right(MAPS)
def with_a_function_that_searches(modelo, nombre_capa, x):
    import keras

    for layer in modelo.layers:
        if layer.name == nombre_capa:
            return keras.Model(modelo.inputs[0], layer.output).predict_on_batch(x)
    raise ValueError("esa capa no existe")


@right(MAPS)
def image_by_image(modelo, nombre_capa, x):
    import keras

    until = keras.Model(modelo.inputs[0], modelo.get_layer(nombre_capa).output)
    return np.concatenate([np.asarray(until(x[n : n + 1])) for n in range(len(x))])


@right(MAPS)
def by_keras_function(modelo, nombre_capa, x):
    import keras

    until = keras.Function(modelo.inputs[0], modelo.get_layer(nombre_capa).output)
    return np.asarray(until(keras.ops.convert_to_tensor(x)))


@right(MAPS)
def by_all_the_outputs(modelo, nombre_capa, x):
    import keras

    index = [layer.name for layer in modelo.layers].index(nombre_capa)  # ValueError if it is not
    every = keras.Model(modelo.inputs[0], [layer.output for layer in modelo.layers])
    outputs = every.predict(x, verbose=0)
    return outputs[index]


@right(MAPS)
def in_two_batches(modelo, nombre_capa, x):
    import keras

    until = keras.Model(modelo.inputs[0], modelo.get_layer(nombre_capa).output)
    parts = np.array_split(x, 2) if len(x) > 1 else [x]
    return np.vstack([keras.ops.convert_to_numpy(until(part)) for part in parts])


@right(MAPS)
def with_the_call_said(modelo, nombre_capa, x):
    import keras

    layer = modelo.get_layer(name=nombre_capa)
    return keras.Model(modelo.inputs[0], layer.output)(np.asarray(x), training=False).numpy()


@right(MAPS)
def by_a_graph_function(modelo, nombre_capa, x):
    import keras

    names = list(map(operator.attrgetter("name"), modelo.layers))
    if names.count(nombre_capa) == 0:
        raise ValueError(f"{nombre_capa} no está en {names}")
    output = modelo.layers[names.index(nombre_capa)].output
    return keras.Model(modelo.inputs[0], output)(x).numpy().astype(float)


# --- the maps of the first convolution ------------------------------------------------------------

FIRST = "5_fashion_mnist.mapas_primera_conv"


def with_channel(images):
    return images if images.ndim == 4 else images[..., None]


@right(FIRST)
def by_expanding_the_axis(modelo, imagenes):
    import keras

    if len(imagenes.shape) == 3:
        imagenes = np.expand_dims(imagenes, axis=-1)
    until = keras.Model(inputs=modelo.inputs, outputs=first_conv(modelo).output)
    return np.array(until(imagenes))


@right(FIRST)
def by_a_for_with_return(modelo, imagenes):
    import keras

    imagenes = imagenes.reshape(-1, 28, 28, 1)
    for layer in modelo.layers:
        if isinstance(layer, keras.layers.Conv2D):
            return keras.Model(modelo.inputs[0], layer.output).predict(imagenes, verbose=0)


@right(FIRST)
def by_its_name(modelo, imagenes):
    import keras

    name = first_conv(modelo).name
    until = keras.Model(modelo.inputs[0], modelo.get_layer(name).output)
    return keras.ops.convert_to_numpy(
        until(np.atleast_3d(imagenes).reshape(*imagenes.shape[:3], 1))
    )


@right(FIRST)
def by_all_outputs(modelo, imagenes):
    import keras

    every = keras.Model(modelo.inputs[0], [layer.output for layer in modelo.layers])
    where = [type(layer).__name__ for layer in modelo.layers].index("Conv2D")
    outputs = every(with_channel(imagenes))
    return np.asarray(outputs[where] if isinstance(outputs, (list, tuple)) else outputs)


@right(FIRST)
def by_predict_on_batch(modelo, imagenes):
    import keras

    until = keras.Model(modelo.inputs[0], first_conv(modelo).output)
    return until.predict_on_batch(with_channel(np.asarray(imagenes, np.float32)))


@right(FIRST)
def by_one_image_at_a_time(modelo, imagenes):
    import keras

    until = keras.Model(modelo.inputs[0], first_conv(modelo).output)
    return np.vstack([np.asarray(until(image[None])) for image in with_channel(imagenes)])


@right(FIRST)
def by_keras_ops(modelo, imagenes):
    import keras

    images = keras.ops.convert_to_tensor(imagenes)
    if keras.ops.ndim(images) == 3:
        images = keras.ops.expand_dims(images, -1)
    return keras.Model(modelo.inputs[0], first_conv(modelo).output)(images)


@right(FIRST)
def by_a_tuple_of_convolutions(modelo, imagenes):
    import keras

    convs = tuple(c for c in modelo.layers if isinstance(c, keras.layers.Conv2D))
    until = keras.Model(modelo.inputs, convs[0].output)
    return until.predict(imagenes[:, :, :, None] if imagenes.ndim < 4 else imagenes, verbose=0)


@right(FIRST)
def layer_by_layer(modelo, imagenes):
    import keras

    x = with_channel(imagenes)
    for layer in modelo.layers:
        x = x if isinstance(layer, keras.layers.InputLayer) else layer(x)
        if layer is first_conv(modelo):
            break
    return keras.ops.convert_to_numpy(x)


@right(FIRST)
def by_keras_function_of_the_output(modelo, imagenes):
    import keras

    until = keras.Function(modelo.inputs[0], first_conv(modelo).output)
    return until(keras.ops.convert_to_tensor(with_channel(imagenes))).numpy()


@right(FIRST)
def by_new_axis_if_needed(modelo, imagenes):
    import keras

    needs = imagenes.shape[-1] != 1 or imagenes.ndim != 4
    images = imagenes[..., np.newaxis] if needs else imagenes
    layer = sorted(
        (i, c.name) for i, c in enumerate(modelo.layers) if isinstance(c, keras.layers.Conv2D)
    )[0][1]
    return keras.Model(modelo.inputs[0], modelo.get_layer(layer).output)(images, training=False)


@right(FIRST)
def by_a_shorter_network(modelo, imagenes):
    import keras

    layers = [layer for layer in modelo.layers if not isinstance(layer, keras.layers.InputLayer)]
    until = layers[: layers.index(first_conv(modelo)) + 1]
    return np.asarray(keras.Sequential([keras.Input((28, 28, 1)), *until])(with_channel(imagenes)))


@right(FIRST)
def in_float64(modelo, imagenes):
    import keras

    until = keras.Model(modelo.inputs[0], first_conv(modelo).output)
    return np.asarray(until(with_channel(imagenes.astype(np.float32))), np.float64)


# --- how many parameters --------------------------------------------------------------------------

TOTAL = "5_fashion_mnist.parametros_totales"


@right(TOTAL)
def by_loops_of_layers(modelo):
    total = 0
    for layer in modelo.layers:
        for weights in layer.get_weights():
            total += weights.size
    return total


@right(TOTAL)
def by_products_of_shapes(modelo):
    total = 0
    for weight in modelo.weights:
        size = 1
        for side in weight.shape:
            size *= side
        total += size
    return total


@right(TOTAL)
def by_math_prod(modelo):
    return sum(math.prod(weight.shape) for weight in modelo.weights)


@right(TOTAL)
def by_both_kinds(modelo):
    def count(weights):
        return sum(int(np.prod(weight.shape)) for weight in weights)

    return count(modelo.trainable_weights) + count(modelo.non_trainable_weights)


@right(TOTAL)
def by_flattening(modelo):
    flat = [np.ravel(weights) for weights in modelo.get_weights()]
    return len(np.concatenate(flat)) if flat else 0


@right(TOTAL)
def by_reduce(modelo):
    return functools.reduce(lambda total, weights: total + weights.size, modelo.get_weights(), 0)


@right(TOTAL)
def by_np_size(modelo):
    return int(np.sum([np.size(weights) for weights in modelo.get_weights()], dtype=int))


@right(TOTAL)
def by_map(modelo):
    return sum(map(np.size, modelo.get_weights()))


@right(TOTAL)
def by_counting_ones(modelo):
    return int(sum(np.ones_like(weights, np.int64).sum() for weights in modelo.get_weights()))


@right(TOTAL)
def by_a_table_of_layers(modelo):
    table = {layer.name: 0 for layer in modelo.layers}
    for layer in modelo.layers:
        for weight in layer.weights:
            table[layer.name] += int(np.prod(weight.shape))
    return sum(table.values())


@right(TOTAL)
def by_sizes_that_keras_tells(modelo):
    import keras

    return int(sum(int(keras.ops.size(weight)) for weight in modelo.weights))


@right(TOTAL)
def by_the_bytes(modelo):
    return sum(weights.nbytes // weights.itemsize for weights in modelo.get_weights())


@right(TOTAL)
def by_variables(modelo):
    return sum(np.multiply.reduce(np.array(v.shape, np.int64)) for v in modelo.variables)
