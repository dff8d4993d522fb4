"""Cómo termina una celda de ``comprobar`` que no pasa: una línea en español, sin nuestro código."""

from __future__ import annotations

import os
import textwrap

UNWRITTEN = "esta función todavía no está escrita"
VALIDATE_WIDTH = 80  # nbgrader validate cuts its lines at 87


def validating() -> bool:
    """Whether ``nbgrader validate`` runs the notebook: it shows what is raised, and no more."""
    return os.environ.get("NBGRADER_EXECUTION") == "validate"


def executed_by_nbgrader() -> bool:
    """Whether nbgrader runs the notebook, to validate it or to grade it."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


class ComprobacionFallida(AssertionError):
    """Algo falló: dice el veredicto y la causa; el informe entero está impreso encima.

    Parameters
    ----------
    line : str
        One Spanish line: verdict and cause.
    report : str, optional
        The whole report, for who sees the exception only.
    """

    def __init__(self, line: str, report: str = "") -> None:
        super().__init__(line)
        self.report = report

    def _render_traceback_(self) -> list[str]:
        name = type(self).__name__
        if self.report and validating():
            return [f"{name}:", *_folded(self.report)]
        lines = [f"{name}: {self}"]
        return _folded(lines[0]) if validating() else lines


class ComprobacionInterrumpida(KeyboardInterrupt):
    """Alguien pulsó ■ o Ctrl-C: dice dónde estaba la función, y no dónde estábamos nosotros."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def _folded(text: str) -> list[str]:
    return [
        part
        for line in text.splitlines()
        for part in textwrap.wrap(line, VALIDATE_WIDTH, subsequent_indent="    ")
    ]
