"""The graded cells of a plain course, as many a course writes them: asserts and a reference."""

from __future__ import annotations

from tests.red_team.attack import HOMEWORK, MAPS, UNIT

REFERENCE = """\
def _referencia_correlate(a, b):
    h, w = a.shape[0] - b.shape[0] + 1, a.shape[1] - b.shape[1] + 1
    kh, kw = b.shape[:2]
    return np.array([[np.sum(a[i:i+kh, j:j+kw] * b) for j in range(w)] for i in range(h)])

_azar = np.random.default_rng(7)
"""
_CONVOLUTION = {
    "correlacion2d": """
for _ in range(3):
    a, b = _azar.normal(size=(6, 7)), _azar.normal(size=(3, 2))
    assert np.allclose(correlacion2d(a, b), _referencia_correlate(a, b))
""",
    "convolucion-verdadera": """
for _ in range(3):
    a, b = _azar.normal(size=(6, 7)), _azar.normal(size=(3, 2))
    assert np.allclose(convolucion_verdadera(a, b), _referencia_correlate(a, b[::-1, ::-1]))
""",
    "correlacion-multicanal": """
for _ in range(3):
    a, b = _azar.normal(size=(6, 7, 3)), _azar.normal(size=(3, 2, 3))
    assert np.allclose(correlacion_multicanal(a, b), _referencia_correlate(a, b))
""",
    "conv2d": """
for _ in range(3):
    a, b, c = _azar.normal(size=(6, 7, 3)), _azar.normal(size=(3, 2, 3, 4)), _azar.normal(size=4)
    esperado = np.stack([_referencia_correlate(a, b[..., f]) + c[f] for f in range(4)], axis=-1)
    assert np.allclose(conv2d(a[None], b, c), esperado[None])
""",
}

_MAPS = {
    "capa-basica": """
capa = capa_basica()
assert capa(np.zeros((5, 28, 28, 1))).shape == (5, 28, 28, 8)
assert capa.count_params() == 80
""",
    "capa-stride2": """
capa = capa_stride2()
assert capa(np.zeros((5, 28, 28, 1))).shape == (5, 14, 14, 32)
assert capa.count_params() == 320
""",
    "campo-receptivo": """
assert campo_receptivo([(3, 1), (2, 2), (3, 1)]) == 8
assert campo_receptivo([(5, 2), (3, 1)]) == 9
""",
    "extraer-mapas": """
_modelo = keras.Sequential([keras.Input((9, 9, 1)), keras.layers.Conv2D(3, 3, name="una"),
                            keras.layers.Flatten()])
_x = _azar.random((2, 9, 9, 1), dtype=np.float32)
assert np.allclose(extraer_mapas(_modelo, "una", _x), _modelo.get_layer("una")(_x), atol=1e-5)
""",
    "filtros-aprendidos": """
_modelo = keras.Sequential([keras.Input((9, 9, 1)), keras.layers.Conv2D(3, 3)])
assert np.allclose(filtros_aprendidos(_modelo), _modelo.layers[0].get_weights()[0])
""",
}
_NETWORK = """
modelo = {}()
assert {}
assert modelo(np.zeros((2, 28, 28, 1))).shape == (2, 10)
"""
_HOMEWORK = {
    "construir-cnn": _NETWORK.format(
        "construir_cnn", "modelo.count_params() in (225_034, 421_642)"
    ),
    "construir-mlp": _NETWORK.format("construir_mlp", "modelo.count_params() == 109_386"),
    "construir-mlp-equivalente": _NETWORK.format(
        "construir_mlp_equivalente", "225_034 <= modelo.count_params() <= 236_285"
    ),
    "parametros-totales": """
_modelo = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(32, 5)])
assert parametros_totales(_modelo) == 832
""",
    "mapas-primera-conv": """
_modelo = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(4, 3, name="una")])
_x = _azar.random((2, 28, 28, 1), dtype=np.float32)
assert np.allclose(mapas_primera_conv(_modelo, _x), _modelo.get_layer("una")(_x), atol=1e-5)
""",
}
# One test a function, by the name of its cell.
TESTS = {UNIT: _CONVOLUTION, MAPS: _MAPS, HOMEWORK: _HOMEWORK}
