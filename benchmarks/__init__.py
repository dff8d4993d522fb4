"""Mediciones: los kernels de conv2d_lib, lado a lado con otras bibliotecas."""
