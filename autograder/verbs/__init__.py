"""Las órdenes de ``curso``: qué argumentos lee cada una, y a quién llama."""
