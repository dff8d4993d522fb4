"""The benchmark of training runs whole, with little data; others, as on an older processor."""

import json
import os
import sys

import numpy as np
import pytest

from benchmarks import kernels, older_processor, training


def test_the_training_benchmark_prints_and_saves_its_two_tables(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CURSO_DATOS_CORTOS", "1")
    monkeypatch.setattr(training, "RESULTS", tmp_path / "results" / "training.json")
    assert training.main(["--epocas-comparadas", "1", "--semillas", "2", "--epocas", "1"]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines()[:-1])) <= 80
    assert "conv2d_lib / Keras: " in text
    saved = json.loads(training.RESULTS.read_text(encoding="utf-8"))
    ours, keras = (saved["época"]["segundos"][name] for name in ("ours", "keras"))
    assert np.isclose(saved["época"]["razón"], ours[0][0] / keras[0][0])
    assert [run["semilla"] for run in saved["semillas"]["resultados"]] == [0, 1]
    for run in saved["semillas"]["resultados"]:
        assert f"{run['aciertos']:.4f}" in text
        assert 0 < run["aciertos"] < 1
        assert 100 < run["megabytes"] < 2000


def test_the_median_of_the_ratios_and_not_a_lucky_turn_is_what_counts():
    times = {"ours": [(1, 1), (9, 1), (1, 1)], "keras": [(2, 1), (2, 1), (4, 1)]}
    table, ratio = training._epochs_table(times)
    assert ratio == 0.5
    assert "✔" in table.caption
    times["ours"] = [(2, 1)] * 3
    assert "✘" in training._epochs_table(times)[0].caption


class Begun(Exception):
    pass


def test_with_avx512_off_the_measure_begins_again_once_with_the_same_arguments(monkeypatch):
    """And in the second process, whose environment says so to every library, it goes on."""
    begun = []

    def execve(program, command, environment):
        begun.append((program, command, environment))
        raise Begun

    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.setattr(sys, "argv", ["kernels.py", "--sin-avx512", "--casos", "nada de nada"])
    with pytest.raises(Begun):
        kernels.main()
    ((program, command, environment),) = begun
    assert command == [program, "-m", "benchmarks.kernels", *sys.argv[1:]]
    assert environment.items() >= older_processor.ENVIRONMENT.items()
    for name, value in older_processor.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    older_processor.begin_again("benchmarks.kernels")
    assert len(begun) == 1
