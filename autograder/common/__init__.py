"""Lo que usan todas las salas: errores, límites, carpetas temporales, números en español."""
