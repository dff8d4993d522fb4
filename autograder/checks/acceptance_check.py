"""Comprobar las tres redes entrenadas de la tarea: su veredicto es el de la aceptación.

- ``redes_entrenadas()``: ``[cnn, mlp, mlp_equivalente]``, modelos de Keras con los pesos de sus
  archivos. El juez recibe los pesos, reconoce las redes por sus formas y las mide él.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..common.errors import CursoError
from ..judging.architecture import WrongArchitecture
from ..judging.check import Findings, Rejected, reject_unwritten, stopped
from ..judging.comparison import describe
from ..judging.remote import Raised, Remote, Reply, Returned
from ..wire.protocol import ModelSpec
from . import fashion_mnist
from .acceptance import NETWORKS, REFUSED, Networks, accept_networks

ACCEPTANCE = "aceptación"
MISSING = (
    "faltan los pesos: entrena las tres redes y deja junto al cuaderno cnn.weights.h5, "
    "mlp.weights.h5 y mlp_equivalente.weights.h5 (los demás ejercicios no dependen de esto)"
)
THREE = "esperaba una lista con tres redes (CNN, MLP y MLP equivalente), y llegó {}"
NO_IMAGES = "no se pudo medir, porque faltan las imágenes de prueba: {}"
OTHER_WEIGHTS = (
    "los pesos de un archivo no son los de la red en que se cargan: cada uno guarda los de la que "
    "se entrenó con él; si cambiaste una función, borra los archivos y entrena de nuevo"
)
# What Keras says of them, in English and at length.
_UNFIT = re.compile(
    r"could not be loaded|[Ll]ayer count mismatch|expected \d+ (?:variables|layers)"
)
_NOT_THERE = {"FileNotFoundError", "IsADirectoryError"}


@dataclass(frozen=True)
class AcceptanceCheck:
    """All the points, or none: what counts is what the networks do with the test images."""

    id: str
    hint: str
    aspects: Mapping[str, float] = field(default_factory=lambda: {ACCEPTANCE: 1.0})
    own_implementation: bool = False
    networks: Networks = field(default_factory=lambda: NETWORKS)

    def examine(self, remote: Remote, rng: np.random.Generator, findings: Findings) -> None:
        models = _three_models(remote.call())
        specs: dict[str, ModelSpec] = {}
        for (name, (title, recognise)), model in zip(self.networks.items(), models, strict=True):
            try:
                specs[name] = recognise(model.weights)
            except WrongArchitecture as wrong:
                findings.fail(ACCEPTANCE, f"{title}: {wrong.args[0]}")
                return
        try:
            test = fashion_mnist.load_test()
        except CursoError as error:
            raise Rejected(NO_IMAGES.format(error.args[0])) from None
        result = accept_networks(specs, test)
        if not result.accepted:
            refused = [f"{c.name}: {c.text}" for c in result.criteria if c.state == REFUSED]
            findings.fail(ACCEPTANCE, "; ".join(refused))


def _three_models(reply: Reply) -> list[ModelSpec]:
    if isinstance(reply, Raised):
        reject_unwritten(reply)
        if reply.type in _NOT_THERE or "weights.h5" in reply.message:
            raise Rejected(MISSING)
        if reply.type == "ValueError" and _UNFIT.search(reply.message):
            raise Rejected(OTHER_WEIGHTS)
        raise Rejected(stopped(reply))
    if not isinstance(reply, Returned):
        raise Rejected(THREE.format(reply.type))
    value: Any = reply.value
    if not isinstance(value, (list, tuple)) or len(value) != len(NETWORKS):
        raise Rejected(THREE.format(describe(value)))
    for each in value:
        if not isinstance(each, ModelSpec):
            raise Rejected(THREE.format(f"en ella {describe(each)}"))
    return list(value)
