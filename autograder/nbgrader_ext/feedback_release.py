"""Devolver los comentarios por el intercambio: a quien no se le puede, se dice, y los demás siguen.

nbgrader's own stops at the first student without ``submission_secret.txt``, with a trace: whoever
handed in by mail, or was graded before it was kept, would leave the whole class without feedback.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from ..course.names import LiteralGlob
from ..submission.folder import SECRET, TIMESTAMP


class ReleaseFeedback(ExchangeReleaseFeedback):
    """nbgrader's, one student at a time."""

    def copy_files(self) -> None:
        pattern: str = self.src_path  # type: ignore[has-type]  # Set by nbgrader's init_src.
        for folder in map(Path, sorted(LiteralGlob.glob(pattern))):
            if not any(folder.glob("*.html")):
                continue
            if not (folder / SECRET).is_file():
                self.log.warning(
                    "%s: sus comentarios no se pueden devolver por el intercambio, porque su "
                    "entrega no vino por él o se calificó sin su %s; dáselos de %s",
                    *(folder.parent.name, SECRET, folder),
                )
                continue
            # Only said in the log, and work without a date has none.
            (folder / TIMESTAMP).touch()
            self.src_path = LiteralGlob.escape(str(folder))
            super().copy_files()
        self.src_path = pattern
