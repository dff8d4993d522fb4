"""What disguises a copy changes none of its prints, and no text is too hostile to be read."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.likeness.prints import LENGTH, WINDOW, grams, prints
from autograder.likeness.tokens import MOST_CODE, parts

CODE = '''
def correlacion2d(imagen, kernel):
    """Suma de productos."""
    alto, ancho = imagen.shape[0] - kernel.shape[0] + 1, imagen.shape[1] - kernel.shape[1] + 1
    salida = np.zeros((alto, ancho))  # aquí
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = (imagen[i : i + 3, j : j + 3] * kernel).sum()
    return salida

def girado(kernel):
    filas = [fila[::-1] for fila in kernel[::-1]]
    return np.array([list(fila) for fila in filas], dtype=float)
'''
DISGUISED = """
# Lo escribí yo.
def rot(w):
    z=[q[::-1]   for q in w[::-1]]
    return np.array([
        list(q)
        for q in z], dtype = float)


def corr(a, w):
    \'\'\'Otra cosa,
    en dos líneas.\'\'\'
    # y un comentario
    m, n = a.shape[0]-w.shape[0]+1, a.shape[1]-w.shape[1]+1

    y = np.zeros((m,n))
    for r in range( m ):
      for s in range(n):
          y[r,s] = (a[r:r+3, s:s+3]*w).sum()
    return y
"""


def test_names_comments_spaces_and_the_order_of_functions_change_nothing():
    found = prints([CODE])
    assert len(found) > 20
    assert np.array_equal(found, prints([DISGUISED]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("+ 1", "- 1"),
        (".sum()", ".mean()"),
        ("range(alto)", "list(alto)"),
        ("* kernel", "- kernel"),
    ],
)
def test_what_computes_something_else_is_something_else(old, new):
    assert old in CODE
    assert len(np.setdiff1d(prints([CODE.replace(old, new)]), prints([CODE])))


def test_other_numbers_change_nothing():
    other = CODE.replace("+ 1", "+ 0x2F").replace(": i + 3", ": i + 7.5")
    assert np.array_equal(prints([other]), prints([CODE]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    salida =", "    pass\n    salida ="),
        (
            "            salida[",
            "            print('voy', i)\n            kernel\n            salida[",
        ),
        ("            salida[", "            total = 0; veces = total + i\n            salida["),
        ("    for i", "    cuenta: int = 0\n    cuenta += 1\n    for i"),
        ("    return salida", "    fin = salida\n    return salida"),
        ("return np.array(", "giro = np.array("),
        ("    for i", "    if False:\n        fila = [0]\n        return fila\n    for i"),
        (
            "    for i",
            "    if not (1 < 2) :\n        kernel += 1\n    else:\n        ()\n"
            "    while 0: alto *= 2\n    for i",
        ),
        ("    for i", "    for nada in []:\n        return nada[1]\n    if True:\n     for i"),
        ("return salida", "return salida\n    salida[0] = kernel.sum()\n    return kernel * 3"),
        (
            "    for i",
            "    for fila in imagen:\n        if fila[0] > 3: pass\n"
            "        else:\n            pass\n    for i",
        ),
        (
            "            salida[",
            "            import os; kernel = kernel; alto += 0\n            len(kernel) > i\n"
            "            assert alto, kernel\n            imagen[i]; imagen.shape\n"
            "            salida[",
        ),
        ("i : i + 3, j : j + 3] * kernel)", "i : 3 + i, j : 3 + j] * kernel)"),
        ("(imagen[i : i + 3, j : j + 3] * kernel)", "(kernel * imagen[i : i + 3, j : j + 3])"),
        ("imagen.shape[0] - kernel.shape[0] + 1", "1 + imagen.shape[0] - kernel.shape[0]"),
        ("(imagen, kernel):", "(imagen: np.ndarray, kernel: dict[str, int]) -> list[int]:"),
    ],
)
def test_what_does_nothing_changes_nothing(old, new):
    assert old in CODE
    code = CODE.replace(old, new) + "    return giro\n" * ("giro" in new)
    assert len(prints([CODE])) > 20
    assert np.array_equal(prints([code]), prints([CODE]))


def symbols(code: str) -> str:
    return " ".join(token.symbol for part in parts(code) for token in part)


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("f = 2\nprint(f)\nx", "V = N"),
        (
            "def f(a, *, b: int = 3):\n    a[1] = b\n    return",
            "def V ( V , * , V = N ) : V [ N ] = V return",
        ),
        ("def f():\n    a = b = 1\n    return b", "def V ( ) : V = V = N return V"),
        ("def f():\n    global a\n    a = 1", "def V ( ) : global V V = N"),
        (
            "def f():\n    a = 1\n    b = a\n    return 2 * b",
            "def V ( ) : V = N V = V return N * V",
        ),
        (
            "async def f(a: b):\n    print(a) or a\n    a = a + 1",
            "async def V ( V ) : print ( V ) or V V = N + V",
        ),
        ("def f():\n    a = 1 \\\n + 2; return a", "def V ( ) : return N \\ + N"),
        ("class A:\n    def f(self, a: int) -> str:\n        ...", "class V : def V ( V , V ) :"),
    ],
)
def test_only_what_changes_no_answer_is_left_out(code, left):
    assert symbols(code) == left


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("z = a - b.c", "z = b.c - a"),
        ("z = a[1] @ b", "z = b @ a[1]"),
        ("z = a[1] / b", "z = b / a[1]"),
        ("f(a[1], b)", "f(b, a[1])"),
        ("z = a[1] ** b", "z = b ** a[1]"),
        ("z = (a + 1) * b.c", "z = a + 1 * b.c"),
        ("if a[1]:\n    b()", "if True:\n    b()"),
        ("while True:\n    b()", "b()"),
        ("if a == 1:\n    b()", "if 1 == 1:\n    b()"),
        ("a = b(1)", "b(1)"),
        ("a += 1", "a += 0"),
    ],
)
def test_what_is_in_another_order_and_is_another_thing_stays_so(one, other):
    assert symbols(one) != symbols(other)


def test_numbers_texts_and_attributes_are_told_apart_from_names():
    (tokens,) = parts("a.b(c, 'x' \"y\", 1.5e3, len)")
    assert " ".join(token.symbol for token in tokens) == "V . b ( V , S , N , len )"


def test_what_two_share_in_enough_tokens_is_never_missed():
    run = "a = b + 1 * c[2] - d(e, 7) / f.g + h ** 3"
    (tokens,) = parts(run)
    assert len(tokens) >= LENGTH + WINDOW - 1
    one, other = f"x = 1\ny = x.z\n{run}\nw = y - 4", f"import os\n{run}\nprint(os)"
    assert np.intersect1d(prints([one]), prints([other])).size


def test_a_print_is_the_same_number_in_every_process():
    (tokens,) = parts("a = np.zeros((b - c + 1, d - e + 1))")
    assert grams(tokens)[0] == 4358213389957277


@pytest.mark.parametrize(
    "hostile",
    [
        "\n " * 40_000,
        '"' * 50_000,
        'f"{' * 20_000,
        "(" * 50_000,
        "'''\\" * 30_000,
        "\ud800 x = " * 30_000,
        "%%bash\nrm -rf / # <script>\n" * 9_000,
        "@a\n" * 20_000,
        "(" * 20_000 + ")" * 20_000,
        "a+(b*[c+{d*" * 3_000 + "}])" * 3_000,
        "if 1:\n" * 7_000,
        "if " + "not " * 9_900 + "1: a",
        "",
        "\0",
    ],
)
def test_no_text_is_too_hostile(hostile):
    """Bounded in what is read of it; with Pygments the first takes minutes."""
    found = prints([hostile])
    assert len(found) <= MOST_CODE
    for part in parts(hostile):
        assert all(token.end <= MOST_CODE for token in part)
