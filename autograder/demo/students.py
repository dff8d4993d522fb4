"""La clase de la demostración: cada estudiante enseña algo que le pasa a una clase de verdad."""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

from . import answers
from .work import Work

CONVOLUTION, FILTERS, MAPS, PADDING, HOMEWORK = (
    "1_convolucion",
    "2_filtros",
    "3_mapas_de_caracteristicas",
    "4_padding",
    "5_fashion_mnist",
)
SHAPE_ONLY = 0.2


@dataclass(frozen=True)
class Student:
    """A name, what is special in the work, and the work."""

    name: str
    trait: str
    works: tuple[Work, ...]
    trained: bool = False


def _delete_tests(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if not cell.id.endswith("-comprobacion")]


def _delete_examples(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if not cell.id.endswith("-ejemplos")]


def _forge(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.id == "correlacion2d-solucion":
            cell.source += "\n\ndef comprobar(*_):\n    print('✔ todo correcto')\n    return 100"
        if cell.id.endswith("-comprobacion"):
            cell.source = "print('✔ todo correcto')\n100"


def _cut(text: str) -> str:
    return text[: len(text) // 2]


STUDENTS = (
    Student(
        "Ana Torres",
        "todo bien, con bucles",
        tuple(Work(unit) for unit in (CONVOLUTION, FILTERS, MAPS, PADDING, HOMEWORK)),
        trained=True,
    ),
    Student(
        "Bruno Díaz",
        "todo bien, sin un solo bucle",
        (Work(CONVOLUTION, answers=answers.VECTORISED), Work(PADDING)),
    ),
    Student(
        "Carla Núñez",
        "kernel volteado",
        (
            Work(
                CONVOLUTION,
                answers={"correlacion2d": answers.FLIPPED},
                shares=dict.fromkeys(
                    (
                        "correlacion2d",
                        "convolucion_verdadera",
                        "correlacion_multicanal",
                        "conv2d",
                    ),
                    SHAPE_ONLY,
                ),
            ),
        ),
    ),
    Student(
        "Diego Peña",
        "olvida el sesgo",
        (
            Work(
                CONVOLUTION,
                answers={"conv2d": answers.NO_BIAS},
                shares={"conv2d": SHAPE_ONLY},
            ),
        ),
    ),
    Student(
        "Paula Gil",
        "voltea el kernel y olvida el sesgo",
        (
            Work(
                CONVOLUTION,
                answers=answers.VECTORISED | {"conv2d": answers.FLIPPED_WITHOUT_BIAS},
                shares={"conv2d": SHAPE_ONLY},
            ),
            Work(
                FILTERS,
                answers={"parametros_conv2d": answers.COUNTED_WITHOUT_BIAS},
                shares={"parametros_conv2d": SHAPE_ONLY},
            ),
        ),
    ),
    Student(
        "Quique Mora",
        "los sesgos, en todas partes",
        (
            Work(
                CONVOLUTION,
                answers={"conv2d": answers.NO_BIAS},
                shares={"conv2d": SHAPE_ONLY},
            ),
            Work(
                FILTERS,
                answers={"parametros_conv2d": answers.COUNTED_WITHOUT_BIAS},
                shares={"parametros_conv2d": SHAPE_ONLY},
            ),
        ),
    ),
    Student(
        "Rocío Sanz",
        "el cero de más, al otro lado",
        (
            Work(
                PADDING,
                answers={"rellenar": answers.ZEROS_FIRST},
                # The layer pads with it.
                shares={"rellenar": SHAPE_ONLY, "conv2d": SHAPE_ONLY},
            ),
        ),
    ),
    Student(
        "Elena Ruiz",
        "hace la mitad",
        (
            Work(CONVOLUTION, solved=("correlacion2d", "convolucion_verdadera")),
            Work(FILTERS, solved=("filtro_sobel", "parametros_dense")),
            Work(MAPS, solved=("capa_basica", "campo_receptivo")),
        ),
    ),
    Student("Fabián Soto", "entrega el cuaderno vacío", (Work(CONVOLUTION, solved=()),)),
    Student(
        "Gabriela Ibáñez",
        "un bucle que no acaba, y borra los ejemplos",
        (
            Work(
                CONVOLUTION,
                answers={
                    "correlacion_multicanal": answers.ENDLESS,
                    "conv2d": answers.VECTORISED["conv2d"],
                },
                edit=_delete_examples,
                shares={"correlacion_multicanal": 0.0},
            ),
        ),
    ),
    Student(
        "Hugo Martín",
        "un archivo cortado a la mitad",
        (Work(CONVOLUTION), Work(FILTERS, damage=_cut, problem=True)),
    ),
    Student(
        "Inés Ochoa",
        "cambia el nombre del cuaderno",
        (Work(FILTERS, file="filtros_ines (1).ipynb"),),
    ),
    Student(
        "Julián Vega",
        "su código mata al kernel",
        (
            Work(
                CONVOLUTION,
                answers={"convolucion_verdadera": answers.KILLER},
                shares={"convolucion_verdadera": 0.0},
            ),
        ),
    ),
    Student(
        "Lucía Prado",
        "avisos en stderr, que no cuestan nada",
        (Work(MAPS, answers={"capa_basica": answers.NOISY_LAYER}),),
    ),
    Student(
        "Mateo Ríos",
        "usa la convolución de SciPy",
        (
            Work(
                CONVOLUTION,
                answers={"convolucion_verdadera": answers.READY_MADE},
                shares={"convolucion_verdadera": 0.0},
            ),
        ),
    ),
    Student(
        "Noelia Cruz",
        "falsifica comprobar y las celdas calificadas",
        (Work(CONVOLUTION, solved=(), edit=_forge),),
    ),
    Student(
        "Óscar León",
        "borra las celdas calificadas",
        (
            Work(PADDING, edit=_delete_tests),
            Work(
                HOMEWORK,
                answers={"construir_mlp_equivalente": answers.SMALL_EQUIVALENT},
                edit=_delete_tests,
                shares={"construir_mlp_equivalente": 0.0},
            ),
        ),
    ),
)
