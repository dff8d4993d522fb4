"""Pone etiquetas en mensajes de error, nombres de excepciones y texto impreso."""

CODE = """
print("<script>alert(1)</script>")
Bad = type("</pre><script>alert(1)</script>", (Exception,), {})

def correlacion2d(imagen, kernel):
    raise Bad("</td><script>alert(1)</script>")
"""


def succeeded(world):
    return world.active
