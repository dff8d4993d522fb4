"""Los guiones de la página del informe: escritos en ella, y ningún otro puede correr."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from markupsafe import Markup


def table_script() -> str:
    """The one that searches, sorts and shows the table of students in batches."""
    return (files("autograder") / "templates" / "informe.js").read_text(encoding="utf-8")


def policy(*scripts: str) -> Markup:
    """A Content-Security-Policy under which these run as they are written, and nothing else."""
    known = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return Markup(f"default-src 'none'; style-src 'unsafe-inline'; script-src {known}")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
