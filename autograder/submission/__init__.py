"""Una entrega: su carpeta, su cuaderno, su ejecución y su nota."""
