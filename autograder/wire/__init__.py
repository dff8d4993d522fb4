"""Cómo viajan los valores entre el cuaderno y el juez."""
