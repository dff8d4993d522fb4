"""``curso aceptar``: la aceptación de la tarea, con los pesos entregados y las imágenes de prueba.

Los pesos se leen como arreglos, y la arquitectura se reconoce por sus formas.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    Networks,
    Split,
    accept_networks,
    accuracy,
    evidence_maps,
)
from ..judging.architecture import WrongArchitecture
from ..wire.protocol import ModelSpec
from .weights import UnreadableWeights, read_weights


def accept(folder: Path, test: Split, networks: Networks = NETWORKS) -> AcceptanceResult:
    """Judge a folder with ``cnn``, ``mlp`` and ``mlp_equivalente`` (``.weights.h5``).

    Parameters
    ----------
    folder : Path
        Where the three files are.
    test : (ndarray, ndarray)
        Images of shape (n, 28, 28), uint8 from 0 to 255, and their labels.
    networks : mapping, optional
        What is asked; the course's own unless said.

    Returns
    -------
    AcceptanceResult
        Where a file cannot be read or is another network's, only the reasons.
    """
    specs, problems = read_networks(folder, networks)
    if problems:
        return AcceptanceResult(0, (), (), problems)
    return accept_networks(specs, test)


def asked_of(letters: Mapping[str, str]) -> Networks:
    """The networks of whoever has these variants, by check; the course's own where there is none.

    Raises
    ------
    KeyError
        If no variant is called so.
    """
    from ..checks.homework_variants import ACCEPTED, networks_of

    return networks_of(letters[ACCEPTED]) if ACCEPTED in letters else NETWORKS


def read_networks(
    folder: Path, networks: Networks = NETWORKS
) -> tuple[dict[str, ModelSpec], tuple[Criterion, ...]]:
    """The networks of a folder by name, and one refusal for each file that is not right."""
    specs, problems = {}, []
    for name, (_, recognise) in networks.items():
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
    "Networks",
    "Split",
    "accept",
    "accuracy",
    "asked_of",
    "evidence_maps",
    "read_networks",
]
