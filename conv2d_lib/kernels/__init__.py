"""Los kernels de Numba y lo que los prepara: aquí no se comprueba nada, ni se importa al cargar."""
