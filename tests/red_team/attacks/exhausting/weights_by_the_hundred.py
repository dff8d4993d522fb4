"""Entrega muchos archivos de pesos de 60 MB, que en disco no ocupan nada."""

UNIT = "5_fashion_mnist"
FILES, MIB = 12, 1 << 20


def spoil(folder, places):
    for number in range(FILES):
        with (folder / f"{number}.weights.h5").open("wb") as file:
            file.truncate(60 * MIB)


def succeeded(world):
    return world.held_up or world.grader_bytes > 100 * MIB
