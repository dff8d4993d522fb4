"""Las notas que quedan: el libro de notas y las copias calificadas."""
