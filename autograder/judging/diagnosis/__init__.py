"""El diagnóstico: qué error de un catálogo explica las respuestas de una función.

Y si ninguno, qué hay de cierto en ellas. No cambia ninguna nota.
"""
