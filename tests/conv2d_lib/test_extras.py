"""What the library lacks is said in a line, with the order that installs it."""

from __future__ import annotations

import sys
import types

import pytest

from conv2d_lib.extras import FaltaUnPaquete, need

LINE = 'falta no_existe, que viene con: pip install "curso-conv2d[lecciones]"'


def test_what_is_there_is_not_asked_for():
    need("json", "numpy")


@pytest.mark.parametrize("name", ["no_existe", "no_existe.dentro"])
def test_what_is_not_there_is_named_with_its_order_and_without_a_traceback(name):
    with pytest.raises(FaltaUnPaquete) as caught:
        need("json", name)
    assert str(caught.value) == LINE.replace("no_existe", name)
    assert caught.value._render_traceback_() == [f"FaltaUnPaquete: {caught.value}"]


def test_what_somebody_put_in_its_place_is_there(monkeypatch):
    monkeypatch.setitem(sys.modules, "puesto", types.ModuleType("puesto"))
    need("puesto")
