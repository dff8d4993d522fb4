"""El diagnóstico medido: cuántas veces se nombra el error, y si lo que se dice es verdad."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUPPORT = ROOT / "tests" / "support"  # its files import one another by their bare names
if str(SUPPORT) not in sys.path:
    sys.path.append(str(SUPPORT))
