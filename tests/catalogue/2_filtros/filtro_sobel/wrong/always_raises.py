FAILS = ("forma", "valores", "casos límite")
CAUSE_ID = "entrada-buena-rechazada"


def filtro_sobel(eje):
    raise ValueError(f"eje desconocido: {eje!r}")
