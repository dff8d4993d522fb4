"""Un zip con los mismos bytes cada vez que lleva lo mismo."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_WHEN = (2020, 2, 2, 0, 0, 0)


def deterministic_zip(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files by name: neither dates nor order depend on who makes it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in sorted(files.items()):
            member = zipfile.ZipInfo(name, _WHEN)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            member.create_system = 3
            archive.writestr(member, data)
    return written.getvalue()
