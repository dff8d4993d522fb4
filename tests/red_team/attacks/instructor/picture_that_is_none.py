"""Da por imagen un texto que cierra la etiqueta y sigue."""

CODE = """
from IPython.display import publish_display_data
publish_display_data({"image/png": 'x"><script>alert(1)</script>'})
size = {"image/jpeg": {"width": '"><script>'}}
publish_display_data({"image/jpeg": 'x" onerror="alert(1)'}, metadata=size)
publish_display_data({"image/svg+xml": "<svg onload=alert(1)>"})
"""


def succeeded(world):
    return world.active
