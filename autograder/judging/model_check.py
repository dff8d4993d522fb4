"""Comprobar una función sin argumentos que devuelve una capa o un modelo de Keras.

El modelo se queda en el proceso del estudiante: aquí llegan sus pesos, se reconoce la red por sus
formas, y lo que el modelo responde a imágenes nuevas se compara con lo que calcula ``conv2d_lib``
con esos pesos.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..wire.protocol import ModelSpec
from . import networks
from .architecture import Groups, WrongArchitecture
from .check import (
    ASPECTS,
    EDGE_CASES,
    NO_EDGES,
    NO_VALUES,
    Findings,
    Mistake,
    reject_unwritten,
    stopped,
)
from .comparison import SHAPE, VALUES, CloseArrays, Mismatch, describe
from .diagnosis.general import NOTHING
from .diagnosis.named_stops import named_error
from .diagnosis.network_diagnoser import NetworkMistake, diagnose_network
from .diagnosis.result import CERTAIN, LIKELY, Diagnosis
from .remote import Raised, Remote, Reply, Returned, Unsupported

IMAGE = (28, 28, 1)
ODD_IMAGE = (27, 31, 1)
CONSTANT_KERNEL = (
    "todos los números de un kernel son iguales, y así sus filtros no pueden aprender cosas "
    "distintas; usa la inicialización de Keras, sin kernel_initializer"
)
HIDDEN = (
    "con los pesos iniciales de tu red no se nota qué calcula (daría lo mismo con este error: {}); "
    "usa la inicialización de Keras, sin kernel_initializer ni bias_initializer"
)
OVERFLOW = "con esos pesos, lo que calcula la red no cabe en ningún número"
COARSE = (
    "tu modelo calcula en {}, con tan pocas cifras que no se puede comparar; usa float32, el tipo "
    "de Keras mientras no se le dé otro con dtype o set_dtype_policy"
)
LEAST_PROBABILITY = 1e-6  # below it, float32 has lost the logit
ROUNDED_LOGARITHM = 1e-5
MOST_AXES = 5  # of one input that a model declares
SYMBOLIC = (
    "llegó el resultado de aplicar la capa a una entrada simbólica; devuelve la capa misma o un "
    "keras.Model"
)

_logger = logging.getLogger(__name__)


def network_tolerance(expected: np.ndarray) -> float:
    """Largest honest difference between two ways of computing a network.

    A GPU multiplies in TF32, with 10 bits of fraction, and several layers add up.
    """
    return 5e-3 * float(np.max(np.abs(expected), initial=0.0)) + float(np.finfo(np.float32).tiny)


NOT_NEW = NetworkMistake(
    "modelo-repetido",
    "dos llamadas devuelven el mismo modelo; cada una debe construir uno nuevo",
    lambda spec: spec,
    hint="construye el modelo dentro de la función, en cada llamada: lo que se guarda fuera "
    "se hace una sola vez",
)
APPLIED = NetworkMistake(
    "capa-aplicada",
    "en lo que devuelves hay un tensor o un arreglo, como el que sale de aplicar la capa o el "
    "modelo; se pide la capa o el modelo mismo",
    lambda spec: spec,
    hint="¿qué hay detrás de los paréntesis con los que se construye la capa?",
)
WRAPPED = NetworkMistake(
    "modelo-dentro-de-otra-cosa",
    "lo que devuelves lleva la capa o el modelo dentro, como una tupla o una lista; se pide la "
    "capa o el modelo mismo",
    lambda spec: spec,
    hint="¿qué hay detrás de return: un nombre, o varios con comas o entre corchetes?",
)
NOT_BUILT = NetworkMistake(
    "clase-sin-construir",
    "devuelves una clase de Keras, no una capa: faltan los paréntesis con sus argumentos",
    lambda spec: spec,
    hint="una clase se llama, con sus argumentos, para que dé una capa",
)
HALF_PRECISION = NetworkMistake("media-precision", COARSE.format("float16"), lambda spec: spec)


@dataclass(frozen=True)
class ModelCheck:
    """A function that builds a layer or a model.

    Parameters
    ----------
    id : str
        ``unit.function``.
    recognise : callable
        From the weights of each layer to the network asked for, or ``WrongArchitecture``.
    hint : str
        One Spanish sentence that helps without solving.
    classifies : bool
        Whether the output is the probability of each class: the softmax of what was recognised.
    mistakes : tuple of NetworkMistake
        Wrong networks with a name.
    shapes : tuple of NetworkMistake
        Those that ``recognise`` names by the shapes of the weights alone.
    anew : bool
        Whether each call must build another model. Two that begin with the same weights may well be
        two: whoever draws them with a seed of their own does what was asked.
    """

    id: str
    recognise: Callable[[Groups], ModelSpec]
    hint: str
    classifies: bool = False
    mistakes: tuple[NetworkMistake, ...] = ()
    shapes: tuple[NetworkMistake, ...] = ()
    anew: bool = False
    aspects: Mapping[str, float] = field(default_factory=lambda: dict(ASPECTS))
    own_implementation: bool = False

    def examine(self, remote: Remote, rng: np.random.Generator, findings: Findings) -> None:
        reply = remote.call()
        try:
            model = _returned_model(reply)
            spec = self.recognise(model.weights)
            if self.classifies:
                spec = networks.with_last_activation(spec, "softmax")
        except WrongArchitecture as wrong:
            findings.fail(SHAPE, wrong.args[0])
            sure = CERTAIN if not isinstance(reply, Raised) else LIKELY
            findings.diagnosed(_told(wrong.mistake, sure))
        else:
            self._run(model, spec, remote, rng, findings)
            if self.anew and SHAPE not in findings.failures:
                self._ask_again(model, remote, findings)
        if SHAPE in findings.failures:
            findings.fail(VALUES, NO_VALUES)
            findings.fail(EDGE_CASES, NO_EDGES)

    def _run(
        self,
        model: ModelSpec,
        spec: ModelSpec,
        remote: Remote,
        rng: np.random.Generator,
        findings: Findings,
    ) -> None:
        if _dtype(model, "bfloat16"):
            # Near enough or not by chance: whoever computes with three digits is told, always.
            findings.fail(VALUES, COARSE.format("bfloat16"))
            findings.fail(EDGE_CASES, COARSE.format("bfloat16"))
            return
        if any(np.ptp(arrays[0]) == 0 for arrays in spec.weights if arrays):
            findings.fail(VALUES, CONSTANT_KERNEL)
        trials = []
        for label, images, edge in self._images(rng, model):
            reply = remote.apply(model.handle, images)
            if isinstance(reply, Returned):
                x = images.reshape(-1, *IMAGE) if images[0].size == math.prod(IMAGE) else images
                trials.append((x.astype(np.float64), reply.value))
                mismatch = self._compare(spec, *trials[-1])
            else:
                mismatch = Mismatch(SHAPE, f"al aplicar tu modelo, {_no_answer(reply)}")
            if mismatch:
                findings.fail_in(label, EDGE_CASES if edge else mismatch.aspect, mismatch)
        if findings.failures:
            findings.diagnosed(self._diagnosis(model, spec, trials))
        elif hidden := self._first_explanation(spec, trials, [m for m in self.mistakes if m.shows]):
            # The weights are the student's choice: these would make a wrong network right.
            findings.fail(VALUES, HIDDEN.format(hidden.cause))
            findings.fail(EDGE_CASES, HIDDEN.format(hidden.cause))

    def _ask_again(self, model: ModelSpec, remote: Remote, findings: Findings) -> None:
        try:
            other = _returned_model(remote.call())
        except WrongArchitecture as wrong:
            findings.fail(EDGE_CASES, f"al llamarla por segunda vez: {wrong.args[0]}")
            return
        if other.handle == model.handle:
            alone = not findings.failures
            findings.fail(EDGE_CASES, NOT_NEW.cause)
            if alone:
                findings.diagnosed(_told(NOT_NEW))

    def _images(
        self, rng: np.random.Generator, model: ModelSpec
    ) -> Iterator[tuple[str, np.ndarray, bool]]:
        """Label, images between 0 and 1 in the shape that the model takes, and if it is an edge."""
        shape = _input_shape(model)
        sizes = tuple(n for n in shape or () if n is not None)
        fixed = shape is not None and len(sizes) == len(shape)
        each: tuple[int, ...] = sizes if fixed and math.prod(sizes) == math.prod(IMAGE) else IMAGE
        size = (3, *each)
        yield "con tres imágenes", rng.random(size, dtype=np.float32), False
        yield "con otras tres imágenes", rng.random(size, dtype=np.float32) ** 3, False
        yield "con una sola imagen", rng.random((1, *each), dtype=np.float32), True
        flat = np.stack([np.zeros(each, np.float32), np.ones(each, np.float32)])
        yield "con una imagen negra y una blanca", flat, True
        if not fixed and not self.classifies:
            odd = rng.random((2, *ODD_IMAGE), dtype=np.float32)
            yield f"con imágenes de {ODD_IMAGE[0]}×{ODD_IMAGE[1]}", odd, True

    def _compare(self, spec: ModelSpec, x: np.ndarray, got: Any) -> Mismatch | None:
        expected = networks.output(spec, x)
        if not np.isfinite(expected).all():
            return Mismatch(VALUES, OVERFLOW)
        mismatch = CloseArrays(lambda: network_tolerance(expected))(expected, got, (), {})
        return _finer(expected, got) if mismatch is None and self.classifies else mismatch

    def _diagnosis(
        self, model: ModelSpec, spec: ModelSpec, trials: Sequence[tuple[np.ndarray, Any]]
    ) -> Diagnosis | None:
        """What is known of a network that failed; it decides nothing, as that of a function."""
        try:
            # Enough digits to tell mistakes apart, in a fifth of the time.
            trials = [(x.astype(np.float32), got) for x, got in trials]
            if self._explains(spec, trials):
                # What failed is not what the network computes.
                return None
            found = diagnose_network(self.mistakes, spec, trials, self._explains)
            if found is None and self.classifies:
                # One that makes no pairs, and logits besides: the other is named first.
                logits = networks.with_last_activation(spec, "linear")
                alone = [mistake for mistake in self.mistakes if not mistake.part]
                found = diagnose_network(alone, logits, trials, self._explains)
            if found is None and _dtype(model, "float16"):
                found = Diagnosis((HALF_PRECISION.id,), (HALF_PRECISION.cause,), LIKELY)
            return found
        except Exception:
            _logger.exception("the diagnosis of %s failed", self.id)
            return None

    def _first_explanation(
        self,
        spec: ModelSpec,
        trials: Sequence[tuple[np.ndarray, Any]],
        mistakes: Sequence[NetworkMistake],
    ) -> NetworkMistake | None:
        changed = ((mistake, mistake.change(spec)) for mistake in mistakes)
        explain = (mistake for mistake, network in changed if self._explains(network, trials))
        return next(explain, None)

    def _explains(self, network: ModelSpec, trials: Sequence[tuple[np.ndarray, Any]]) -> bool:
        return all(self._compare(network, x, got) is None for x, got in trials)


def _told(mistake: Mistake | None, confidence: str = CERTAIN) -> Diagnosis | None:
    """What the shapes of the weights, or an exception, say by themselves."""
    if mistake is None:
        return None
    hint, section = getattr(mistake, "hint", ""), getattr(mistake, "section", "")
    return Diagnosis(
        (mistake.id,), (mistake.cause,), confidence, (), None, hint or None, section or None
    )


def _finer(expected: np.ndarray, got: np.ndarray) -> Mismatch | None:
    """Compare probabilities by what their softmax was taken of.

    Those of an untrained network are all near 0.1: what its layers do hardly shows in them, and
    does in their logarithms, which are the logits but for a constant. Half precision has too few
    digits for it.
    """
    if got.dtype.itemsize < 4 or min(expected.min(), got.min()) < LEAST_PROBABILITY:
        return None
    wanted, came = (np.log(p) - np.log(p).mean(axis=-1, keepdims=True) for p in (expected, got))
    difference = np.abs(wanted - came)
    if difference.max() <= network_tolerance(wanted) + ROUNDED_LOGARITHM:
        return None
    where = np.unravel_index(np.argmax(difference), difference.shape)
    place = tuple(map(int, where))
    text = f"en la posición {place} esperaba {expected[where]:.6f} y llegó {got[where]:.6f}"
    return Mismatch(VALUES, text.replace("0.", "0,"), place)


def _dtype(model: ModelSpec, name: str) -> bool:
    """Whether a layer says that it computes in a dtype: only ever to its student's cost."""
    configs = [each.get("config") for each in model.layers]
    return any(isinstance(each, dict) and each.get("compute_dtype") == name for each in configs)


def _returned_model(reply: Reply) -> ModelSpec:
    """The model in a reply; raises :class:`WrongArchitecture` for anything else."""
    if isinstance(reply, Raised):
        reject_unwritten(reply)
    if not isinstance(reply, Returned):
        raise WrongArchitecture(_no_answer(reply), _no_model(reply))
    model = reply.value
    if not isinstance(model, ModelSpec) or model.handle is None:
        came = describe(model)
        raise WrongArchitecture(
            f"esperaba una capa o un modelo de Keras y llegó {came}", _in_its_place(model)
        )
    return model


def _in_its_place(value: Any) -> Mistake | None:
    """The name of having returned something that is no model, where it has one."""
    if value is None:
        return NOTHING
    if isinstance(value, np.ndarray) and value.ndim > 1:
        return APPLIED
    items = value.values() if isinstance(value, dict) else value
    held = isinstance(value, (tuple, list, dict)) and any(isinstance(i, ModelSpec) for i in items)
    return WRAPPED if held else None


def _no_model(reply: Raised | Unsupported) -> Mistake | None:
    if isinstance(reply, Raised):
        return named_error(reply)
    if reply.type == "type":
        return NOT_BUILT
    return APPLIED if "KerasTensor" in reply.type else None


def _no_answer(reply: Raised | Unsupported) -> str:
    if isinstance(reply, Raised):
        return stopped(reply)
    if "KerasTensor" in reply.type:
        return SYMBOLIC
    return f"tu función devolvió algo que no es una capa ni un modelo utilizable: {reply.type}"


def _input_shape(model: ModelSpec) -> tuple[int | None, ...] | None:
    """The shape of one input that the model declares; None where it declares none."""
    first = model.layers[0] if model.layers else {}
    shape = first.get("output_shape")
    if first.get("class_name") != "InputLayer" or not isinstance(shape, list):
        return None
    known = all(n is None or (type(n) is int and 0 < n < 10_000) for n in shape)
    return tuple(shape[1:]) if known and len(shape) <= MOST_AXES else None
