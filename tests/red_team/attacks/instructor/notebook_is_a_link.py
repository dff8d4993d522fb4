"""Entrega un enlace simbólico a un archivo de quien califica."""


def deliver(folder, notebook, places):
    folder.mkdir(parents=True)
    (folder / "convolucion.ipynb").symlink_to(
        f"{places['CURSO']}/source/1_convolucion/convolucion.ipynb"
    )
    (folder / "copia.txt").symlink_to(f"{places['MAQUINA']}/secreto.txt")


def succeeded(world):
    return world.leaked or world.earned
