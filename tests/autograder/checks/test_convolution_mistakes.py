"""The catalogue of the convolution: what can be told apart has a name of its own, and only that."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from autograder.checks import checks_of, lessons
from autograder.judging.diagnosis.asking import Signature

CHECKS = [
    check
    for unit in ("1_convolucion", "4_padding")
    for name, check in checks_of(unit).items()
    if not name.endswith(("tamano_salida", "relleno_same"))
]
ENTRIES = [mistake for check in CHECKS for mistake in check.misconceptions]
SECTIONS = {value for name, value in vars(lessons).items() if name.isupper()}
STOPPED = "stopped"


def calls(check) -> list[dict[str, Any]]:
    """The named arguments of each case of one run, and of one with numbers a thousand times as big.

    Where a value is cut shows only in large numbers.
    """
    signature = Signature(check.reference)
    named = [
        signature.named(case.args, dict(case.kwargs))
        for case in check.cases(np.random.default_rng(7))
    ]
    image = next(iter(named[0]))
    return [*named, named[0] | {image: 1000 * named[0][image]}]


def seen(value: Any) -> Any:
    """An answer as something that two can share only by being equal, up to rounding."""
    value = np.asarray(value)
    flat = np.nan_to_num(value.astype(np.float64).ravel(), nan=1e7, posinf=2e7, neginf=3e7)
    weights = np.random.default_rng(flat.size).standard_normal(flat.size)
    total = float(flat @ weights)
    return value.shape, f"{total:.6g}" if abs(total) > 1e-9 else "0"


def answers(check, mistake, asked) -> tuple[Any, ...]:
    found = []
    for arguments in asked:
        try:
            with np.errstate(all="ignore"):
                found.append(seen(mistake.answer(check.reference, arguments)))
        except (ValueError, IndexError, TypeError, ZeroDivisionError):
            found.append(STOPPED)
    return tuple(found)


@pytest.fixture(scope="module", params=CHECKS, ids=lambda check: check.id)
def answered(request):
    """A check, and what each entry of its catalogue answers to a run's calls."""
    check = request.param
    asked = calls(check)
    right = tuple(seen(check.reference(**arguments)) for arguments in asked)
    return right, [(m, answers(check, m, asked)) for m in check.misconceptions]


def test_every_entry_is_wrong_somewhere(answered):
    right, found = answered
    # One made by generation may change nothing: test_unforeseen_mistakes.py holds those to that.
    usual = [(mistake.id, given) for mistake, given in found if not mistake.rare]
    assert [name for name, given in usual if given == right] == []


def test_entries_that_answer_alike_have_one_name(answered):
    _, found = answered
    alike = defaultdict(set)
    for mistake, given in found:
        # Of the rare ones, made by generation, two may be one mistake said in two ways.
        if len(set(given) - {STOPPED}) > 1 and not mistake.rare:
            alike[given].add(mistake.id)
    assert [ids for ids in alike.values() if len(ids) > 1] == []


def test_no_entry_changes_what_it_is_given():
    for check in CHECKS:
        asked = calls(check)[0]
        before = {name: np.copy(value) for name, value in asked.items()}
        for mistake in check.misconceptions:
            answers(check, mistake, [asked])
            for name, value in asked.items():
                assert np.array_equal(value, before[name]), (check.id, mistake.id, name)


def test_the_catalogue_is_wide():
    assert len({mistake.id for mistake in ENTRIES}) > 150
    assert len(ENTRIES) > 1500


def test_every_entry_helps_and_sends_to_a_lesson():
    for mistake in ENTRIES:
        assert mistake.hint, mistake.id
        assert mistake.section in SECTIONS, mistake.id
        assert not mistake.cause[0].isupper(), mistake.id
        assert not mistake.cause.endswith("."), mistake.id


def test_two_changes_of_different_parts_are_both_made():
    check = next(check for check in CHECKS if check.id == "1_convolucion.conv2d")
    by_id = {mistake.id: mistake.wrong for mistake in reversed(check.misconceptions)}
    arguments = calls(check)[0]
    x, kernel, bias = arguments["x"], arguments["kernel"].astype(np.float64), arguments["bias"]
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    largest = (windows[..., None] * kernel.transpose(2, 0, 1, 3)).max(axis=(3, 4, 5))
    pair = by_id["sesgo-restado"].then(by_id["maximo-en-lugar-de-suma"])
    np.testing.assert_allclose(pair.answer(check.reference, arguments), largest - bias, atol=1e-5)
    flipped = by_id["kernel-volteado"].then(by_id["relu-anadida"])
    turned = np.einsum("nijcuv,uvcf->nijf", windows, kernel[::-1, ::-1])
    expected = np.maximum(turned + bias, 0)
    np.testing.assert_allclose(flipped.answer(check.reference, arguments), expected, atol=1e-5)
