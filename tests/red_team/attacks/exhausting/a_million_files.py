"""Crea archivos vacíos sin parar, que no ocupan y sí cuestan."""

CODE = """
for n in range(20000):
    open(f"f{n}", "w").close()
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
