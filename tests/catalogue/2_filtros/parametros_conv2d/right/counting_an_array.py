import numpy as np


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    forma = kernel_size if isinstance(kernel_size, tuple) else (kernel_size, kernel_size)
    kernel = np.empty((*forma, canales_entrada // groups, filters))
    return kernel.size + len(np.zeros(filters if use_bias else 0))
