"""Un error del sistema en español: de qué archivo, y qué le pasa."""

from __future__ import annotations

import errno
import os

from .one_line import one_line

_SAID = {
    errno.EROFS: "está en un sitio de solo lectura",
    errno.EACCES: "no tienes permiso",
    errno.EPERM: "no tienes permiso",
    errno.ENOSPC: "no queda sitio en el disco",
    errno.ENOENT: "no existe",
    errno.EEXIST: "ya existe",
    errno.ENOTDIR: "una parte de su ruta no es una carpeta",
    errno.EISDIR: "es una carpeta, y hace falta un archivo",
    errno.ENAMETOOLONG: "su nombre es demasiado largo",
    errno.EBUSY: "otro programa lo está usando",
    errno.EMFILE: "hay demasiados archivos abiertos",
    errno.ENOMEM: "no queda memoria",
    # Windows knows of no quotas.
    getattr(errno, "EDQUOT", -1): "se acabó tu cuota de disco",
}


def in_words(error: OSError) -> str:
    """What Python says in English; of an error that nobody foresaw, its own words."""
    said = _SAID.get(error.errno or 0)
    if not said:
        return one_line(str(error))
    if error.filename is None:
        return said
    return f"«{one_line(os.fsdecode(error.filename), 300)}»: {said}"
