"""Lo que muestra la terminal."""
