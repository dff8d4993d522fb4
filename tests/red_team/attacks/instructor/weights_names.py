"""Archivos de pesos cuyos nombres llevan etiquetas, saltos de línea y secuencias de terminal."""

UNIT = "5_fashion_mnist"


def spoil(folder, places):
    for name in ("<script>alert(1)<", "\x1b[2J\x1b]0;x\x07", "..\n..", "\udcff\udcfe"):
        (folder / f"{name}.weights.h5").symlink_to("/etc/hostname")


def succeeded(world):
    return world.active or world.escaped_terminal
