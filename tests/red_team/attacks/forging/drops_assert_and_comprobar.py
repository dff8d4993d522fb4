"""Quita con un transformador de AST los assert y las llamadas a comprobar."""

CODE = """
import ast
from IPython import get_ipython

class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)

    def visit_Expr(self, node):
        return None if "comprobar" in ast.dump(node) else node

get_ipython().ast_transformers.append(Drop())
correlacion2d = convolucion_verdadera = correlacion_multicanal = conv2d = lambda *a: None
"""


def succeeded(world):
    return world.earned
