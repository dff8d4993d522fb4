"""La tabla «ataque | nbgrader | este curso», producida al atacar a los dos con lo mismo.

``python -m benchmarks.red_team`` ataca este curso y escribe ``docs/red_team.md``; con
``--con-nbgrader`` ataca también nbgrader tal como viene, en un recinto. Lo que respondió a un
ataque que ya está en esa página no se le pregunta otra vez, salvo con ``--todo`` (media hora). Con
``--seguir ARCHIVO`` sus respuestas se guardan según llegan, y una ejecución cortada sigue.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from tests.red_team.attack import FAMILIES, ROOT, UNIT, Attack, all_attacks
from tests.red_team.attacked_class import grade_attacked_class
from tests.red_team.honest import MARKS
from tests.red_team.stock import attack_confined

TABLE = ROOT / "docs" / "red_team.md"
_WORDS = {True: "**lo consigue**", False: "no", None: "sin respuesta"}
_NOTHING, _NOT_ASKED = "—", "sin preguntar"
_HEAD = """\
# El equipo rojo

{count} entregas hostiles de ocho familias, {keras} de ellas a las unidades que usan Keras, con
TensorFlow ya cargado. Se califican en una sola clase junto a {students} trabajos honestos, y cada
una se juzga por su efecto: su nota, las de los demás, los archivos de la máquina, lo que llega a la
red, los procesos que quedan, las páginas que abre quien califica, la aceptación de los pesos de la
tarea. Están en `tests/red_team/attacks/`; esta tabla la escribe
`python -m benchmarks.red_team` (con `--con-nbgrader`, también su segunda columna).

Del lado de nbgrader, un curso corriente: celdas calificadas con `assert` y la referencia en la
propia prueba, y su ejecución de serie, con 10 s por celda (90 s donde se importa Keras). «Sin
respuesta» es que la calificación no llegó a dar un resultado que mirar; «—», que nbgrader no tiene
lo que se ataca (no acepta ni rechaza pesos); «sin preguntar», que todavía no se le ha pasado.

Fecha: {when}{kept}. Lo consiguen en este curso: **{ours} de {count}**; en nbgrader:
**{theirs} de {asked}**. Trabajos honestos con la nota exacta: {honest} de {students}.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--con-nbgrader", action="store_true", help="ataca también nbgrader")
    parser.add_argument("--todo", action="store_true", help="pregunta a nbgrader todo otra vez")
    parser.add_argument("--seguir", type=Path, help="dónde guarda lo que nbgrader respondió")
    arguments = parser.parse_args()
    attacks = all_attacks()
    names = [f"{attack.family}/{attack.name}" for attack in attacks]
    with tempfile.TemporaryDirectory(prefix="ataques-") as folder:
        graded = grade_attacked_class(Path(folder), attacks)
    ours = dict(
        zip(
            names,
            (a.succeeded(graded.worlds[n]) for a, n in zip(attacks, names, strict=True)),
            strict=True,
        )
    )
    for name in names:
        if ours[name]:
            print(f"lo consigue aquí: {name}")
    right = sum(abs(graded.honest[work] - mark) < 1e-6 for work, mark in MARKS.items())
    print(f"este curso: {sum(ours.values())} de {len(names)}; honestos {right} de {len(MARKS)}")
    before = "" if arguments.todo else TABLE.read_text(encoding="utf-8")
    known = theirs = answers_of(before, attacks)
    if arguments.con_nbgrader or arguments.todo:
        theirs = known | _attack_nbgrader(attacks, arguments.seguir, known)
    page = table(attacks, names, theirs, ours, right, date_of(before) if known else None)
    TABLE.write_text(page, encoding="utf-8")
    print(f"escrita {TABLE.relative_to(ROOT)}")


def answers_of(page: str, attacks: list[Attack]) -> dict[str, bool | None]:
    """What a page says that nbgrader answered, by attack, of those that are still there."""
    said = dict(re.findall(r"^\| (.+) \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE))
    answers = {words: answer for answer, words in _WORDS.items()}
    return {
        f"{attack.family}/{attack.name}": answers[said[row_of(attack)]]
        for attack in attacks
        if not attack.only_here and said.get(row_of(attack)) in answers
    }


def date_of(page: str) -> str:
    """Since when the oldest answers of nbgrader that a page has stand."""
    return re.findall(r"^Fecha: .*?(\S+?)\)?\. Lo", page, re.MULTILINE)[0]


def row_of(attack: Attack) -> str:
    return attack.title.replace("|", "∣")


def _attack_nbgrader(
    attacks: list[Attack], kept: Path | None, known: dict[str, bool | None]
) -> dict[str, bool | None]:
    """Its answers by attack; those that ``kept`` holds already, or known, are not asked again."""
    answers = json.loads(kept.read_text("utf-8")) if kept and kept.is_file() else {}
    wanted = [
        attack
        for attack in attacks
        if not attack.only_here and f"{attack.family}/{attack.name}" not in answers.keys() | known
    ]

    def ask(half: list[Attack], folder: Path) -> None:
        for name, answer in attack_confined(half, folder):
            answers[name] = answer
            print(f"nbgrader: {name}: {_WORDS[answer]}", flush=True)
            if kept:
                kept.write_text(json.dumps(answers, indent=1), encoding="utf-8")

    if wanted:
        with tempfile.TemporaryDirectory(prefix="nbgrader-") as folder:
            make = [sys.executable, "-m", "tests.red_team.stock", folder]
            subprocess.run(make, cwd=ROOT, check=True)
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(ask, (wanted[0::2], wanted[1::2]), [Path(folder)] * 2))
    return answers


def table(
    attacks: list[Attack],
    names: list[str],
    theirs: dict[str, bool | None],
    ours: dict[str, bool],
    right: int,
    since: str | None = None,
) -> str:
    lines = [
        _HEAD.format(
            count=len(names),
            keras=sum(attack.unit != UNIT for attack in attacks),
            asked=len(theirs),
            when=date.today().isoformat(),
            kept=f" (lo que ya se sabía de nbgrader, desde el {since})" if since else "",
            ours=sum(ours.values()),
            theirs=sum(answer is True for answer in theirs.values()),
            honest=right,
            students=len(MARKS),
        )
    ]
    for family, title in FAMILIES.items():
        lines += [
            f"## {title.capitalize()}",
            "",
            "| ataque | nbgrader | este curso |",
            "|---|---|---|",
        ]
        for attack, name in zip(attacks, names, strict=True):
            if attack.family == family:
                answer = _WORDS[theirs[name]] if name in theirs else _NOT_ASKED
                answer = _NOTHING if attack.only_here else answer
                answers = f"{answer} | {_WORDS[bool(ours[name])]}"
                lines.append(f"| {row_of(attack)} | {answers} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
