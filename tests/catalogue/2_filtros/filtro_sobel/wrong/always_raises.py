FAILS = ("forma", "valores", "casos límite")


def filtro_sobel(eje):
    raise ValueError(f"eje desconocido: {eje!r}")
