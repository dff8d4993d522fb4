"""La entrega del estudiante: de su carpeta a un zip, con la base sola."""
