"""``python -m conv2d_lib.warmup``: deja compilados los kernels, para que nadie espere luego."""

from __future__ import annotations

import time

from conv2d_lib.compilation import silence
from conv2d_lib.functional import warm_up


def main() -> None:
    """Compila y guarda los kernels, y dice cuánto tardó."""
    print("Compilando los kernels de Numba (solo la primera vez)…", end=" ", flush=True)
    start = time.perf_counter()
    with silence():
        warm_up()
    print(f"listos en {time.perf_counter() - start:.1f} s.")


if __name__ == "__main__":
    main()
