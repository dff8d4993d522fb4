"""``curso entregar`` en la terminal: qué va en el zip, y qué dijo ``comprobar``."""

from __future__ import annotations

from pathlib import Path

from ..common.limits import MIB
from ..common.numbers_es import number
from ..delivery.hand_in import find_work, hand_in, saved_ago
from ..delivery.saved_work import PASSED


def run(folder: Path, wanted: str | None) -> int:
    """Make the zip in the folder where it was asked, and say what is in it; always 0."""
    folder = folder.resolve()
    work = find_work(folder, wanted)
    delivery = hand_in(work, Path.cwd())
    print(f"{work.unit}: {work.path.name}, guardado {saved_ago(work)}")
    for said in work.said:
        print(f"  {said.mark} {said.check.partition('.')[2]}: {said.line}")
    for note in delivery.notes:
        print(f"  aviso: {note}")
    size = delivery.path.stat().st_size
    weight = f"{number(size / MIB, 1)} MB" if size >= MIB else f"{-(-size // 1024)} KB"
    print(f"✔ {delivery.path.name} ({', '.join(delivery.names)}; {weight}): súbelo al aula virtual")
    if any(said.mark != PASSED for said in work.said):
        print("Puedes entregarlo así, o arreglar lo que falta, guardar y repetir curso entregar.")
    return 0
