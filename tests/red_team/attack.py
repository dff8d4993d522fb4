"""An attack is a file: what it tries, the work handed in, and how its effect is known."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import nbformat
from nbformat import NotebookNode

from .world import World

FOLDER = Path(__file__).parent / "attacks"
ROOT = Path(__file__).parents[2]
UNIT, NOTEBOOK = "1_convolucion", "convolucion.ipynb"
FAMILIES = {
    "forging": "falsificar la nota",
    "reading": "leer pruebas, referencia o trabajo ajeno",
    "touching": "tocar notas, fuentes o la máquina",
    "escaping": "escapar del recinto",
    "exhausting": "agotar la máquina o el tiempo",
    "network": "usar la red",
    "ready_made": "no implementar lo pedido",
    "instructor": "atacar a quien califica",
}


@dataclass(frozen=True)
class Attack:
    """One file of ``attacks/``.

    Its module has a docstring, and any of: ``CODE``, which replaces the first answer; ``edit``,
    which changes the notebook; ``deliver``, which writes the submission's folder by itself;
    ``STUDENT``, the name of that folder; and ``succeeded``, which looks at the effect.
    """

    family: str
    name: str
    module: ModuleType

    @property
    def title(self) -> str:
        return (self.module.__doc__ or "").strip().splitlines()[0].rstrip(".")

    @property
    def student(self) -> str:
        return getattr(self.module, "STUDENT", f"{self.family}-{self.name}")

    @property
    def succeeded(self) -> Callable[[World], bool]:
        return self.module.succeeded

    def hand_in(self, submitted: Path, release: Path, places: dict[str, str]) -> None:
        """Write the submission; ``places`` are the values of its ``@NAMES@``."""
        notebook = empty(nbformat.read(release / UNIT / NOTEBOOK, as_version=4))
        if hasattr(self.module, "CODE"):
            code = self.module.CODE
            for name, value in {**places, "ATAQUE": self.name}.items():
                code = code.replace(f"@{name}@", value)
            cell_of(notebook, "correlacion2d-solucion").source = code
        if hasattr(self.module, "edit"):
            self.module.edit(notebook)
        folder = submitted / self.student / UNIT
        if hasattr(self.module, "deliver"):
            self.module.deliver(folder, notebook, places)
        else:
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / NOTEBOOK)


def empty(notebook: NotebookNode) -> NotebookNode:
    """The student's notebook with none of its answers, examples or figures."""
    for cell in notebook.cells:
        if cell.id.endswith(("-solucion", "-ejemplos")) or cell.id == "figura":
            cell.source = ""
    return notebook


def cell_of(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def all_attacks() -> list[Attack]:
    """Every attack, by family and name."""
    found = []
    for family in FAMILIES:
        for path in sorted((FOLDER / family).glob("*.py")):
            spec = importlib.util.spec_from_file_location(f"red_team_{family}_{path.stem}", path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            found.append(Attack(family, path.stem, module))
    return found
