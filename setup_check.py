"""Antes de instalar: si este Python no sirve, una línea que diga cuál hace falta."""

import sys

if not (3, 10) <= sys.version_info[:2] <= (3, 13):
    found = "%d.%d" % sys.version_info[:2]  # noqa: UP031 - también lo lee un Python antiguo
    sys.exit(
        "El curso necesita Python 3.10 a 3.13 y este es " + found + ". Instala uno de ellos e "
        "indica cuál es, por ejemplo: make demo PYTHON=python3.12"
    )
try:
    import ensurepip  # noqa: F401
    import venv  # noqa: F401
except ImportError:
    sys.exit(
        "A este Python le falta el módulo venv. En Debian o Ubuntu se instala así: "
        "sudo apt-get install python3-venv"
    )
