"""Un contenedor con dos núcleos de una máquina de sesenta y cuatro tiene dos."""

from __future__ import annotations

import os

import pytest

from autograder.classroom.pools import Processes
from conv2d_lib import cores
from conv2d_lib.kernels import threads


@pytest.fixture
def container(tmp_path, monkeypatch):
    monkeypatch.setattr(cores, "_GROUP", tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(64)), raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("limit", "expected"),
    {
        "200000 100000": 2,
        "150000 100000": 2,
        "20000 100000": 1,
        "max 100000": 64,
        "9900000 100000": 64,
        "": 64,
        "1 0": 64,
        "dos": 64,
    }.items(),
)
def test_the_quota_of_a_container_counts(container, limit, expected):
    (container / "cpu.max").write_text(limit + "\n")
    assert cores.usable_cores() == expected


@pytest.mark.parametrize(("quota", "expected"), [("300000", 3), ("-1", 64), ("", 64)])
def test_so_does_that_of_an_older_kernel(container, quota, expected):
    (container / "cpu").mkdir()
    (container / "cpu" / "cpu.cfs_quota_us").write_text(quota)
    (container / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    assert cores.usable_cores() == expected


def test_without_a_container_the_cores_are_those_that_the_system_leaves(container, monkeypatch):
    assert cores.usable_cores() == 64
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores.usable_cores() == 1


def test_graders_and_threads_are_as_many_as_the_container_gives(container, monkeypatch):
    (container / "cpu.max").write_text("200000 100000")
    monkeypatch.delenv("NUMBA_NUM_THREADS", raising=False)
    monkeypatch.setattr(threads.config, "NUMBA_NUM_THREADS", 64)
    monkeypatch.setattr(threads.config, "DISABLE_JIT", False)
    assert Processes()._processes == threads._most_threads() == 2
    monkeypatch.setenv("NUMBA_NUM_THREADS", "5")
    monkeypatch.setattr(threads.config, "NUMBA_NUM_THREADS", 5)
    assert threads._most_threads() == 5
    monkeypatch.setattr(threads.config, "DISABLE_JIT", True)
    assert threads._most_threads() == 1
