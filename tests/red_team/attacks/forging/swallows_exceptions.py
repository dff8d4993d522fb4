"""Hace que ninguna celda termine en error con set_custom_exc."""

CODE = """
from IPython import get_ipython
get_ipython().set_custom_exc((BaseException,), lambda *_, **__: None)
"""


def succeeded(world):
    return world.earned
