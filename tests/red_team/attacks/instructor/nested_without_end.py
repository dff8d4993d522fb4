"""Un cuaderno de JSON anidado cien mil veces."""


def deliver(folder, notebook, places):
    folder.mkdir(parents=True)
    (folder / "convolucion.ipynb").write_text('{"cells":' * 50000 + "[" * 50000)


def succeeded(world):
    return world.held_up
