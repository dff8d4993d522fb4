"""Each mistake of a function that receives a model, or a pile of layers, is named by its own id."""

from __future__ import annotations

import numpy as np
import pytest
from harness import Loopback
from impatient import Here
from mistaken import mistaken

from autograder.checks import checks_of
from autograder.judging.check import VALUES, Findings, FunctionCheck
from autograder.judging.diagnosis.stop_kinds import STOPPED
from autograder.judging.remote import Remote
from autograder.wire.protocol import ModelSpec

CHECKS = [
    check
    for unit in ("3_mapas_de_caracteristicas", "5_fashion_mnist")
    for check in checks_of(unit).values()
    if isinstance(check, FunctionCheck)
]


def asks_networks(check: FunctionCheck) -> bool:
    case = next(iter(check.cases(np.random.default_rng(0))))
    return any(isinstance(value, ModelSpec) for value in case.args)


def heard(check: FunctionCheck, function) -> Findings:
    findings = Findings(check.aspects)
    # On the wire a network would become one of Keras, which takes a second each.
    remote = Here(function) if asks_networks(check) else Remote(Loopback(function))
    check.examine(remote, np.random.default_rng(2), findings)
    return findings


def stops_everywhere(findings: Findings) -> bool:
    said = [text for aspect, text in findings.failures.items() if aspect != VALUES]
    return all("tu función se detuvo" in text for text in said)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_each_mistake_is_named_and_nothing_else_is(check):
    named = {}
    for index, mistake in enumerate(check.misconceptions):
        findings = heard(check, mistaken(check, mistake))
        assert findings.failures, mistake.id
        ids = findings.diagnosis.ids if findings.diagnosis else None
        if mistake.rare and ids:
            continue  # One made by generation may be a usual one said otherwise.
        if stops_everywhere(findings) and (not ids or ids[0] in STOPPED):
            continue  # Many things could stop it so: none is named, but what stopped it.
        named[index, mistake.id] = ids
    assert {key: ids for key, ids in named.items() if ids != (key[1],)} == {}
