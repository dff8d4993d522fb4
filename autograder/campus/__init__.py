"""El aula virtual, ida y vuelta: lo que se baja de Moodle o Canvas, y lo que se les devuelve."""
