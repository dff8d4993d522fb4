"""Lo que un cuaderno cambió de lo que lo ejecuta: se sabe por su nombre, y se repone para decirlo.

Nothing here asks Python for a name that a notebook may have taken away: without ``len`` there would
be nobody left to say that it is ``len`` that is missing.
"""

from __future__ import annotations

import asyncio
import builtins
import json
import os
import signal
import socket
import sys
import threading
import time
from typing import Any

import numpy as np

MODULES = (builtins, json, os, signal, time, threading, asyncio, np, socket)
_MISSING, _callable = object(), callable
_OWN = ("__import__", "__build_class__")


class KeptNames:
    """What there was before the first cell, to be compared with what there is after another."""

    def __init__(self) -> None:
        self._kept = [(module.__name__, vars(module), dict(vars(module))) for module in MODULES]
        # Those of a class are reached through it: its dictionary is only to be read.
        self._socket, self._of_socket = socket.socket, vars(socket.socket)
        self._methods = dict(self._of_socket)
        self._put, self._take = setattr, delattr
        self._sys = vars(sys)
        self._streams = {name: self._sys[name] for name in ("stdout", "stderr")}

    def changed(self) -> list[str]:
        """The names that mean something else now, or nothing."""
        found = []
        for module, now, kept in self._kept:
            for name in kept:
                if now.get(name, _MISSING) is not kept[name] and _runs(name, kept[name]):
                    found.append(f"{module}.{name}")
        for name in self._changed_methods():
            found.append(f"socket.socket.{name}")
        for name in self._streams:
            if self._sys.get(name) is not self._streams[name]:
                found.append(f"sys.{name}")
        return found

    def put_back(self) -> None:
        """All of it is as it was."""
        for _, now, kept in self._kept:
            now.update(kept)
        for name in self._changed_methods():
            if name in self._methods:
                self._put(self._socket, name, self._methods[name])
            else:  # It is the class under it that has it.
                self._take(self._socket, name)
        self._sys.update(self._streams)

    def _changed_methods(self) -> list[str]:
        now, kept = self._of_socket, self._methods
        names = [name for name in kept if now.get(name, _MISSING) is not kept[name]]
        return names + [name for name in now if name not in kept]


def _runs(name: str, value: Any) -> bool:
    """Of functions and classes: other names are there for notebooks to change."""
    return _callable(value) and (name in _OWN or not name.startswith("_"))
