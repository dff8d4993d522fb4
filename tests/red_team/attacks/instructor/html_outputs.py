"""Muestra HTML, JavaScript y SVG como resultados de sus celdas."""

CODE = r"""
from IPython.display import HTML, SVG, Javascript, display
display(HTML("<script>alert(1)</script><img src=x onerror=alert(1)>"))
display(Javascript("document.title = 'robado'"))
display(SVG(data="<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))

class Result:
    def _repr_html_(self):
        return "<iframe src='//ejemplo.invalid'></iframe><script>alert(1)</script>"
    def _repr_latex_(self):
        return r"$\href{javascript:alert(1)}{x}$"
    def _repr_markdown_(self):
        return "<script>alert(1)</script>"

Result()
"""


def succeeded(world):
    return world.active
