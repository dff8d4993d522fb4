"""Su carpeta se llama como una etiqueta que formgrader interpretaría."""

STUDENT = "<img src=x onerror=alert(1)>"


def succeeded(world):
    return world.graded or world.active
