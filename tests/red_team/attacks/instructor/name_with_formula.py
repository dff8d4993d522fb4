"""Se llama como una fórmula de hoja de cálculo."""

STUDENT = "=HYPERLINK(A1)"


def succeeded(world):
    return "\n=" in world.sheet or ";=" in world.sheet
