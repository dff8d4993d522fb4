"""Se importa antes que nbformat y nbgrader: les ahorra lo que ningún cuaderno usa.

jsonschema builds a grammar of international web addresses when it finds ``rfc3987_syntax``: most of
the start-up of ``curso``. The schema of notebooks has no such addresses; without that package,
jsonschema simply does not check them.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
