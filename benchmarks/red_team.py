"""La tabla «ataque | nbgrader | este curso», producida al atacar a los dos con lo mismo.

``python -m benchmarks.red_team`` ataca este curso; con ``--con-nbgrader`` también nbgrader tal como
viene, en un recinto (unos minutos), y escribe ``docs/red_team.md``.
"""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from tests.red_team.attack import FAMILIES, ROOT, Attack, all_attacks
from tests.red_team.attacked_class import grade_attacked_class
from tests.red_team.honest import MARKS
from tests.red_team.stock import attack_confined, plain_course

TABLE = ROOT / "docs" / "red_team.md"
_WORDS = {True: "**lo consigue**", False: "no", None: "sin respuesta"}
_HEAD = """\
# El equipo rojo

{count} entregas hostiles de ocho familias, calificadas en una sola clase junto a diez estudiantes
honestos. Cada una se juzga por su efecto: su nota, las de los demás, los archivos de la máquina, lo
que llega a la red, los procesos que quedan, las páginas que abre quien califica. Están en
`tests/red_team/attacks/`; esta tabla la escribe `python -m benchmarks.red_team --con-nbgrader`.

Del lado de nbgrader, un curso corriente: celdas calificadas con `assert` y la referencia en la
propia prueba, y su ejecución de serie, con 10 s por celda. «Sin respuesta» es que la calificación
no llegó a dar un resultado que mirar.

Fecha: {when}. Lo consiguen en este curso: **{ours} de {count}**; en nbgrader:
**{theirs} de {count}**. Estudiantes honestos con la nota exacta: {honest} de {students}.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--con-nbgrader", action="store_true", help="ataca también nbgrader")
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
    right = sum(abs(graded.honest[name] - mark) < 1e-6 for name, mark in MARKS.items())
    print(f"este curso: {sum(ours.values())} de {len(names)}; honestos {right} de {len(MARKS)}")
    if arguments.con_nbgrader:
        theirs = _attack_nbgrader(attacks)
        TABLE.write_text(_table(attacks, names, theirs, ours, right), encoding="utf-8")
        print(f"escrita {TABLE.relative_to(ROOT)}")


def _attack_nbgrader(attacks: list[Attack]) -> dict[str, bool | None]:
    with tempfile.TemporaryDirectory(prefix="nbgrader-") as folder:
        plain_course(Path(folder))
        halves = [attacks[0::2], attacks[1::2]]
        with ThreadPoolExecutor(2) as pool:
            answers = pool.map(lambda half: attack_confined(half, Path(folder)), halves)
            return {name: answer for half in answers for name, answer in half.items()}


def _table(
    attacks: list[Attack],
    names: list[str],
    theirs: dict[str, bool | None],
    ours: dict[str, bool],
    right: int,
) -> str:
    lines = [
        _HEAD.format(
            count=len(names),
            when=date.today().isoformat(),
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
                answers = f"{_WORDS[theirs[name]]} | {_WORDS[bool(ours[name])]}"
                lines.append(f"| {attack.title.replace('|', '∣')} | {answers} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
