"""``curso aceptar``: la aceptación de la tarea, con los pesos entregados y las imágenes de prueba.

Los pesos se leen como arreglos, y la arquitectura se reconoce por sus formas.
"""

from __future__ import annotations

from pathlib import Path

from ..checks.acceptance import (
    ACCEPTED,
    NETWORKS,
    REFUSED,
    REVIEW,
    AcceptanceResult,
    Criterion,
    MapEvidence,
    NetworkRow,
    Split,
    accept_networks,
    accuracy,
    evidence_maps,
)
from ..judging.architecture import WrongArchitecture
from ..wire.protocol import ModelSpec
from .weights import UnreadableWeights, read_weights


def accept(folder: Path, test: Split) -> AcceptanceResult:
    """Judge a folder with ``cnn``, ``mlp`` and ``mlp_equivalente`` (``.weights.h5``).

    Parameters
    ----------
    folder : Path
        Where the three files are.
    test : (ndarray, ndarray)
        Images of shape (n, 28, 28), uint8 from 0 to 255, and their labels.

    Returns
    -------
    AcceptanceResult
        Where a file cannot be read or is another network's, only the reasons.
    """
    specs, problems = read_networks(folder)
    if problems:
        return AcceptanceResult(0, (), (), problems)
    return accept_networks(specs, test)


def read_networks(folder: Path) -> tuple[dict[str, ModelSpec], tuple[Criterion, ...]]:
    """The networks of a folder by name, and one refusal for each file that is not right."""
    specs, problems = {}, []
    for name, (_, recognise) in NETWORKS.items():
        file = f"{name}.weights.h5"
        try:
            specs[name] = recognise(read_weights(folder / file))
        except (UnreadableWeights, WrongArchitecture) as error:
            problems.append(Criterion(file, REFUSED, error.args[0]))
    return specs, tuple(problems)


__all__ = [
    "ACCEPTED",
    "NETWORKS",
    "REFUSED",
    "REVIEW",
    "AcceptanceResult",
    "Criterion",
    "MapEvidence",
    "NetworkRow",
    "Split",
    "accept",
    "accuracy",
    "evidence_maps",
    "read_networks",
]
