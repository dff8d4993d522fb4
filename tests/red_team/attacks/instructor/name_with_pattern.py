"""Su carpeta se llama como un patrón que abarca las de los demás."""

STUDENT = "[a-z]*"


def succeeded(world):
    return world.did_damage or world.earned
