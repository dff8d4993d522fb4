"""``curso copias`` con una clase de miles: cuánto tarda, y si encuentra lo que hay y nada más.

    python -m benchmarks.copies [--estudiantes 20000] [--copias 20]

Everybody answers unit 1 as books do, each with choices of their own (``tests/support/honest.py``),
and the last ones, a few, have somebody else's answers under other names, with other numbers, and
with lines that do nothing. The figures go to ``benchmarks/results/copies.json`` and from there, by
``benchmarks.publish``, to docs/rendimiento.md.
"""

from __future__ import annotations

import argparse
import copy
import csv
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from benchmarks.scale import BIN, timed

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "copies.json"
UNIT = "1_convolucion"
FACTS = ("ndim", "size", "shape", "nbytes", "itemsize", "strides", "dtype", "flags", "base", "T")
ERRORS = ("ValueError", "TypeError", "IndexError", "KeyError", "RuntimeError", "ArithmeticError")
sys.path.insert(0, str(ROOT / "tests" / "support"))  # Its files import one another by bare names.


def hand_in(folder: Path, students: int, copied: int) -> set[frozenset[str]]:
    """Write the class in ``submitted/``; the pairs where one copied from the other."""
    from honest import textbook_work

    released = nbformat.read(ROOT / "release" / UNIT / "convolucion.ipynb", as_version=4)
    rng, works, pairs = random.Random(3), [], set()
    for number in range(students):
        if number < students - copied:
            work = own_touch(textbook_work(rng), number)
        else:
            whose = number - (students - copied)
            work = {name: disguised(code) for name, code in works[whose].items()}
            pairs.add(frozenset((f"e{whose:06d}", f"e{number:06d}")))
        works.append(work)
        notebook = copy.deepcopy(released)
        for cell in notebook.cells:
            function = cell.id.removesuffix("-solucion").replace("-", "_")
            if cell.id.endswith("-solucion") and function in work:
                cell.source = work[function]
        place = folder / "submitted" / f"e{number:06d}" / UNIT
        place.mkdir(parents=True)
        (place / "convolucion.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return pairs


def own_touch(work: dict[str, str], number: int) -> dict[str, str]:
    """Somebody's own way besides: a check of what comes in, that nobody else writes so."""
    rng = random.Random(f"{number}")
    lines = [
        f"    if imagen.{rng.choice(FACTS)} {rng.choice(('<', '>', '==', '!=', '<=', '>='))} "
        f"{rng.randrange(90)}:\n        raise {rng.choice(ERRORS)}({rng.randrange(900)}, "
        f"imagen.{rng.choice(FACTS)})"
        for _ in range(4)
    ]
    head, _, rest = work["correlacion2d"].partition("\n")
    return work | {"correlacion2d": "\n".join([head, *lines, rest])}


def disguised(code: str) -> str:
    """Other names, numbers, comments and spaces, and a line in each function that does nothing."""
    for name in ("imagen", "kernel", "salida", "res", "bias", "alto", "ancho", "i", "j", "x"):
        code = re.sub(rf"(?<![.\w]){name}\b(?!=)", f"{name}_{len(name)}", code)
    code = re.sub(r"(?<![\w.])\d+", lambda found: str(int(found[0]) + 4), code)
    return "# mío\n" + code.replace(" + ", "+").replace(":\n    ", ":\n    sobra = 0\n    ", 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--estudiantes", type=int, default=20_000)
    parser.add_argument("--copias", type=int, default=20)
    chosen = parser.parse_args()
    with TemporaryDirectory(prefix="curso-copias-") as place:
        folder = Path(place)
        subprocess.run([BIN / "curso", "nuevo", folder / "clase"], check=True, capture_output=True)
        folder = folder / "clase"
        subprocess.run([BIN / "curso", "publicar", "1"], cwd=folder, check=True)
        pairs = hand_in(folder, chosen.estudiantes, chosen.copias)
        seconds, processor, memory = timed([str(BIN / "curso"), "copias"], folder)
        text = (folder / "informe" / "copias.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
        found = {frozenset((row["estudiante"], row["otro estudiante"])) for row in rows}
    commit = ["git", "rev-parse", "--short", "HEAD"]
    kept = {
        "estudiantes": chosen.estudiantes,
        "copias": len(pairs),
        "encontradas": len(pairs & found),
        "otras": len(found - pairs),
        "segundos": seconds,
        "procesador": processor,
        "megabytes": memory,
        "núcleos": os.cpu_count(),
        "carga": round(os.getloadavg()[1], 1),
        "commit": subprocess.run(commit, capture_output=True, text=True).stdout.strip(),
    }
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    known[str(chosen.estudiantes)] = kept
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    print(kept)


if __name__ == "__main__":
    main()
