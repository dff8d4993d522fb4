"""El recinto donde corre el código de los estudiantes: un proceso nuevo por cuaderno, aislado."""
