"""Qué carpetas se montan: las de los paquetes permitidos, se hayan instalado como sea."""

from __future__ import annotations

import pytest

from autograder.notebook import packages
from autograder.sandbox.packages_mount import only_allowed

CACHED = ("allowed_distributions", "allowed_roots", "installed_roots", "package_folders")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A folder of packages as several tools leave them, of which ``mio`` is allowed."""
    site, source = tmp_path / "site-packages", tmp_path / "fuentes"
    for name in ("mio", "mio.libs", "del_sistema", "scipy", "otro"):
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").touch()
    (site / "suelto.py").touch()
    (source / "editado").mkdir(parents=True)
    (source / "editado" / "__init__.py").touch()

    def describe(folder, text, **files):
        (site / folder).mkdir()
        for name, content in {"METADATA": text, **files}.items():
            (site / folder / name.replace("_txt", ".txt")).write_text(content)

    describe(
        "mio-1.dist-info",
        "Metadata-Version: 2.1\nName: mio\nVersion: 1\nRequires-Dist: del-sistema>=1\n"
        "Requires-Dist: Editado ; python_version > '3'\nRequires-Dist: suelto\n"
        "Requires-Dist: scipy\nRequires-Dist: otro ; extra == 'todo'\n",
        RECORD="mio/__init__.py,,\nmio.libs/a.so,,\n../../../bin/mio,,\nmio-1.dist-info/RECORD,,\n",
        entry_points_txt="[mio.cosas]\nuna = mio:una\n",
    )
    # Without a list of its files, as Debian's.
    (site / "del_sistema-1.egg-info").mkdir()
    (site / "del_sistema-1.egg-info" / "PKG-INFO").write_text("Name: del-sistema\nVersion: 1\n")
    (site / "del_sistema-1.egg-info" / "top_level.txt").write_text("del_sistema\n")
    # Installed to be edited: only its metadata is here.
    describe(
        "editado-1.dist-info",
        "Metadata-Version: 2.1\nName: editado\nVersion: 1\n",
        RECORD="editado-1.dist-info/RECORD,,\n_editado.pth,,\n",
    )
    describe("suelto-1.dist-info", "Name: suelto\nVersion: 1\n", RECORD="suelto.py,,\n")
    describe("scipy-1.dist-info", "Name: scipy\nVersion: 1\n", RECORD="scipy/__init__.py,,\n")
    describe("otro-1.dist-info", "Name: otro\nVersion: 1\n", RECORD="otro/__init__.py,,\n")
    monkeypatch.setattr("sys.path", [str(site), str(source)])
    monkeypatch.setattr(packages, "DISTRIBUTIONS", ("mio",))
    for name in CACHED:
        getattr(packages, name).cache_clear()
    yield site, source
    monkeypatch.undo()
    for name in CACHED:
        getattr(packages, name).cache_clear()


def test_what_is_allowed_and_what_it_needs_is_mounted_and_nothing_else(installed, tmp_path):
    site, source = installed
    views = tmp_path / "vistas"
    views.mkdir()
    arguments = only_allowed(views)
    mounts = list(zip(arguments[1::3], arguments[2::3], strict=True))
    real = {place for origin, place in mounts if origin == place}
    assert real == {str(site / name) for name in ("mio", "mio.libs", "del_sistema")} | {
        str(source / "editado")
    }
    views_of = {place: origin for origin, place in mounts if origin != place}
    assert set(views_of) == {str(site), str(source)}
    listed = {path.name for path in (views / views_of[str(site)]).iterdir()}
    assert {"mio", "mio.libs", "del_sistema", "suelto.py"} < listed
    assert not {"scipy", "otro"} & listed
    entry_points = views / views_of[str(site)] / "mio-1.dist-info" / "entry_points.txt"
    assert "una = mio:una" in entry_points.read_text()


def test_what_is_not_allowed_is_refused_by_the_same_table(installed):
    packages.is_refused.cache_clear()
    assert {"mio", "del_sistema", "editado", "suelto"} <= packages.allowed_roots()
    assert packages.is_refused("otro")
    assert packages.is_refused("scipy")
    assert not packages.is_refused("mio")
    assert not packages.is_refused("ayuda_de_alguien")
    packages.is_refused.cache_clear()


def test_nothing_that_is_allowed_here_has_the_exercise_ready_made():
    assert not packages.allowed_roots() & (packages.READY_MADE | packages.OWN)
    needed = {root for one in packages.allowed_distributions() for root in packages.roots_of(one)}
    assert {"numpy", "numba", "llvmlite", "matplotlib", "IPython"} <= needed
