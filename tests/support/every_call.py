"""One good call of each public function of the library, and all that a wrong argument may be."""

from __future__ import annotations

import math

import ml_dtypes
import numpy as np

import conv2d_lib as cl
from conv2d_lib import activations, constraints, filters, losses, optimizers, regularizers, shapes
from conv2d_lib.initializers import base as initializers


class Symbolic:
    """Like a Keras tensor, or PyTorch's with gradient: it has a shape and no numbers."""

    shape = (1, 4, 4, 1)

    def __array__(self, *_, **__):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")

    def __repr__(self):
        return "<Symbolic\n shape=(1, 4, 4, 1)>"


class Mute:
    def __repr__(self):
        raise RuntimeError("no repr")


MASKED = np.ma.masked_array(np.ones((1, 4, 4, 1)), mask=True)
WRONG = {
    "None": None,
    "text": "texto",
    "bytes": b"\x03\x03",
    "true": True,
    "nan": math.nan,
    "inf": math.inf,
    "negative": -1,
    "zero": 0,
    "fraction": 2.5,
    "large": 10**9,
    "huge": 10**400,
    "complex": 1j,
    "empty tuple": (),
    "empty list": [],
    "empty dict": {},
    "dict": {3: 1, 4: 1},
    "set": {3, 4},
    "lambda": lambda *_, **__: "x",
    "class": dict,
    "object": object(),
    "mute": Mute(),
    "symbolic": Symbolic(),
    "ragged": [[1, 2], [3]],
    "mixed": [1, "a"],
    "with None": [1, None],
    "bools": (True, 2),
    "0-d": np.array(2),
    "0-d text": np.array("a"),
    "1-d": np.ones(3),
    "2-d": np.ones((2, 2)),
    "4-d": np.ones((2, 2, 2, 2)),
    "5-d": np.ones((1, 1, 1, 1, 1)),
    "no samples": np.ones((0, 4, 4, 1)),
    "no pixels": np.ones((1, 0, 0, 1)),
    "objects": np.array([[1, object()]], dtype=object),
    "strings": np.full((1, 4, 4, 1), "a"),
    "complexes": np.ones((1, 4, 4, 1), complex),
    "longdouble": np.ones((1, 4, 4, 1), np.longdouble),
    "bfloat16": np.ones((1, 4, 4, 1), ml_dtypes.bfloat16),
    "dates": np.zeros((1, 4, 4, 1), "datetime64[s]"),
    "records": np.zeros(2, [("a", "f4")]),
    "masked": MASKED,
    "nans": np.full((1, 4, 4, 1), np.nan),
    "long text": "a" * 10_000,
}

X = np.ones((1, 4, 4, 1), np.float32)
KERNEL = np.ones((2, 2, 1, 1), np.float32)
IMAGE, SMALL = np.ones((4, 4)), np.ones((2, 2))
SHAPE = (None, 4, 4, 1)
GEOMETRY = {"strides": 1, "padding": "valid"}
LAYER = {"name": "capa", "dtype": "float32", "trainable": True, "input_shape": (4, 4, 1)}
PARTS = {
    "activation": "relu",
    "use_bias": True,
    "kernel_initializer": "zeros",
    "bias_initializer": "zeros",
    "kernel_regularizer": "l2",
    "bias_regularizer": "l2",
    "activity_regularizer": "l2",
    "kernel_constraint": "non_neg",
    "bias_constraint": "non_neg",
}


def network():
    layers = [cl.Conv2D(2, 3, input_shape=(4, 4, 1)), cl.Flatten(), cl.Dense(2, "softmax")]
    return cl.Sequential(layers)


def used(layer, x=X):
    """Made, then built and called: what the constructor lets pass, the call must not misread."""
    return layer(x)


def fitted(**arguments):
    return network().fit(**({"verbose": 0} | arguments))


def compiled(**arguments):
    net = network()
    net.compile(**arguments)
    return net.fit(X, [0], verbose=0)


def flat_loss(loss):
    return lambda y_true, y_pred: (loss(y_true, y_pred), loss.gradient(y_true, y_pred))


def penalised(regularizer, x):
    return regularizer(x), regularizer.gradient(x)


def refused(draw, values):
    """Draw only what cannot be drawn: figures take their time, and 5 axes fit in none."""
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "fiub":
        draw(values)


def step(optimizer):
    optimizer.apply([np.ones(2)], [np.ones(2)])


OPTIONS = {
    **{name: {"axis": -1} for name in ("softmax", "log_softmax", "sparsemax")},
    "elu": {"alpha": 1.0},
    "gelu": {"approximate": False},
    "squareplus": {"b": 4},
    "relu": {"negative_slope": 0.1, "max_value": 6.0, "threshold": 0.1},
}
CALLS = {
    "conv2d": (
        cl.conv2d,
        {"x": X, "kernel": KERNEL, "bias": np.ones(1), **GEOMETRY}
        | {"dilation_rate": 1, "groups": 1, "data_format": "channels_last"},
    ),
    "conv2d_backward": (
        cl.conv2d_backward,
        {"x": X, "kernel": KERNEL, "grad_output": np.ones((1, 3, 3, 1)), **GEOMETRY},
    ),
    "max_pooling2d": (
        cl.max_pooling2d,
        {"x": X, "pool_size": 2, **GEOMETRY, "data_format": "channels_last"},
    ),
    "output_size": (cl.output_size, {"n": 4, "kernel_size": 2, **GEOMETRY, "dilation_rate": 1}),
    "same_padding": (cl.same_padding, {"n": 4, "kernel_size": 2, "strides": 1, "dilation_rate": 1}),
    "conv2d_output_shape": (
        cl.conv2d_output_shape,
        {"input_shape": SHAPE, "filters": 2, "kernel_size": 2, **GEOMETRY}
        | {"dilation_rate": 1, "data_format": "channels_last"},
    ),
    "conv2d_params": (
        cl.conv2d_params,
        {"kernel_size": 2, "input_channels": 1, "filters": 2, "use_bias": True, "groups": 1},
    ),
    "dense_params": (cl.dense_params, {"inputs": 3, "units": 2, "use_bias": True}),
    "receptive_field": (cl.receptive_field, {"layers": [(3, 1)]}),
    "receptive_field of one": (lambda layer: cl.receptive_field([layer]), {"layer": (3, 1)}),
    "correlate2d_loops": (cl.correlate2d_loops, {"image": IMAGE, "kernel": SMALL}),
    "convolve2d_loops": (cl.convolve2d_loops, {"image": IMAGE, "kernel": SMALL}),
    "conv2d_loops": (cl.conv2d_loops, {"x": X, "kernel": KERNEL, "bias": np.ones(1), **GEOMETRY}),
    "conv2d_im2col": (cl.conv2d_im2col, {"x": X, "kernel": KERNEL, "bias": np.ones(1), **GEOMETRY}),
    "im2col": (cl.im2col, {"x": X, "kernel_size": 2, "strides": 1}),
    "sobel": (filters.sobel, {"axis": "x"}),
    "gaussian": (filters.gaussian, {"size": 3, "sigma": 1.0}),
    "box": (filters.box, {"size": 3}),
    "set_random_seed": (cl.set_random_seed, {"seed": 1}),
    "load_fashion_mnist": (cl.load_fashion_mnist, {"folder": "no existe"}),
    "load_sample_image": (cl.load_sample_image, {"name": "china"}),
    "Conv2D": (
        lambda **a: used(cl.Conv2D(**a)),
        {"filters": 2, "kernel_size": 2, **GEOMETRY, "data_format": None}
        | {"dilation_rate": 1, "groups": 1, **PARTS, **LAYER},
    ),
    "Dense": (lambda **a: used(cl.Dense(**a)), {"units": 2, **PARTS, **LAYER, "input_dim": None}),
    "MaxPooling2D": (
        lambda **a: used(cl.MaxPooling2D(**a)),
        {"pool_size": 2, **GEOMETRY, "data_format": None, **LAYER},
    ),
    "Flatten": (lambda **a: used(cl.Flatten(**a)), {"data_format": None, **LAYER}),
    "a layer's methods": (
        lambda build, call, out: (
            cl.Conv2D(2, 2).build(build),
            cl.Conv2D(2, 2)(call),
            cl.Dense(2)(call),
            cl.Flatten()(call),
            cl.MaxPooling2D()(call),
            [layer.compute_output_shape(out) for layer in (cl.Conv2D(2, 2), cl.Dense(2))],
            [layer.compute_output_shape(out) for layer in (cl.Flatten(), cl.MaxPooling2D())],
        ),
        {"build": SHAPE, "call": X, "out": SHAPE},
    ),
    "from_config": (cl.Conv2D.from_config, {"config": {"filters": 2, "kernel_size": 2}}),
    "set_weights": (
        lambda weights: network().set_weights(weights),
        {"weights": network().get_weights()},
    ),
    "set_weights of a layer": (
        lambda kernel, bias: network().layers[0].set_weights([kernel, bias]),
        {"kernel": np.ones((3, 3, 1, 2)), "bias": np.ones(2)},
    ),
    "Sequential": (cl.Sequential, {"layers": [cl.Flatten()], "trainable": True, "name": "red"}),
    "add": (lambda layer: network().add(layer), {"layer": cl.Dense(2)}),
    "build": (
        lambda input_shape: cl.Sequential([cl.Dense(2)]).build(input_shape),
        {"input_shape": (None, 3)},
    ),
    "get_layer": (lambda index: network().get_layer(index=index), {"index": 0}),
    "get_layer by name": (lambda name: network().get_layer(name), {"name": "flatten"}),
    "call": (lambda x: network()(x), {"x": X}),
    "summary": (lambda print_fn: network().summary(print_fn), {"print_fn": lambda _: None}),
    "predict": (
        lambda **a: network().predict(**a),
        {"x": X, "batch_size": 2, "verbose": 0},
    ),
    "evaluate": (
        lambda **a: network().evaluate(**a),
        {"x": X, "y": [0], "batch_size": 2, "verbose": 0},
    ),
    "compile": (compiled, {"optimizer": "adam", "loss": None, "metrics": None}),
    "fit": (
        fitted,
        {"x": np.ones((4, 4, 4, 1)), "y": [0, 1, 0, 1], "batch_size": 2, "epochs": 1}
        | {"verbose": 0, "validation_split": 0.5, "validation_data": None, "shuffle": True}
        | {"seed": 1, "on_step": None},
    ),
    "save_weights": (lambda path: network().save_weights(path), {"path": "/no/existe.weights.h5"}),
    "load_weights": (lambda path: network().load_weights(path), {"path": "no.weights.h5"}),
    "CosineDecay": (
        lambda step, **a: optimizers.CosineDecay(**a)(step),
        {"initial_learning_rate": 0.1, "decay_steps": 10, "alpha": 0.0, "step": 1},
    ),
    "SGD": (
        lambda **a: step(optimizers.SGD(**a)),
        {"learning_rate": 0.1, "momentum": 0.5, "nesterov": True},
    ),
    "Adam": (
        lambda **a: step(optimizers.Adam(**a)),
        {"learning_rate": 0.1, "beta_1": 0.9, "beta_2": 0.99, "epsilon": 1e-7},
    ),
    "apply": (
        optimizers.SGD().apply,
        {"weights": [np.ones(2)], "grads": [np.ones(2)]},
    ),
    "apply to one": (
        lambda weight, grad: optimizers.Adam().apply([weight], [grad]),
        {"weight": np.ones(2), "grad": np.ones(2)},
    ),
    **{
        f"loss {loss.__class__.__name__}{logits}": (
            flat_loss(loss),
            {"y_true": [0, 1] if "Sparse" in type(loss).__name__ else SMALL, "y_pred": SMALL / 2},
        )
        for logits in (False, True)
        for loss in (
            losses.SparseCategoricalCrossentropy(logits),
            losses.CategoricalCrossentropy(logits),
            losses.MeanSquaredError(),
        )
    },
    "from_logits": (losses.SparseCategoricalCrossentropy, {"from_logits": True}),
    **{
        name: (getattr(activations, name), {"x": X} | options)
        for name in (f.__name__ for f in activations._FUNCTIONS)
        for options in [OPTIONS.get(name, {})]
    },
    **{
        f"get of {module.__name__}": (module.get, {"identifier": None})
        for module in (
            *(activations, constraints, initializers, losses),
            *(optimizers, regularizers),
        )
    },
    **{
        f"config of {module.__name__}": (
            lambda name, config, get=module.get: get({"class_name": name, "config": config}),
            {"name": name, "config": {}},
        )
        for module, name in (
            (constraints, "MaxNorm"),
            (initializers, "Zeros"),
            (losses, "MeanSquaredError"),
            (optimizers, "Adam"),
            (regularizers, "L2"),
        )
    },
    **{
        name: (
            lambda shape, dtype, name=name, **a: getattr(initializers, name)(**a)(shape, dtype),
            {"shape": (2, 2), "dtype": "float32"} | options,
        )
        for name, options in {
            "Constant": {"value": 1.0},
            "Zeros": {},
            "Ones": {},
            "Identity": {"gain": 1.0},
            "RandomNormal": {"mean": 0.0, "stddev": 1.0, "seed": 1},
            "TruncatedNormal": {"mean": 0.0, "stddev": 1.0, "seed": 1},
            "RandomUniform": {"minval": 0.0, "maxval": 1.0, "seed": 1},
            "VarianceScaling": {
                **{"scale": 1.0, "mode": "fan_in", "distribution": "uniform", "seed": 1},
                **{"input_axes": [0], "output_axes": [1]},
            },
            "GlorotUniform": {"seed": 1},
            "Orthogonal": {"gain": 1.0, "seed": 1},
        }.items()
    },
    **{
        name: (
            lambda w, name=name, **a: getattr(constraints, name)(**a)(w),
            {"w": SMALL} | options,
        )
        for name, options in {
            "MaxNorm": {"max_value": 2, "axis": 0},
            "NonNeg": {},
            "UnitNorm": {"axis": 0},
            "MinMaxNorm": {"min_value": 0.0, "max_value": 1.0, "rate": 1.0, "axis": 0},
        }.items()
    },
    **{
        name: (
            lambda x, name=name, **a: penalised(getattr(regularizers, name)(**a), x),
            {"x": SMALL} | options,
        )
        for name, options in {
            "L1": {"l1": 0.1},
            "L2": {"l2": 0.1},
            "L1L2": {"l1": 0.1, "l2": 0.1},
            "OrthogonalRegularizer": {"factor": 0.1, "mode": "rows"},
        }.items()
    },
    "show_window": (
        lambda row, column: cl.plots.show_window(IMAGE, np.ones((5, 5)), row, column),
        {"row": 0, "column": 0},
    ),
    "plots": (
        lambda values: (
            refused(cl.plots.show_image, values),
            refused(cl.plots.show_kernel, values),
            refused(cl.plots.show_filters, values),
            refused(cl.plots.show_feature_maps, values),
        ),
        {"values": "texto"},
    ),
    "effective_size": (shapes.effective_size, {"kernel_size": 3, "dilation_rate": 1}),
}
UNTRIED = {  # No wrong arguments: they would fill this machine's memory, or never end.
    ("fit", "epochs", "large"),
    ("Conv2D", "filters", "large"),
    ("Dense", "units", "large"),
    ("Dense", "input_dim", "large"),
    ("Identity", "shape", "large"),
}
