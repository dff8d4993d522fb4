"""Where no mistake has a name, what is said of a function is true of it, and held on new calls."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.checks.reference import conv2d
from autograder.judging.comparison import CloseArrays, exact_integers
from autograder.judging.diagnosis import stops
from autograder.judging.diagnosis.asking import Call, Trial
from autograder.judging.diagnosis.diagnoser import Diagnoser
from autograder.judging.diagnosis.general import UNUSED
from autograder.judging.diagnosis.observations import axis_names
from autograder.judging.diagnosis.result import LIKELY
from autograder.judging.diagnosis.space import ArgumentSpace, Array, OneOf, Whole
from autograder.judging.remote import Raised, Returned


def right(x, kernel, bias, strides=1, padding="valid"):
    return conv2d(x, kernel, bias, strides, padding)


SPACE = ArgumentSpace(
    {
        "x": Array("n h w c"),
        "kernel": Array("kh kw c f"),
        "bias": Array("f"),
        "strides": OneOf((1, 2, (1, 2))),
        "padding": OneOf(("valid", "same")),
    },
    {
        "n": Whole(1, 3),
        **{"h": Whole(3, 5), "w": Whole(3, 6), "c": Whole(1, 3)},
        **{"kh": Whole(1, 3), "kw": Whole(1, 3), "f": Whole(1, 3)},
    },
)


class Asked:
    def __init__(self, function):
        self.function = function

    def ask(self, call: Call):
        try:
            return Returned(self.function(**call.arguments), (), ())
        except Exception as error:
            return Raised(type(error).__name__, str(error), 3, (), "total += ventana * kernel")


def facts(function, reference=right, space=SPACE, compare=None, terms=None, seed=0):
    rng = np.random.default_rng(seed)
    asker = Asked(function)
    trials = []
    for _ in range(10):
        given = space.draw(rng)
        # Fractions, as those of a check: what is rounded shows only in them.
        given = {k: v * 0.37 if isinstance(v, np.ndarray) else v for k, v in given.items()}
        trials.append(Trial(given, reference(**given), asker.ask(Call(given))))
    compare = compare or CloseArrays(lambda *args, **kwargs: 1e-3)
    found = Diagnoser(reference, compare, space, (), terms).diagnose(asker, trials, rng)
    # Without a catalogue only what any function may do has a name, and never a sure one.
    assert found.confidence is None or (found.confidence == LIKELY and len(found.ids) == 1)
    if found.ids == (UNUSED.id,):
        return (
            tuple(cause.removesuffix(", y debía cambiar") for cause in found.causes) + found.facts
        )
    return found.facts


def changed(change):
    return lambda **given: change(right(**given))


def with_zeros(where):
    def change(answer):
        answer[where] = 0
        return answer

    return changed(change)


def in_another_place(x, kernel, bias, **options):
    kernel = kernel if kernel.shape[0] == kernel.shape[1] else 3 * kernel
    return right(x, kernel, bias, **options)


SAID = {
    "falta el sesgo": lambda x, kernel, bias, **o: right(x, kernel, 0 * bias, **o),
    "el sesgo se suma dos veces": lambda x, kernel, bias, **o: right(x, kernel, 2 * bias, **o),
    "tu respuesta no cambia cuando cambia `bias`": lambda bias, **given: right(
        bias=np.ones_like(bias), **given
    ),
    "tu respuesta no cambia cuando cambia `strides`": lambda strides, **given: right(**given),
    "los números negativos salen 0; los demás son los correctos": changed(
        lambda a: np.maximum(a, 0)
    ),
    "el resultado es el correcto redondeado": changed(np.round),
    "el resultado es el correcto con el signo cambiado": changed(np.negative),
    "todo son ceros": changed(np.zeros_like),
    "a todos los números les sobra lo mismo: 0,5": changed(lambda a: a + 0.5),
    "los números son los correctos, con los filtros en orden inverso": changed(
        lambda a: a[..., ::-1]
    ),
    "los números son los correctos, con los ejes en otro orden: (0, 3, 1, 2)": changed(
        lambda a: a.transpose(0, 3, 1, 2)
    ),
    "los números son los correctos con pocas cifras: tu resultado es de tipo float16": changed(
        lambda a: a.astype(np.float16)
    ),
    "todo es correcto menos la última fila": with_zeros((slice(None), -1)),
    "todo es correcto menos la primera columna": with_zeros((slice(None), slice(None), 0)),
    "solo es correcto lo de la primera imagen": with_zeros(slice(1, None)),
    "falta siempre una columna": changed(lambda a: a[:, :, :-1]),
    "en la parte común, los números son los correctos": changed(lambda a: a[:, :, :-1]),
    "a la forma le falta un eje": changed(lambda a: a.sum(axis=3)),
    "el resultado es el correcto multiplicado por el número de canales": lambda **given: (
        right(**given) * given["kernel"].shape[2]
    ),
    "acierta con kernels cuadrados y falla con kernels que no lo son": in_another_place,
    'acierta con padding="valid" y falla con padding="same"': lambda **given: (
        right(**given) + (given["padding"] == "same")
    ),
    "acierta con strides=1 y falla con strides mayor que 1": lambda **given: (
        right(**given) * (1 + (given["strides"] != 1))
    ),
}


@pytest.mark.parametrize("words", SAID)
def test_what_is_known_of_a_wrong_array_is_said(words):
    for seed in (0, 1):
        assert words in facts(SAID[words], seed=seed)


@pytest.mark.parametrize("words", SAID)
def test_nothing_is_said_that_is_not_so(words):
    """Each function hears only what was written of it here, or what follows from it."""
    follows = {
        "falta el sesgo": {"tu respuesta no cambia cuando cambia `bias`"},
        "todo son ceros": {f"tu respuesta no cambia cuando cambia `{n}`" for n in SPACE.arguments},
        "falta siempre una columna": {"en la parte común, los números son los correctos"},
        "tu respuesta no cambia cuando cambia `strides`": {
            "acierta con strides=1 y falla con strides mayor que 1"
        },
        "solo es correcto lo de la primera imagen": {
            "acierta con una sola imagen y falla con varias imágenes"
        },
    }
    told = set(facts(SAID[words])) - {words, "la forma es la correcta"}
    of_others = told & SAID.keys() - follows.get(words, set())
    assert of_others <= ({"falta siempre una columna"} if "parte común" in words else set())


def test_of_a_mistake_without_a_pattern_only_the_shape_is_said():
    told = facts(lambda x, **given: right(np.sin(7 * x), **given))
    assert told == ("la forma es la correcta",)


def test_the_smallest_difference_between_right_and_wrong_is_said():
    def strange(strides, **given):
        return right(strides=strides, **given) if strides == 1 else right(**given)[:, ::2, ::2] ** 3

    nearest = [fact for fact in facts(strange) if fact.endswith("y lo demás igual, acierta")]
    assert len(nearest) == 1
    assert re.match(r"con strides=(2|\(1, 2\)) falla, y con strides=1 y lo demás", nearest[0])


# --- numbers -------------------------------------------------------------------------------------


def count(k, c, f):
    return k * k * c * f + f


COUNTS = ArgumentSpace({"k": Whole(1, 5), "c": Whole(1, 6), "f": Whole(2, 9)})


def terms(given):
    return {"los sesgos, uno por filtro": given["f"]}


NUMBERS = {
    "te sale multiplicado por": lambda k, c, f: count(k, c, f) * c,
    "te sale dividido entre": lambda k, c, f: count(k, c, f) / c,
    "los sesgos, uno por filtro": lambda k, c, f: k * k * c * f,
    "te sale siempre el doble de lo correcto": lambda k, c, f: 2 * count(k, c, f),
    "siempre sobra 1": lambda k, c, f: count(k, c, f) + 1,
    "tu respuesta no cambia cuando cambia `c`": lambda k, c, f: k * k * f + 2 * f,
}


@pytest.mark.parametrize("words", NUMBERS)
def test_what_a_number_lacks_is_a_term_of_the_formula(words):
    told = facts(NUMBERS[words], count, COUNTS, exact_integers, terms)
    assert any(words in fact for fact in told), told


def amounts(n, k):
    return (n + k) // 3, n + k - (n + k) // 3


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("en el orden contrario", lambda n, k: amounts(n, k)[::-1]),
        ("el total es el correcto, y no el reparto", lambda n, k: (n, k)),
        (
            "el primero de los dos números es el correcto, y el segundo no: siempre sobra 2",
            lambda n, k: (amounts(n, k)[0], amounts(n, k)[1] + 2),
        ),
    ],
)
def test_of_two_numbers_it_is_said_which(words, wrong):
    space = ArgumentSpace({"n": Whole(5, 30), "k": Whole(1, 7)})
    told = facts(wrong, amounts, space, exact_integers)
    assert any(words in fact for fact in told), told


# --- a function that stops -----------------------------------------------------------------------


def stops_with(error):
    def wrong(**given):
        raise error

    return wrong


def raised(function, *args):
    """What this NumPy says of it."""
    with pytest.raises(ValueError, match=r"matmul|aligned") as found:
        function(*args)
    return found.value


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            ValueError("operands could not be broadcast together with shapes (3,2) (2,3) "),
            "las formas (3, 2) y (2, 3) no se pueden combinar elemento a elemento: en el último "
            "eje miden 2 y 3; una es la otra traspuesta",
        ),
        (
            ValueError("operands could not be broadcast together with shapes (2,3) (3,3) "),
            "quizá la ventana se sale de la imagen y llega cortada",
        ),
        (
            IndexError("index 5 is out of bounds for axis 1 with size 5"),
            "pides el índice 5 en un eje que mide 5: el último es 4",
        ),
        (
            ValueError("operands could not be broadcast together with shapes (2,4) (3,3) "),
            "en el último eje miden 4 y 3",
        ),
        (
            ValueError("operands could not be broadcast together with shapes (2,3) (2,3) "),
            "las formas (2, 3) y (2, 3) no se pueden combinar elemento a elemento",
        ),
        (
            ValueError("cannot reshape array of size 12 into shape (5,3)"),
            "un arreglo de 12 números no cabe en la forma (5, 3), que pide 15",
        ),
        *(
            (raised(np.matmul, np.ones(left), np.ones(right)), words)
            for left, right, words in (
                ((4, 3), (2, 5), "tienen que medir lo mismo, y miden 3 y 2"),
                ((3,), (4,), "tienen que medir lo mismo, y miden 3 y 4"),
                ((4, 3), (), "@ multiplica matrices, y uno de los dos no lo es"),
            )
        ),
        (
            raised(np.dot, np.ones((2, 3)), np.ones((2, 3))),
            "no se pueden multiplicar como matrices; si querías multiplicar elemento a elemento",
        ),
        (ValueError("setting an array element with a sequence."), "¿falta sumar?"),
        (TypeError("'NoneType' object is not subscriptable"), "hay un None donde va un valor"),
        (TypeError("'float' object cannot be interpreted as an integer"), "usa // en lugar de /"),
        (
            TypeError("cannot unpack non-iterable int object"),
            "tratas un entero como si fuera un par",
        ),
        (ZeroDivisionError("division by zero"), "divides entre 0"),
        (NameError("name 'suma' is not defined"), "«suma» no existe ahí"),
        (
            IndexError("too many indices for array: array is 2-dimensional, but 3 were indexed"),
            "usas 3 índices en un arreglo de 2 ejes",
        ),
    ],
    ids=lambda each: str(each)[:30],
)
def test_why_a_function_stops_is_said_with_its_line_and_what_it_was_given(error, words):
    told = facts(stops_with(error))
    assert told[0] == "se detiene en la línea 3 de su celda: «total += ventana * kernel»"
    assert told[1].startswith("recibía x de forma (")
    assert any(words in fact for fact in told), told


def test_of_an_index_beyond_the_answer_its_shape_is_said():
    given = {"x": np.zeros((1, 4, 4, 1))}
    stop = Raised("IndexError", "index 9 is out of bounds for axis 1 with size 9", 3, (), "a[9]")
    told = stops.stop_facts(Trial(given, np.zeros((1, 9, 2, 1)), stop))
    assert told[-1].endswith("(el resultado, eje 1); el resultado correcto mide (1, 9, 2, 1)")


@pytest.mark.parametrize(
    "message",
    [
        "operands could not be broadcast together with shapes (" + "9," * 5000 + ") (2,)",
        "index " + "9" * 4000 + " is out of bounds for axis 0 with size 3",
        "<script>alert(1)</script>\x1b[31m" * 50,
        "name 'a" + "b" * 5000 + "' is not defined",
        "index -1 is out of bounds for axis 99 with size 0",
    ],
)
def test_a_hostile_message_is_neither_repeated_nor_followed(message):
    told = facts(stops_with(ValueError(message)))
    assert all(len(fact) <= 300 and "script" not in fact and "\x1b" not in fact for fact in told)


def test_of_pairs_that_are_one_only_sometimes_nothing_is_said_as_of_pairs():
    told = facts(
        lambda n, k: amounts(n, k)[::-1] if n % 2 else n + k,
        amounts,
        ArgumentSpace({"n": Whole(5, 30), "k": Whole(1, 7)}),
        exact_integers,
    )
    assert not any("orden contrario" in fact for fact in told)


def test_the_axes_of_a_kernel_have_the_names_of_a_kernel():
    kernel = {"kernel": np.ones((3, 3, 1, 2))}
    assert axis_names(kernel, 4) == ("fila", "columna", "canal", "filtro")
    assert axis_names(kernel, 1) == ("posición del eje 0",)
