"""Lo que nbgrader carga: configuración, preprocesadores, publicación."""
