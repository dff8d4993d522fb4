"""Quien elige la capa de una red por su nombre: con los que pone Keras acierta, y con otros no."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...wire.protocol import ModelSpec
from .asking import Trial
from .changes import Arguments
from .general import GeneralMistake
from .questions import Questions

BY_NAME = GeneralMistake(
    "capa-buscada-por-su-nombre",
    "con los nombres que Keras pone a las capas aciertas, y con otros no, como al elegir la capa "
    "por su nombre",
    "¿qué tiene esa capa que no cambie aunque quien la creó la llame de otra manera?",
    "3_mapas_de_caracteristicas#9. Los filtros aprendidos",
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")


def looked_for_by_name(questions: Questions, trials: Sequence[Trial]) -> GeneralMistake | None:
    """What is said where a call that fails is right once its layers have Keras's own names."""
    failed = [trial for trial in trials if trial.raises is None and questions.fails(trial)]
    for trial in failed[:1]:
        renamed = _as_keras_names(trial.arguments)
        again = questions.ask(renamed) if renamed is not None else None
        if again is not None and not questions.fails(again):
            return BY_NAME
    return None


def _as_keras_names(arguments: Arguments) -> Arguments | None:
    """The same call, with its network's layers called as Keras calls them; None without one."""
    name, spec = next(
        ((name, value) for name, value in arguments.items() if isinstance(value, ModelSpec)),
        ("", None),
    )
    if spec is None:
        return None
    count: Counter[str] = Counter()
    names: dict[Any, str] = {}
    for layer in spec.layers:
        word = _WORDS.sub("_", layer["class_name"]).lower()
        names[layer["name"]] = f"{word}_{count[word]}" if count[word] else word
        count[word] += 1
    layers = [layer | {"name": names[layer["name"]]} for layer in spec.layers]
    told = {key: names.get(v, v) for key, v in arguments.items() if isinstance(v, str)}
    return arguments | told | {name: replace(spec, layers=layers)}
