"""Una clase calificada en paralelo."""
