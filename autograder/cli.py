"""La orden ``curso``: sus verbos, en el orden en que se enseñan; aquí no se decide nada."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable

import typer

from .common.errors import CursoError
from .common.extras import missing
from .common.plain_letters import say_what_can_be_said
from .common.system_errors import in_words
from .terminal.spanish_typer import SpanishCommand, SpanishGroup, run
from .verbs import campus, grading, homework, package

VERBS: dict[str, Callable[..., None]] = {
    "demo": grading.demo,
    "nuevo": package.new,
    "publicar": grading.publish,
    "entregar": package.hand_in,
    "comprobar-unidad": grading.prove,
    "calificar": grading.grade,
    "informe": grading.report,
    "comentarios": grading.comments,
    "copias": grading.copies,
    "moodle": campus.moodle,
    "canvas": campus.canvas,
    "alumnos": campus.roster,
    "progreso": package.progress,
    "aceptar": homework.accept,
    "datos": homework.data,
    "doctor": grading.doctor,
    "entrenar": homework.train,
}
app = typer.Typer(
    cls=SpanishGroup,
    help="El curso de Conv2D: publica las unidades, califica las entregas y hace el informe.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# At the end Python looks for garbage in every module that was loaded: a third of a second, and the
# machine takes all of it back anyway.
atexit.register(gc.freeze)


@app.callback()
def _root() -> None:
    """Its presence keeps the verbs apart from the command itself."""


for _name, _verb in VERBS.items():
    app.command(_name, cls=SpanishCommand)(_verb)


def main(arguments: list[str] | None = None) -> int:
    """Run ``curso``; what a person can mend is one Spanish line on stderr, never a traceback."""
    say_what_can_be_said()
    try:
        return run(app, arguments)
    except CursoError as error:
        print(f"curso: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"curso: {in_words(error)}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        if not (line := missing(error.name)):
            raise
        print(f"curso: {line}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("curso: interrumpido", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
