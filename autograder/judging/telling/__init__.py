"""Cómo se cuenta un veredicto: en texto para la terminal, en HTML para el cuaderno."""
