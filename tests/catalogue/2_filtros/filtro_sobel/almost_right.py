"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np

_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def _version(refuses, x=_X, y=_X.T):
    def filtro_sobel(eje):
        if refuses(eje):
            raise ValueError(f"eje desconocido: {eje!r}")
        return np.array(x if eje == "x" else y)

    return filtro_sobel


def _known(eje):
    return eje not in ("x", "y")


any_part_of_xy_is_accepted = _version(lambda eje: eje not in "xy")
one_letter_is_accepted = _version(lambda eje: len(eje) != 1)
z_is_accepted = _version(lambda eje: eje not in ("x", "y", "z"))
xy_is_accepted = _version(lambda eje: eje not in ("x", "y", "xy"))
only_z_is_refused = _version(lambda eje: eje == "z")
empty_is_accepted = _version(lambda eje: eje and eje not in ("x", "y"))
first_letter_decides = _version(lambda eje: eje[:1] not in ("x", "y"))
last_letter_decides = _version(lambda eje: eje[-1:] not in ("x", "y"))
words_are_accepted = _version(lambda eje: eje not in ("x", "y", "horizontal", "vertical"))
anything_that_holds_an_x_is_accepted = _version(lambda eje: "x" not in eje and "y" not in eje)
capitals_are_accepted = _version(lambda eje: eje.lower() not in ("x", "y"))
a_capital_y_is_accepted = _version(lambda eje: eje not in ("x", "y", "Y"))
x_without_the_middle = _version(_known, x=[[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
y_without_the_middle = _version(_known, y=[[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
y_not_transposed = _version(_known, y=_X)
y_turned = _version(_known, y=np.rot90(_X))
y_reversed = _version(_known, y=-_X.T)
x_reversed = _version(_known, x=_X[:, ::-1])
x_with_a_one_in_the_middle = _version(_known, x=[[-1, 0, 1], [-2, 1, 2], [-1, 0, 1]])
y_divided = _version(_known, y=_X.T / 8)
x_scharr = _version(_known, x=[[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]])
y_of_bytes = _version(_known, y=_X.T.astype(np.uint8))
x_of_bytes = _version(_known, x=_X.astype(np.uint8))


def y_is_a_nested_list(eje):
    if _known(eje):
        raise ValueError(eje)
    return np.array(_X) if eje == "x" else _X.T.tolist()


def refuses_with_a_key_error(eje):
    return {"x": _X, "y": _X.T}[eje]


def refuses_by_returning_the_error(eje):
    return {"x": _X, "y": _X.T}.get(eje, ValueError(eje))
