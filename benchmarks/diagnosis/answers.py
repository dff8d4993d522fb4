"""Una respuesta equivocada con lo que se espera oír de ella, y las que el catálogo no vio."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "unseen"
WITHOUT_KERAS = ("convolucion", "filtros", "padding", "mapas")
SECOND = ("segunda",)  # kept aside until the catalogue had been written
KERAS = ("keras_models",)


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
