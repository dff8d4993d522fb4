"""Los errores de la convolución, como datos: un álgebra de cambios, y no una lista por función."""
