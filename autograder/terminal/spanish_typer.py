"""Typer en español: la ayuda y los errores de uso, que la biblioteca trae en inglés."""

from __future__ import annotations

import re
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


class _SpanishHelp:
    """The ``--help`` option and the usage line, in Spanish."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Muestra esta ayuda y termina."
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate_panels()
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            _leave_out_the_type(param)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_usage(self, ctx: Any) -> str:
        usage = super().get_usage(ctx)  # type: ignore[misc]
        words = {"Usage:": "Uso:", "[OPTIONS]": "[OPCIONES]", "COMMAND [ARGS]...": "ORDEN …"}
        for english, spanish in words.items():
            usage = usage.replace(english, spanish)
        # Whoever copies the line must not type the braces of what is required.
        return re.sub(r"\{([\w.]+)\}", r"\1", usage)


class SpanishCommand(_SpanishHelp, TyperCommand):
    """One verb."""


class SpanishGroup(_SpanishHelp, TyperGroup):
    """The command, with its verbs."""


def _translate_panels() -> None:
    """Rich's titles; only on the way to a help page, since the import costs a tenth of a second."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "Argumentos"
    rich_utils.OPTIONS_PANEL_TITLE = "Opciones"
    rich_utils.COMMANDS_PANEL_TITLE = "Órdenes"
    rich_utils.DEFAULT_STRING = "[por defecto: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[obligatorio]"


def _leave_out_the_type(param: Any) -> None:
    """Show what we call an option's value, CARPETA or N, and no ``<bool>`` where it takes none."""
    name = param.metavar if param.param_type_name == "option" else None
    param.display_type_rich = lambda ctx: name


def explain_usage_error(error: Any) -> str:
    """One Spanish line for an error of use that Typer raises."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "NoSuchOption" in kinds:
        return f"no existe la opción {error.option_name}"
    if "BadOptionUsage" in kinds:
        return f"a la opción {error.option_name} le falta su valor"
    if "MissingParameter" in kinds:
        return f"falta {_name(error)}"
    if "BadParameter" in kinds:
        # The library says why in English; what the value is for says as much.
        purpose = getattr(error.param, "help", None)
        return f"el valor de {_name(error)} no es válido" + (f" ({purpose})" if purpose else "")
    if error.message.startswith("No such command"):
        return f"no existe la orden {error.message.split(' ', 3)[3].rstrip('.')}"
    if error.message.startswith("Got unexpected extra argument"):
        return "sobran argumentos: " + error.message.rpartition("(")[2].rstrip(").")
    return error.message


def _name(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return "un valor"
    if param.param_type_name == "argument":
        return param.metavar or param.name
    return max(param.opts, key=len)


def run(app: typer.Typer, arguments: list[str] | None = None) -> int:
    """Run ``app``; errors of use are one line on stderr and exit status 2."""
    try:
        return int(app(arguments, standalone_mode=False) or 0)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            return 2
        print(f"curso: {explain_usage_error(error)}; mira curso --help", file=sys.stderr)
        return 2
