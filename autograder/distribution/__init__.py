"""Lo que se reparte: el paquete, los zips de cada unidad y la carpeta de un curso nuevo."""
