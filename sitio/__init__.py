"""El sitio del curso: las lecciones ejecutadas, las guías y la referencia, sin pedir nada a nadie.

``python -m sitio`` (o ``make sitio``) lo escribe en ``sitio/html``.
"""
