"""Lo que se le da a ``comprobar`` en lugar de un nombre y una función, y cómo se escribe bien."""

from __future__ import annotations

import inspect
import sys
import types
from typing import Any

import numpy as np

from ..common.check_ids import plain

_NOT_WRITTEN_BY_ANYONE = (types.BuiltinFunctionType, np.ufunc, types.MethodWrapperType)


def usage(check_id: Any = None) -> str:
    """How ``comprobar`` is called, with what is known of the check that was meant."""
    if not isinstance(check_id, str) or len(check_id) > 100:
        return 'comprobar("1_convolucion.conv2d", conv2d)'
    name = plain(check_id).rpartition(".")[2]
    return f'comprobar("{check_id}", {name if name.isidentifier() else "nombre_de_tu_funcion"})'


def binding_problem(args: tuple, kwargs: dict[str, Any]) -> str:
    """Why a call of ``comprobar`` with those arguments is none."""
    known = [arg for arg in (*args, *kwargs.values()) if isinstance(arg, str)]
    count = len(args) + len(kwargs)
    form = usage(known[0] if known else None)
    if count > 2 or not count:
        return f"comprobar recibe dos cosas, y llegaron {count}: escribe {form}"
    if count == 2:
        return f"comprobar recibe sus dos argumentos sin nombre: escribe {form}"
    if known:
        return f"a comprobar le falta la función: escribe {form}, sin paréntesis detrás"
    return f"a comprobar le falta el nombre de la comprobación, entre comillas: escribe {form}"


def problem(check_id: Any, function: Any) -> str | None:
    """What is wrong with the arguments, in one Spanish line; None where they can be tried."""
    # By their types: what objects of a student's say of themselves may fail.
    if callable(check_id) and issubclass(type(function), str):
        return f"los argumentos están al revés: escribe {usage(function)}"
    if not issubclass(type(check_id), str):
        return (
            "el primer argumento de comprobar es el nombre de la comprobación, entre comillas, y "
            f"llegó {_what(check_id)}: escribe {usage()}"
        )
    came = _not_a_function(function)
    if came is None:
        return None
    return (
        f"comprobar espera la función misma y llegó {came}: escribe {usage(check_id)}, "
        "sin paréntesis detrás"
    )


def unfit(function: Any, args: tuple, kwargs: dict[str, Any]) -> str | None:
    """Why a function of a student's cannot be called so, in Spanish; None where it can."""
    if type(function) is not types.FunctionType:
        return None
    signature = inspect.signature(function, follow_wrapped=False)
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        given = [f"{len(args)} argumento" + ("" if len(args) == 1 else "s")] if args else []
        given += [f"{name}=…" for name in kwargs]
        names = ", ".join(signature.parameters)
        return f"tu función recibe ({names}) y aquí se la llama con {' y '.join(given) or 'nada'}"
    return None


def _not_a_function(value: Any) -> str | None:
    kind = type(value)
    if issubclass(kind, type):
        return f"una clase ({_name(value)})"
    if issubclass(kind, _NOT_WRITTEN_BY_ANYONE):
        return f"{_name(value)}, que ya viene hecha y no es tuya"
    if kind is types.FunctionType and inspect.iscoroutinefunction(value):
        return f"una función async ({_name(value)}), que se define sin async"
    if _of_keras(kind):
        return f"lo que devuelve tu función, un objeto de Keras ({kind.__name__})"
    return None if callable(value) else _what(value)


def _of_keras(kind: type) -> bool:
    if "keras" not in sys.modules:
        return False
    return any(base.__module__.split(".")[0] == "keras" for base in kind.__mro__)


def _what(value: Any) -> str:
    if value is None:
        return "None (NoneType)"
    kind = type(value).__name__[:60]
    if issubclass(type(value), str):
        return f"un texto (str), con comillas: {value[:40]!r}"
    if issubclass(type(value), types.ModuleType):
        return f"un módulo ({_name(value)})"
    small = type(value) is not int or value.bit_length() <= 64
    if type(value) in (bool, int, float, complex) and small:
        return f"{value} ({kind})"
    if callable(value):
        return f"una función ({_name(value)})"
    return f"algo que no es una función ({kind})"


def _name(value: Any) -> str:
    try:
        name = getattr(value, "__name__", None)
    except Exception:
        name = None
    return name[:60] if isinstance(name, str) else type(value).__name__[:60]
