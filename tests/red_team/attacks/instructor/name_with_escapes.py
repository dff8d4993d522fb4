"""Se llama con secuencias de terminal."""

import nbformat

STUDENT = "instructor-\x1b[31mrojo\u202e"


def deliver(folder, notebook, places):
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "convo\x1b[2J\u202elucion.ipynb")


def succeeded(world):
    return world.escaped_terminal
