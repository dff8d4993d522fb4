"""Lo que midió cada parte, guardado: con qué versión, qué muestra y cuándo."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from . import ROOT
from .measured import Miss, Tally

FOLDER = ROOT / "benchmarks" / "diagnosis" / "medidas"
MOST_MISSES = 40


@dataclass
class Part:
    """One part of the page: its tallies, and whatever else it found."""

    name: str
    tallies: list[Tally] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    seeds: tuple[int, ...] = ()
    every: int = 1
    minutes: float = 0.0
    processes: int = 2
    backend: str = "tensorflow"  # what Keras runs on, in the checks that take its models
    commit: str = ""
    when: str = ""

    def keep(self, commit: str = "") -> None:
        """Write it down, as measured today in ``commit`` (that of this checkout, if none)."""
        self.commit, self.when = commit or _commit(), date.today().isoformat()
        FOLDER.mkdir(exist_ok=True)
        told = asdict(self)
        for tally, kept in zip(self.tallies, told["tallies"], strict=True):
            kept["misses"] = kept["misses"][:MOST_MISSES]
            kept["confusions"] = [[*pair, n] for pair, n in sorted(tally.confusions.items())]
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (FOLDER / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, name: str) -> Part | None:
        """The part as it was kept; None where it was not."""
        path = FOLDER / f"{name}.json"
        if not path.exists():
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
        told["tallies"] = [_tally(each) for each in told["tallies"]]
        told["seeds"] = tuple(told["seeds"])
        return cls(**told)


def _tally(told: dict[str, Any]) -> Tally:
    misses = [Miss(**each) for each in told.pop("misses")]
    confusions = {(one, other): n for one, other, n in told.pop("confusions")}
    return Tally(**told, misses=misses, confusions=confusions)


def _commit() -> str:
    """The commit that is measured; a ``+`` where what is measured has been changed since."""
    commit = _git("rev-parse", "--short", "HEAD") or "desconocido"
    changed = _git("status", "--porcelain", "--", "autograder", "conv2d_lib", "tests", "*.py")
    return commit + ("+" if changed else "")


def _git(*arguments: str) -> str:
    said = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip()
