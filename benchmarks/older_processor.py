"""Medir como en un procesador sin AVX-512 donde lo hay: cada biblioteca, con él apagado.

Each library asks the processor by itself when it loads, so the measure begins again in a process
whose environment says so to all of them: Numba, oneDNN (TensorFlow and PyTorch), MKL, PyTorch's own
kernels, OpenBLAS and NumPy.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

OPTION = "--sin-avx512"
FOLDER = Path(__file__).parent / "results" / "sin-avx512"
# Haswell's, the first with AVX2. Numba needs them listed: by the name alone it keeps the machine's.
_FEATURES = (
    "64bit aes avx avx2 bmi bmi2 cmov cx16 cx8 f16c fma fsgsbase fxsr invpcid lzcnt mmx movbe"
    " pclmul popcnt rdrnd sahf sse sse2 sse3 sse4.1 sse4.2 ssse3 xsave xsaveopt"
)
ENVIRONMENT = {
    "NUMBA_CPU_NAME": "haswell",
    "NUMBA_CPU_FEATURES": ",".join(f"+{feature}" for feature in _FEATURES.split()),
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "OPENBLAS_CORETYPE": "Haswell",
    "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL",
}


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--sin-avx512`` to a benchmark's options."""
    parser.add_argument(
        OPTION,
        dest="older",
        action="store_true",
        help="mide como en un procesador sin AVX-512, con él apagado para todos",
    )


def begin_again(module: str) -> None:
    """Run ``python -m module`` with this command's arguments where AVX-512 is not yet off."""
    if any(os.environ.get(name) != value for name, value in ENVIRONMENT.items()):
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        os.execve(sys.executable, command, os.environ | ENVIRONMENT)
