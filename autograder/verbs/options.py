"""Los argumentos que varias órdenes comparten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Units = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="UNIDAD", help="Unidades, por carpeta o número (1, 4_padding); si no, todas."
    ),
]
CourseFolder = Annotated[
    Path, typer.Option("--curso", metavar="CARPETA", help="La carpeta del curso.")
]
HERE = Path(".")
