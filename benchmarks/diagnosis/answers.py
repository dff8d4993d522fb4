"""Una respuesta equivocada con lo que se espera oír de ella, y las que el catálogo no vio."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .solutions import solutions

FOLDER = Path(__file__).parent / "unseen"
WITHOUT_KERAS = ("convolucion", "filtros", "padding", "mapas")
BATCHES = {
    "primera": WITHOUT_KERAS,
    "segunda": ("segunda",),  # kept aside until the catalogue had been written
    "tercera": ("tercera",),  # written by whoever had read neither the catalogue nor the others
    "cuarta": ("cuarta",),
    "quinta": ("quinta",),  # this and the next, by another blind writer
    "sexta": ("sexta",),  # which nobody read before it was asked
    "séptima": ("septima",),  # by a third, asked once and then judged by the letter of each cause
    "octava": ("octava",),  # by a fourth, judged likewise
    "novena": ("novena",),  # by a fifth, in the proportion of a class; judged likewise
    "décima": ("decima",),  # by a sixth, in the same proportion; judged likewise
    "undécima": ("undecima",),  # by a seventh, likewise
}
KERAS_BATCHES = {
    "primera": ("keras_models",),
    "segunda": ("keras_segunda",),  # by two blind writers
    "tercera": ("keras_tercera",),
    "cuarta": ("keras_cuarta",),
    "quinta": ("keras_quinta",),
    "sexta": ("keras_sexta",),
    "séptima": ("keras_septima",),  # without one that the course takes as right: a Dropout more
    "octava": ("keras_octava",),
}
_HEAD = re.compile(r"^#@ (\S+) (\S+) \| (.*) \| (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """A wrong answer to a check.

    ``means`` is a pattern that the right name fits (it is searched in the id and in the cause), or
    None where the catalogue need not have a name for it: then only facts, or a cause that is true,
    may be told.
    """

    check_id: str
    name: str
    function: Callable[..., Any]
    means: str | None


def unseen(check_id: str, means: str | None) -> Callable[[Any], Any]:
    """Mark a function of the folder ``unseen`` as an answer to a check."""

    def mark(function: Any) -> Any:
        function.answers = check_id, means
        return function

    return mark


def unseen_answers(names: tuple[str, ...] = WITHOUT_KERAS) -> list[Answer]:
    """Those of some files; what they define counts as written in a notebook (``__main__``)."""
    found = []
    for name in names:
        if (FOLDER / f"{name}.txt").exists():
            found += _judged(name)
            continue
        spec = importlib.util.spec_from_file_location("__main__", FOLDER / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found += [
            Answer(value.answers[0], value.__name__, value, value.answers[1])
            for value in vars(module).values()
            if hasattr(value, "answers")
        ]
    return found


def _judged(name: str) -> list[Answer]:
    """Those of a text: each under a line with its check, a name, the ids that are right, the truth.

    Whoever wrote them judged which ids are true of each; none, where the catalogue had none. The
    rest of their notebook is right.
    """
    known = {each.check_id: each for each in solutions(with_keras=name.startswith("keras"))}
    _, *parts = _HEAD.split((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    heads = zip(*(iter(parts),) * 5, strict=True)
    return [
        Answer(check_id, word, known[check_id].function(code), "|".join(ids.split()) or None)
        for check_id, word, ids, _, code in heads
    ]
