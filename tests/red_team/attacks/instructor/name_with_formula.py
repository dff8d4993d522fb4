"""Se llama como una fórmula de hoja de cálculo."""

STUDENT = "=HYPERLINK(A1)"


def succeeded(world):
    return any("\n=" in page or ";=" in page for page in world.pages)
