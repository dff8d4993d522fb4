"""Qué paquetes ve un cuaderno: todos menos los del curso, o solo los que se le permiten."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sysconfig
from pathlib import Path

from ..notebook import packages

# What a package asks of its own metadata, and others of it.
_VERSION = "from .version import version as __version__\n"
_METADATA = ("METADATA", "PKG-INFO", "entry_points.txt")


def all_but_own(empty: Path) -> list[str]:
    """bwrap's arguments for every package that is installed, but the course's."""
    folder = sysconfig.get_path("purelib")
    arguments = ["--ro-bind", folder, folder]
    for entry in sorted(Path(folder).iterdir()):
        if entry.name.startswith(tuple(packages.OWN)) and not entry.name.endswith("-info"):
            cover = str(empty) if entry.is_dir() else "/dev/null"
            arguments += ["--ro-bind", cover, str(entry)]
    return arguments


def only_allowed(views: Path) -> list[str]:
    """bwrap's arguments for the packages of one's own implementation, and what they need.

    Each folder of packages is a view of ours: the single files, the metadata, and an empty folder
    for each package, where the real one is bound.

    Parameters
    ----------
    views : Path
        An empty folder for the views; it must live as long as the sandboxes.
    """
    distributions = packages.allowed_distributions()
    packages_by_home: dict[Path, list[Path]] = {}
    for place in sorted(_places(distributions)):
        packages_by_home.setdefault(place.parent, []).append(place)
    arguments: list[str] = []
    for number, (home, places) in enumerate(sorted(packages_by_home.items())):
        view = views / str(number)
        view.mkdir()
        arguments += ["--ro-bind", str(view), str(home)]
        for place in places:
            if place.is_dir():
                (view / place.name).mkdir()
                arguments += ["--ro-bind", str(place), str(place)]
            else:
                shutil.copyfile(place, view / place.name)
    for distribution in distributions:
        _copy_metadata(distribution, list(packages_by_home), views)
    arguments += _lent(sorted(packages_by_home), views)
    for module in sorted(packages.REFUSED_MODULES):
        for file in _files_of(module, packages_by_home):
            arguments += ["--ro-bind", "/dev/null", str(file)]
    return arguments


def _places(distributions: tuple[importlib.metadata.Distribution, ...]) -> set[Path]:
    """Where their packages are: beside their metadata, or where an editable install says."""
    found = set()
    for distribution in distributions:
        home = Path(str(distribution.locate_file("")))
        there = {path for top in packages.top_level(distribution) if (path := home / top).exists()}
        found |= there or _imported_places(distribution)
    return found


def _imported_places(distribution: importlib.metadata.Distribution) -> set[Path]:
    places = set()
    for root in packages.roots_of(distribution):
        spec = importlib.util.find_spec(root)
        if spec and spec.submodule_search_locations:
            places |= {Path(folder) for folder in spec.submodule_search_locations}
        elif spec and spec.origin:
            places.add(Path(spec.origin))
    return {place for place in places if place.exists()}


def _copy_metadata(
    distribution: importlib.metadata.Distribution, homes: list[Path], views: Path
) -> None:
    home = Path(str(distribution.locate_file("")))
    if home not in homes:
        return
    name = distribution.metadata["Name"].replace("-", "_")
    folder = views / str(sorted(homes).index(home)) / f"{name}-{distribution.version}.dist-info"
    folder.mkdir(exist_ok=True)
    for file in _METADATA:
        if text := distribution.read_text(file):
            (folder / file.replace("PKG-INFO", "METADATA")).write_text(text, "utf-8")


def _lent(homes: list[Path], views: Path) -> list[str]:
    """The few files of a refused package that an allowed one needs, under its own name."""
    arguments = []
    for number, home in enumerate(homes):
        for package, patterns in packages.LENT.items():
            folder = Path(*package.split("."))
            files = [file for pattern in patterns for file in (home / folder).glob(pattern)]
            if files:
                (views / str(number) / folder).mkdir(exist_ok=True)
                version = _VERSION if "version.py" in {file.name for file in files} else ""
                (views / str(number) / folder / "__init__.py").write_text(version)
            for file in files:
                shutil.copyfile(file, views / str(number) / folder / file.name)
            libraries = home / f"{package}.libs"
            if files and libraries.is_dir():
                (views / str(number) / libraries.name).mkdir(exist_ok=True)
                arguments += ["--ro-bind", str(libraries), str(libraries)]
    return arguments


def _files_of(module: str, homes: dict[Path, list[Path]]) -> list[Path]:
    """The source of a module and what was compiled of it."""
    *folders, name = module.split(".")
    found = []
    for home in homes:
        folder = home.joinpath(*folders)
        found += [*folder.glob(f"{name}.*"), *(folder / "__pycache__").glob(f"{name}.*")]
    return sorted(found)
