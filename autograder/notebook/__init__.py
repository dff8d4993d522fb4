"""Lo que corre en el proceso del estudiante: solo necesita NumPy."""
