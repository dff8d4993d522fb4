import numpy as np


def a_grises(mapa):
    """Divide entre el mayor sin llevar antes el menor a cero."""
    return mapa / np.max(mapa)
