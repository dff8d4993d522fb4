"""Of a function that answers nothing wrong and only stops, the mistake has its name too."""

from __future__ import annotations

import numpy as np
import pytest
from mistaken import mistaken

from autograder.checks import find_check
from benchmarks.diagnosis.heard import hear
from benchmarks.diagnosis.truth import holds

SEED, ENOUGH = 13, 3


def only_stops(check, function) -> bool:
    """Whether it is right at some of the check's calls, and stops at all others."""
    right = stopped = 0
    for case in check.cases(np.random.default_rng(SEED)):
        if case.raises:
            continue
        try:
            got = function(*case.args, **case.kwargs)
        except Exception:
            stopped += 1
            continue
        expected = check.reference(*case.args, **case.kwargs)
        if check.compare(expected, got, case.args, dict(case.kwargs)) is not None:
            return False
        right += 1
    return bool(right and stopped)


@pytest.mark.parametrize(
    "name", ["relleno-con-los-tamanos-de-otro-eje", "relleno-con-un-argumento-por-otro"]
)
def test_a_padding_that_only_stops_is_named_as_likely(name):
    check = find_check("4_padding.conv2d")
    ways = (mistaken(check, one, []) for one in check.misconceptions if one.id == name and one.rare)
    found = 0
    for wrong in ways:
        if not only_stops(check, wrong):
            continue
        heard = hear(check.id, wrong, SEED)
        assert heard.ids, heard
        assert holds(check, wrong, heard.ids), heard
        assert not heard.sure  # Another mistake would stop there too.
        found += 1
        if found == ENOUGH:
            break
    assert found == ENOUGH
