"""Las tablas de ``benchmarks.grading``: enteras en una terminal de 80 columnas."""

from __future__ import annotations

import os
import subprocess

from benchmarks.grading import Row, show_profiles, show_rows
from benchmarks.where import Profile, _unique

UNIT = "3_mapas_de_caracteristicas"
ROW = Row(UNIT, 1000, 8400.0, 210.5, 6.5, True, {"worker": 80 << 20, "notebook": 120 << 20})


def test_both_tables_fit_in_80_columns(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    show_rows([ROW], few=2, many=5)
    show_profiles({UNIT: Profile(0.055, 0.159, 0.017, 0.001, 0.051)}, [ROW])
    printed = capsys.readouterr().out
    assert "…" not in printed
    assert max(map(len, printed.splitlines())) <= 80
    for number in ("8400.0", "210.5", "39.9", "285", "200", "283", "6217"):
        assert number in printed


def test_memory_that_nobody_shares_is_counted():
    before = _unique(os.getpid())
    held = bytearray(os.urandom(32 << 20))
    assert _unique(os.getpid()) - before >= 30 << 20
    del held


def test_the_memory_of_a_process_that_has_gone_is_none():
    process = subprocess.Popen(["true"])
    process.wait()
    assert _unique(process.pid) == 0
