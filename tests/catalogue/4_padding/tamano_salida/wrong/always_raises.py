FAILS = ("forma", "valores", "casos límite")
CAUSE_ID = "entrada-buena-rechazada"


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    raise ValueError("el kernel no cabe")
