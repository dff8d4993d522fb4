"""La tarea: aceptación, pesos, entrenamiento y datos."""
