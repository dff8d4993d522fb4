"""Whatever arrives, the library says in one Spanish line what is wrong: never NumPy's English.

Each public function has one good call; each of its arguments is replaced, in turn, by everything
in ``WRONG``. What is accepted is fine here; what is refused must be refused by a ``raise`` of our
own. The tests at the end say which values must be refused, and which must not be misread.
"""

from __future__ import annotations

import linecache
import math
import warnings
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from every_call import CALLS, KERNEL, MASKED, UNTRIED, WRONG, X, network

import conv2d_lib as cl
from conv2d_lib import activations, constraints, losses, regularizers

HOME = str(Path(cl.__file__).parent)


def complaint(call, arguments):
    """What is amiss in how a call ends; None where it returns or refuses as it should."""
    try:
        call(**arguments)
    except (ValueError, TypeError, OSError) as error:
        traceback = error.__traceback__
        while traceback.tb_next is not None:
            traceback = traceback.tb_next
        file, line = traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        statement = linecache.getline(file, line).strip()
        message = str(error)
        if not file.startswith(HOME) or not statement.startswith("raise "):
            return f"{type(error).__name__}: {message[:200]} ({Path(file).name}:{line})"
        if "\n" in message or len(message) > 700:
            return f"not one line: {message[:200]!r}"
    except BaseException as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    return None


@pytest.mark.parametrize("name", CALLS)
def test_a_wrong_argument_is_refused_in_one_line_of_ours(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call, good = CALLS[name]
    amiss = {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for argument in good:
            for kind, value in WRONG.items():
                if (name, argument, kind) in UNTRIED:
                    continue
                if said := complaint(call, good | {argument: value}):
                    amiss[argument, kind] = said
    assert amiss == {}


SAME = {
    "float64 in the other order of bytes": (
        lambda: cl.conv2d(X.astype(">f8") / 3, KERNEL),
        lambda: cl.conv2d(X.astype(float) / 3, KERNEL),
    ),
    "float64 in the other order of bytes, pooled": (
        lambda: cl.max_pooling2d(X.astype(">f8") / 3),
        lambda: cl.max_pooling2d(X.astype(float) / 3),
    ),
    "bytes in the loops": (
        lambda: cl.correlate2d_loops(np.full((3, 3), 200, np.uint8), np.full((2, 2), 2, np.uint8)),
        lambda: np.full((2, 2), 1600, np.float32),
    ),
    "padding in capitals in the loops": (
        lambda: cl.conv2d_loops(X, KERNEL, padding="VALID"),
        lambda: cl.conv2d_loops(X, KERNEL, padding="valid"),
    ),
    "bytes in a loss": (
        lambda: losses.MeanSquaredError()(np.uint8([[3]]), np.uint8([[1]])),
        lambda: 4.0,
    ),
    "bytes in a penalty": (lambda: regularizers.L2(1)(np.uint8([100])), lambda: 10_000.0),
    "bytes in a norm": (
        lambda: constraints.UnitNorm()(np.full((2, 1), 100, np.uint8)),
        lambda: np.full((2, 1), math.sqrt(0.5), np.float32),
    ),
    **{
        f"bytes in {name}": (
            lambda f=function: f(np.array([0, 1, 3], np.uint8)),
            lambda f=function: f(np.array([0, 1, 3], np.float32)),
        )
        for name, function in ((f.__name__, f) for f in activations._FUNCTIONS[1:])
    },
}


@pytest.mark.parametrize(("given", "expected"), SAME.values(), ids=SAME)
def test_the_same_numbers_in_another_type_give_the_same(given, expected):
    given, expected = np.asarray(given()), np.asarray(expected())
    np.testing.assert_allclose(given, expected, rtol=1e-6)
    assert given.dtype.itemsize == expected.dtype.itemsize


REFUSED = {
    "longdouble": (lambda: cl.conv2d(X.astype(np.longdouble), KERNEL), r"np\.float64"),
    "bfloat16": (lambda: cl.conv2d(X.astype(ml_dtypes.bfloat16), KERNEL), "bfloat16.*astype"),
    "a mask": (lambda: cl.conv2d(MASKED, KERNEL), "máscara.*filled"),
    "a mask in a layer": (lambda: cl.Flatten()(MASKED), "máscara"),
    "0-d strides": (lambda: cl.conv2d(X, KERNEL, strides=np.array(2)), "«strides».*array"),
    "strides as a dictionary": (lambda: cl.conv2d(X, KERNEL, strides={1: 0, 2: 0}), "«strides»"),
    "strides as bytes": (lambda: cl.Conv2D(2, 2, strides=b"\1\1"), "«strides»"),
    "a boolean in a pair": (lambda: cl.Conv2D(2, (True, 2)), "«kernel_size»"),
    "use_bias as text": (lambda: cl.Conv2D(2, 2, use_bias="False"), "«use_bias».*True o False"),
    "labels as text": (lambda: network().fit(np.repeat(X, 2, 0), ["bota", "bolso"]), "«y».*texto"),
    "labels that are NaN": (lambda: network().fit(X, [math.nan], verbose=0), "enteros de 0 a 1"),
    "one sample": (lambda: network().predict(X[0]), r"una sola muestra.*x\[np\.newaxis\]"),
    "other channels in the loops": (lambda: cl.conv2d_loops(np.ones((1, 4, 4, 3)), KERNEL), "3"),
    "rows of another length": (lambda: cl.conv2d([[1, 2], [3]], KERNEL), "distinto largo"),
    "an activation of another shape": (
        lambda: cl.Dense(2, activation=lambda z: z[:1])(np.ones((3, 2))),
        r"\(3, 2\).*\(1, 2\)",
    ),
}


@pytest.mark.parametrize(("call", "says"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_misread_is_refused(call, says):
    with pytest.raises(ValueError, match=says) as error:
        call()
    assert "\n" not in str(error.value)
