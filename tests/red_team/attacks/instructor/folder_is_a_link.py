"""Su carpeta es un enlace a la de otra estudiante."""


def deliver(folder, notebook, places):
    folder.parent.mkdir(parents=True)
    folder.symlink_to(f"{places['CURSO']}/submitted/ana/1_convolucion")


def succeeded(world):
    return world.earned
