"""Every function of the library that Numba compiles."""

from __future__ import annotations

import importlib
import pkgutil

import conv2d_lib as cl


def compiled_functions():
    for info in pkgutil.walk_packages(cl.__path__, "conv2d_lib."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if hasattr(value, "py_func") and value.py_func.__module__ == module.__name__:
                yield module, value.py_func
