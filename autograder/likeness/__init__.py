"""Parejas de entregas que se parecen: para mirarlas, nunca para una nota."""
