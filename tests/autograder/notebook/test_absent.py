"""Stand-ins of missing modules leave as soon as a statement ends, and cost no look at the rest."""

import importlib.machinery
import sys
from types import ModuleType

import pytest

from autograder.notebook import absent


class _Watched:
    """A loaded module that notes when somebody asks what it is."""

    def __init__(self):
        self.looks = 0

    @property
    def __class__(self):
        self.looks += 1
        return ModuleType


@pytest.fixture
def give(monkeypatch):
    """Import a module that is not there, as a notebook's statement does."""
    monkeypatch.setattr(absent, "_state", absent._State())
    finder = absent.AbsentFinder(lambda root: True, absent.OWN_WORK)

    def give(name):
        spec = importlib.machinery.ModuleSpec(name, finder, is_package=True)
        module = finder.create_module(spec)
        monkeypatch.setitem(sys.modules, name, module)
        return module

    return give


def test_what_is_not_there_is_forgotten_with_its_parts_whenever_it_is_asked_for(give):
    for _ in range(2):
        give("nada_de_nada")
        give("nada_de_nada.capas")
        absent.forget_modules()
        assert not {"nada_de_nada", "nada_de_nada.capas"} & set(sys.modules)


def test_a_real_module_of_that_name_stays(give, monkeypatch):
    give("nada_de_nada")
    absent.forget_modules()
    real = ModuleType("nada_de_nada")
    monkeypatch.setitem(sys.modules, "nada_de_nada", real)
    absent.forget_modules()
    assert sys.modules["nada_de_nada"] is real


def test_of_a_lent_library_nothing_stays_either(monkeypatch, give):
    absent._state.lends = True
    for name in ("scipy", "scipy.linalg"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    absent.forget_modules()
    assert not {"scipy", "scipy.linalg"} & set(sys.modules)


def test_the_loaded_modules_are_not_looked_at_one_by_one(give, monkeypatch):
    """After each statement that cost half a millisecond, and copied a fork's memory."""
    watched = _Watched()
    monkeypatch.setitem(sys.modules, "vigilado", watched)
    give("nada_de_nada")
    absent.forget_modules()
    assert watched.looks == 0
