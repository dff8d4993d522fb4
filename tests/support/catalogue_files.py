"""The catalogue's files: how one is loaded, and what right and wrong work must hear."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from harness import failed_aspects, verdict_on

CATALOGUE = Path(__file__).parents[1] / "catalogue"


def files(units: Iterable[str], kind: str) -> list[Path]:
    """The ``right`` or ``wrong`` files of some units."""
    return sorted(path for unit in units for path in CATALOGUE.glob(f"{unit}/*/{kind}/*.py"))


def almost_right() -> list[Path]:
    """The files that hold many wrong versions of one function each."""
    return sorted(CATALOGUE.glob("*/*/almost_right.py"))


def name_of(path: Path) -> str:
    return "/".join([*path.parts[-4:-2], path.stem])


def count(check_id: str, kind: str) -> int:
    return len(list(CATALOGUE.joinpath(*check_id.split("."), kind).glob("*.py")))


def load(path: Path) -> tuple[ModuleType, Any, str]:
    """The module of a file, its function (or None) and its check.

    What it defines counts as written in a notebook: its module is ``__main__``.
    """
    spec = importlib.util.spec_from_file_location("__main__", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    unit, name = path.parts[-4:-2]
    return module, getattr(module, name, None), f"{unit}.{name}"


def assert_passes(path: Path, seeds: Iterable[int]) -> None:
    _, function, check_id = load(path)
    for seed in seeds:
        verdict = verdict_on(check_id, function, seed)
        assert verdict.passed, f"seed {seed}\n{verdict.report()}"
        assert verdict.score == 1


def assert_fails_as_declared(path: Path, seeds: Iterable[int]) -> None:
    """It loses the aspects in its ``FAILS``, and hears the cause that it declares or none at all.

    ``CAUSE_ID`` is the mistake's id, and ``CAUSE_CONTAINS`` some of its words. One that is refused
    whatever it answers declares words of the reason, in ``REJECTED_CONTAINS``.
    """
    module, function, check_id = load(path)
    aspects = set(getattr(module, "FAILS", ("valores", "casos límite")))
    rejected = getattr(module, "REJECTED_CONTAINS", None)
    cause, cause_id = (getattr(module, name, None) for name in ("CAUSE_CONTAINS", "CAUSE_ID"))
    for seed in seeds:
        verdict = verdict_on(check_id, function, seed)
        report = f"seed {seed}\n{verdict.report()}"
        assert not verdict.passed, report
        if rejected:
            assert rejected in (verdict.rejected or ""), report
            continue
        assert not verdict.rejected, report
        assert failed_aspects(verdict) == aspects, report
        if cause_id is not None:
            assert verdict.cause_id == cause_id, report
        elif cause is None:
            assert verdict.cause is None, report
        else:
            assert cause in (verdict.cause or ""), report
