"""La orden ``curso``: lee los argumentos y llama a quien sabe; aquí no se decide nada."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .errors import CursoError
from .spanish_typer import SpanishCommand, SpanishGroup, run

app = typer.Typer(
    cls=SpanishGroup,
    help="El curso de Conv2D: publica las unidades, califica las entregas y hace el informe.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

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


@app.callback()
def _root() -> None:
    """Its presence keeps the verbs apart from the command itself."""


def _verb(name: str):
    return app.command(name, cls=SpanishCommand)


@_verb("publicar")
def publish(
    units: Units = None,
    check: Annotated[
        bool,
        typer.Option(
            "--comprobar", help="No escribe nada: termina con 1 si release/ no está al día."
        ),
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Genera release/ a partir de source/ y registra las unidades en el libro de notas."""
    from . import publishing
    from .course import Course

    here = Course.at(course)
    chosen = here.units(units or ())
    if check:
        files = publishing.outdated(here, chosen)
        if files:
            raise CursoError(
                f"release/ no está al día ({', '.join(files)}); genera de nuevo con curso publicar"
            )
        print("release/ está al día.")
        return
    for unit in chosen:
        publishing.publish(here, [unit])
        print(f"✔ {unit}")


def main(arguments: list[str] | None = None) -> int:
    """Run ``curso``; what a person can mend is one Spanish line on stderr, never a traceback."""
    try:
        return run(app, arguments)
    except (CursoError, OSError) as error:
        print(f"curso: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("curso: interrumpido", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
