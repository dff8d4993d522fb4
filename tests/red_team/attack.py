"""An attack is a file: what it tries, the work handed in, and how its effect is known."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import nbformat
from nbformat import NotebookNode

from tests.red_team.world import World

FOLDER = Path(__file__).parent / "attacks"
ROOT = Path(__file__).parents[2]
UNIT, NOTEBOOK = "1_convolucion", "convolucion.ipynb"
MAPS, HOMEWORK = "3_mapas_de_caracteristicas", "5_fashion_mnist"
NOTEBOOKS = {UNIT: NOTEBOOK, MAPS: "mapas.ipynb", HOMEWORK: "tarea.ipynb"}
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

    Its module has a docstring, and any of: ``UNIT``, where it is not the first; ``CODE``, which
    replaces the first answer; ``edit``, which changes the notebook; ``deliver``, which writes the
    submission's folder by itself; ``spoil``, which changes good weights that are handed in;
    ``STUDENT``, the name of that folder; ``ONLY_HERE``, where nbgrader has nothing like what is
    attacked; and ``succeeded``, which looks at the effect.
    """

    family: str
    name: str
    module: ModuleType

    @property
    def title(self) -> str:
        return (self.module.__doc__ or "").strip().splitlines()[0].rstrip(".")

    @property
    def unit(self) -> str:
        return getattr(self.module, "UNIT", UNIT)

    @property
    def notebook(self) -> str:
        return NOTEBOOKS[self.unit]

    @property
    def only_here(self) -> bool:
        return getattr(self.module, "ONLY_HERE", False)

    @property
    def student(self) -> str:
        return getattr(self.module, "STUDENT", f"{self.family}-{self.name}")

    @property
    def succeeded(self) -> Callable[[World], bool]:
        return self.module.succeeded

    def hand_in(self, submitted: Path, release: Path, places: dict[str, str]) -> None:
        """Write the submission; ``places`` are the values of its ``@NAMES@``."""
        notebook = empty(nbformat.read(release / self.unit / self.notebook, as_version=4))
        if hasattr(self.module, "CODE"):
            code = self.module.CODE
            for name, value in {**places, "ATAQUE": self.name}.items():
                code = code.replace(f"@{name}@", value)
            next(c for c in notebook.cells if c.id.endswith("-solucion")).source = code
        if hasattr(self.module, "edit"):
            self.module.edit(notebook)
        folder = submitted / self.student / self.unit
        if hasattr(self.module, "deliver"):
            self.module.deliver(folder, notebook, places)
        else:
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / self.notebook)
        if hasattr(self.module, "spoil"):
            for path in Path(places["PESOS"]).glob("*.weights.h5"):
                shutil.copy(path, folder)
            self.module.spoil(folder, places)


def empty(notebook: NotebookNode) -> NotebookNode:
    """The student's notebook with none of its answers, examples or figures."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("locked"):
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
