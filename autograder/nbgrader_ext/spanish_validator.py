"""``nbgrader validate``, y el botón Validate, en español.

Its warnings are options of nbgrader's; the lines around each cell are not, and are replaced.
"""

from __future__ import annotations

import textwrap

from nbformat import NotebookNode
from nbgrader.validator import Validator
from traitlets.config import Config

MOST_CHARACTERS = 4000  # of one cell's error
ALL_PASS = "¡Bien! Tu cuaderno pasa todas las comprobaciones."
NONE_PASSES = "El cuaderno no pasa ninguna comprobación."
TIMEOUT = "la celda no terminó en 30 s (¿un bucle que no acaba?)"

_extract_error = Validator._extract_error


def install(c: Config) -> None:
    """Set its options on ``c``, and its lines in this process; twice is as good as once."""
    c.Validator.failed_warning = (
        "CELDAS QUE NO PASAN: {num_failed}. Si entregas el cuaderno así, no tendrás todos los "
        "puntos."
    )
    c.Validator.passed_warning = "CELDAS QUE PASAN: {num_passed}."
    c.Validator.changed_warning = (
        "CELDAS DE COMPROBACIÓN CON OTRO TEXTO: {num_changed}. Al calificar se usa el original: "
        "deshaz el cambio, o pasa tus respuestas a una copia nueva del cuaderno."
    )
    c.Validator.type_changed_warning = (
        "CELDAS QUE HAN CAMBIADO DE TIPO (código o texto): {num_changed}. Al calificar se usa el "
        "original: deshaz el cambio."
    )
    c.Execute.error_on_timeout = {
        "ename": "CeldaSinFin",
        "evalue": TIMEOUT,
        "traceback": [f"CeldaSinFin: {TIMEOUT}"],
    }
    Validator._print_error = _print_error
    Validator._print_changed = _print_changed
    Validator._print_type_changed = _print_type_changed
    Validator._print_pass = _print_pass
    Validator._print_num_failed = _print_num_failed
    Validator._print_num_passed = _print_num_passed
    Validator._print_num_changed = _print_num_changed
    Validator._print_num_type_changed = _print_num_type_changed
    Validator._extract_error = _spanish_error


def _spanish_error(self: Validator, cell: NotebookNode) -> str:
    text = _extract_error(self, cell)
    text = {
        "You did not provide a response.": "Falta tu respuesta.",
        "Partial credit; passed some but not all of the tests": "Tiene una parte de los puntos.",
    }.get(text, text)
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…"


def _section(self: Validator, title: str, *parts: str) -> None:
    self.stream.write("\n" + "=" * self.width + f"\n{title}:\n\n")
    self.stream.write("\n\n".join(parts) + "\n\n")


def _print_error(self: Validator, source: str, error: str) -> None:
    _section(self, "No pasa esta celda", self._indent(source), "Por esto:", self._indent(error))


def _print_changed(self: Validator, source: str) -> None:
    _section(self, "Ha cambiado esta celda", self._indent(source))


def _print_type_changed(self: Validator, old: str, new: str, source: str) -> None:
    _section(self, f"Esta celda era de tipo {new} y ahora es {old}", self._indent(source))


def _print_pass(self: Validator, source: str) -> None:
    _section(self, "Pasa esta celda", self._indent(source))


def _print_num_failed(self: Validator, count: int) -> None:
    _line(self, self.failed_warning.format(num_failed=count) if count else ALL_PASS)


def _print_num_passed(self: Validator, count: int) -> None:
    _line(self, self.passed_warning.format(num_passed=count) if count else NONE_PASSES)


def _print_num_changed(self: Validator, count: int) -> None:
    _line(self, self.changed_warning.format(num_changed=count) if count else "")


def _print_num_type_changed(self: Validator, count: int) -> None:
    _line(self, self.type_changed_warning.format(num_changed=count) if count else "")


def _line(self: Validator, text: str) -> None:
    if text:
        self.stream.write(textwrap.fill(text, self.width) + "\n")
