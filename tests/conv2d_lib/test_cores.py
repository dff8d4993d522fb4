"""Un contenedor con dos núcleos de una máquina de sesenta y cuatro tiene dos."""

from __future__ import annotations

import os

import pytest

from autograder.classroom.pools import Processes
from conv2d_lib import container as limits
from conv2d_lib import cores
from conv2d_lib.kernels import threads


@pytest.fixture
def container(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "_GROUPS", tmp_path)
    monkeypatch.setattr(limits, "_OWN", tmp_path / "suyo")
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 2**26}.get)
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


def _say(group, name: str, limit: str) -> None:
    group.mkdir(parents=True, exist_ok=True)
    (group / name).write_text(limit + "\n")


def test_its_own_group_counts_and_those_above_it(container):
    """A slice of systemd, a job of a queue: the limit is not at the root."""
    (container / "suyo").write_text("0::/aula.slice/ana\n")
    _say(container / "aula.slice", "cpu.max", "400000 100000")
    assert cores.usable_cores() == 4
    _say(container / "aula.slice" / "ana", "cpu.max", "300000 100000")
    assert cores.usable_cores() == 3
    _say(container, "cpu.max", "200000 100000")
    assert cores.usable_cores() == 2
    _say(container / "aula.slice" / "bea", "cpu.max", "100000 100000")
    assert cores.usable_cores() == 2


@pytest.mark.parametrize("tree", ["cpu", "cpu,cpuacct"])
def test_so_does_its_own_of_an_older_kernel(container, tree):
    (container / "suyo").write_text("5:memory:/otro\n4:cpu,cpuacct:/trabajo: 7\n0::/\n")
    _say(container / tree / "trabajo: 7", "cpu.cfs_quota_us", "300000")
    _say(container / tree / "trabajo: 7", "cpu.cfs_period_us", "100000")
    assert cores.usable_cores() == 3


@pytest.mark.parametrize(
    "line", ["0::/../../fuera", "0::" + "/a" * 100, "0::/no-se-ve", "", "::::"]
)
def test_a_group_that_cannot_be_seen_is_no_error(container, line):
    _say(container.parent / "fuera", "cpu.max", "100000 100000")
    (container / "suyo").write_text(line)
    assert cores.usable_cores() == 64
    _say(container, "cpu.max", "200000 100000")
    assert cores.usable_cores() == 2


def test_no_more_graders_than_have_memory(container):
    """Where a container's memory ends, the system kills somebody's notebook."""
    assert Processes()._processes == 64
    _say(container / "memory", "memory.limit_in_bytes", str(2**63 - 4096))
    assert Processes()._processes == 64
    _say(container / "memory", "memory.limit_in_bytes", str(6 * 2**30))
    assert Processes()._processes == 6
    (container / "suyo").write_text("0::/ana\n")
    _say(container / "ana", "memory.max", str(2 * 2**30))
    assert Processes()._processes == 2
    _say(container / "ana", "memory.max", str(2**28))
    assert Processes()._processes == 1
    assert Processes(8)._processes == 8
