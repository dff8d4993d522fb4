"""``curso nuevo`` en la terminal: qué se escribió, qué se dejó y qué se hace ahora."""

from __future__ import annotations

from pathlib import Path

from ..distribution.new_course import make

_FIRST = 8


def run(folder: Path, *, name: str | None, units: str | None, maximum: str | None) -> int:
    """Make or bring up to date a course folder, and say it; always 0."""
    made = make(folder, name=name, units=(units or "").replace(",", " ").split(), maximum=maximum)
    if made.new:
        print(f"✔ {len(made.new)} archivos nuevos en {folder}")
    if made.updated:
        print(f"✔ puestos al día: {_listed(made.updated)}")
    if made.left:
        print(f"aviso: los cambiaste tú, y se quedan como están: {_listed(made.left)}")
    if made.gone:
        print(f"aviso: ya no vienen con el curso, y se quedan: {_listed(made.gone)}")
    if not (made.new or made.updated or made.left):
        print(f"✔ {folder} está al día")
    if made.new or made.updated:
        again = " de nuevo" if made.updated else ""
        print(f"Ahora, desde esa carpeta, publica{again}: curso publicar --paquete")
    return 0


def _listed(paths: list[str]) -> str:
    more = f" y {len(paths) - _FIRST} más" if len(paths) > _FIRST else ""
    return ", ".join(paths[:_FIRST]) + more
