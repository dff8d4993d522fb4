"""Qué le pasa a un libro de notas que está en un servidor, para quien lo puede arreglar."""

from __future__ import annotations

# By PostgreSQL's own codes, which are the same in every language; the longest that fits.
_BY_CODE = {
    "28": "el servidor no deja entrar a ese usuario en «{book}»: comprueba el usuario y la "
    "contraseña (en ~/.pgpass, o en CourseDirectory.db_url)",
    "3D000": "en el servidor no existe la base de datos de «{book}»: créala, o corrige "
    "CourseDirectory.db_url",
    "42501": "ese usuario no puede crear tablas o escribir en «{book}»: que sea el dueño de la "
    "base de datos",
    "25006": "«{book}» es de solo lectura: ¿es la copia, y no el servidor principal?",
    "53300": "el servidor de «{book}» no admite más conexiones: cierra alguna",
    "53": "el servidor de «{book}» se ha quedado sin sitio o sin memoria",
    "55P03": "otro programa (¿formgrader, nbgrader?) tiene ocupado el libro de notas desde hace "
    "más de {seconds:g} s: ciérralo o espera a que termine",
    "57P03": "el servidor de «{book}» está arrancando o parándose: espera un momento",
    "57": "el servidor de «{book}» cortó la conexión",
    "late": "el servidor de «{book}» no contestó a tiempo: si va lento, dale más con "
    "?connect_timeout=60 al final de CourseDirectory.db_url",
    "08": "se perdió la conexión con el servidor de «{book}»",
}
# Before there is a connection there is no code: the words are libpq's and the server's, whose
# language is English or Spanish here.
_BY_WORDS = {
    "late": ("timeout expired",),
    "28": ("authentication", "autentificación", "autenticación", "no password supplied",
           "pg_hba.conf", "role \"", "rol «"),
    "57P03": ("starting up", "shutting down", "iniciándose", "apagándose", "apagando"),
    "53300": ("too many clients", "too many connections", "remaining connection slots",
              "demasiados clientes", "demasiadas conexiones"),
    "3D000": ("database \"", "base de datos «"),
}  # fmt: skip
_NOWHERE = (
    "no se llega al servidor de «{book}»: comprueba que está en marcha y que el servidor y el "
    "puerto son esos"
)
_LOST = (
    "server closed the connection", "connection is lost", "terminating connection",
    "the connection is closed", "consuming input failed", "connection already closed",
)  # fmt: skip


def server_reason(error: BaseException) -> str | None:
    """One line, with ``{book}`` to fill in, of what a driver raised; None where it is not known.

    What the server says is not repeated: it may hold a piece of the address.
    """
    code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None) or ""
    said = str(error)
    if not code:
        if any(words in said for words in _LOST):
            code = "08"
        else:
            found = (key for key, words in _BY_WORDS.items() if any(word in said for word in words))
            code = next(found, "")
    fits = [known for known in _BY_CODE if code.startswith(known)]
    if fits:
        return _BY_CODE[max(fits, key=len)]
    if not code and any(
        words in said for words in ("connection", "could not", "resolve", "conexi")
    ):
        return _NOWHERE
    return None
