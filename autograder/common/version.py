"""La versión del paquete, también donde solo se puede leer como texto."""

VERSION = "0.2.0"
