"""``curso demo``: una clase simulada, calificada de verdad y con sus notas comprobadas."""
