"""Traps for Spanish written without its accents, or in voseo."""

import io
import re
import tokenize

# Never words of Spanish as they stand here (names of variables are not read).
WITHOUT_ACCENT = """
activacion algun aqui asi atencion caracteristica caracteristicas codigo comparacion convolucion
correlacion despues dificil dilatacion dimension ejecucion estan expresion facil funcion imagenes
informacion inicializacion leccion linea lineas matematica matematicas maximo metrica minimo
multiplicacion numero numeros operacion parametro parametros pixel pixeles podras posicion
prediccion razon regularizacion restriccion segun seleccion solucion tamano tamanos tambien todavia
traslacion traves ultima ultimas ultimo ultimos unica unico unicos version
"""
VOSEO = "agregá duplicá fijate hacé mirá podés probá querés sabés tenés usá vos"
TRAPS = set(re.findall(r"\w+", WITHOUT_ACCENT + VOSEO))

FSTRING_MIDDLE = getattr(tokenize, "FSTRING_MIDDLE", None)  # Python 3.12 and later
TEXT = {tokenize.COMMENT, tokenize.STRING, FSTRING_MIDDLE}


def readable(cell):
    """What a reader reads of a cell: prose, or the comments and phrases of its code."""
    if cell.cell_type == "markdown":
        return _prose(cell.source)
    lines = io.StringIO(cell.source).readline
    texts = [token.string for token in tokenize.generate_tokens(lines) if token.type in TEXT]
    return "\n".join(re.sub(r"\{[^{}]*\}", "", text) for text in texts if " " in text.strip())


def _prose(source):
    for hidden in (
        r"```.*?```",
        r"`[^`]*`",
        r"\$\$?[^$]*\$\$?",
        r"!(?=\[)",
        r"\]\([^)]*\)",
        r"<[^>]+>",
    ):
        source = re.sub(hidden, " ", source, flags=re.DOTALL)
    return source


def misspelt(text):
    """Words of the text that are traps, as they were written."""
    return [word for word in re.findall(r"\b[^\W\d_]+\b", text) if word.lower() in TRAPS]
