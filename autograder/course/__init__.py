"""La carpeta de un curso y su cerrojo."""
