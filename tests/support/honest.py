"""Classes of honest students: independent answers to a unit, and answers by the textbook."""

from __future__ import annotations

import random
import re
from collections import defaultdict

from catalogue_files import CATALOGUE
from classroom import ROOT

_HEAD = re.compile(r"^#@ (\w+)\.(\w+) .*\n", re.MULTILINE)
# What a student may choose, function by function, in an answer that is in every book.
_SIZES = (
    "{a}, {b} = kernel.shape\n    {h}, {w} = imagen.shape",
    "{a} = kernel.shape[0]\n    {b} = kernel.shape[1]\n    {h} = imagen.shape[0]\n"
    "    {w} = imagen.shape[1]",
    "{h}, {w} = imagen.shape\n    {a}, {b} = kernel.shape",
    "({a}, {b}), ({h}, {w}) = kernel.shape, imagen.shape",
    "{h} = len(imagen)\n    {w} = len(imagen[0])\n    {a} = len(kernel)\n    {b} = len(kernel[0])",
)
_RESULTS = (
    "{o} = np.zeros(({h} - {a} + 1, {w} - {b} + 1))",
    "{h} = {h} - {a} + 1\n    {w} = {w} - {b} + 1\n    {o} = np.zeros(({h}, {w}))",
    "{o} = np.zeros([1 + {h} - {a}, 1 + {w} - {b}])",
    "{o} = np.empty(({h} - {a} + 1, {w} - {b} + 1), dtype=float)",
)
_LOOPS = (
    "for i in range({o}.shape[0]):\n        for j in range({o}.shape[1]):\n            {body}",
    "filas, columnas = {o}.shape\n    for i in range(filas):\n        for j in range(columnas):\n"
    "            {body}",
    "for i, j in np.ndindex({o}.shape):\n        {body}",
    "for i in range(len({o})):\n        for j in range(len({o}[0])):\n            {body}",
)
_BODIES = (
    "{o}[i, j] = np.sum(imagen[i:i + {a}, j:j + {b}] * {k})",
    "{o}[i, j] = (imagen[i:i + {a}, j:j + {b}] * {k}).sum()",
    "ventana = imagen[i:i + {a}, j:j + {b}]\n            {o}[i][j] = np.sum(ventana * {k})",
    "{o}[i, j] = np.sum(np.multiply({k}, imagen[i:{a} + i, j:{b} + j]))",
)
_TURNS = (
    "kernel[::-1, ::-1]",
    "np.flip(kernel)",
    "np.rot90(kernel, 2)",
    "kernel[::-1][:, ::-1]",
)
_CHANNELS = (
    "return sum(correlacion2d(imagen[:, :, c], kernel[:, :, c]) for c in range(imagen.shape[2]))",
    "total = 0\n    for c in range(kernel.shape[-1]):\n"
    "        total += correlacion2d(imagen[..., c], kernel[..., c])\n    return total",
    "mapas = [correlacion2d(imagen[:, :, c], kernel[:, :, c]) for c in range(kernel.shape[2])]\n"
    "    return np.sum(mapas, axis=0)",
)
_LAYERS = (
    "return np.stack([np.stack([correlacion_multicanal(una, kernel[..., f]) + bias[f]\n"
    "        for f in range(len(bias))], axis=-1) for una in x])",
    "mapas = []\n    for imagen in x:\n        mapas.append(np.dstack([\n"
    "            correlacion_multicanal(imagen, kernel[:, :, :, f]) for f in range(len(bias))]))\n"
    "    return np.array(mapas) + bias",
    "n, f = x.shape[0], kernel.shape[3]\n"
    "    y = np.zeros((n, x.shape[1] - kernel.shape[0] + 1, x.shape[2] - kernel.shape[1] + 1, f))\n"
    "    for i in range(n):\n        for j in range(f):\n"
    "            y[i, :, :, j] = correlacion_multicanal(x[i], kernel[..., j]) + bias[j]\n"
    "    return y",
)


def independent_works(unit: str) -> list[dict[str, str]]:
    """A class where each wrote on their own: the answers, right and wrong, of several writers.

    Each answer is in one work, as long as there are; a work may lack some function.
    """
    answers: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "benchmarks" / "diagnosis" / "unseen").glob("*.txt")):
        _, *found = _HEAD.split(path.read_text(encoding="utf-8"))
        for where, function, code in zip(found[::3], found[1::3], found[2::3], strict=True):
            if where == unit:
                answers[function].append(code)
    for path in sorted(CATALOGUE.glob(f"{unit}/*/right/*.py")):
        answers[path.parts[-3]].append(path.read_text(encoding="utf-8"))
    return [
        {function: codes[place] for function, codes in answers.items() if place < len(codes)}
        for place in range(max(map(len, answers.values())))
    ]


def textbook_work(rng: random.Random) -> dict[str, str]:
    """Unit 1 as books have it, with the choices that are one's own."""
    names = {"a": "kh", "b": "kw", "h": "alto", "w": "ancho", "o": rng.choice(["salida", "res"])}

    def correlation(kernel: str) -> str:
        body = rng.choice(_BODIES)
        parts = rng.choice(_SIZES), rng.choice(_RESULTS), rng.choice(_LOOPS)
        text = "\n    ".join(parts).replace("{body}", body) + "\n    return {o}"
        return text.format(**names, k=kernel)

    turn = rng.choice(_TURNS)
    alone = f"girado = {turn}\n    " + correlation("girado")
    turned = rng.choice([f"return correlacion2d(imagen, {turn})", alone])
    return {
        "correlacion2d": f"def correlacion2d(imagen, kernel):\n    {correlation('kernel')}",
        "convolucion_verdadera": f"def convolucion_verdadera(imagen, kernel):\n    {turned}",
        "correlacion_multicanal": "def correlacion_multicanal(imagen, kernel):\n    "
        + rng.choice(_CHANNELS),
        "conv2d": "def conv2d(x, kernel, bias):\n    " + rng.choice(_LAYERS),
    }
