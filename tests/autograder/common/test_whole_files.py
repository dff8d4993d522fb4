"""A file is written whole, or what there was stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.common.whole_files import write_whole


def test_what_is_the_same_is_not_written_again(tmp_path):
    path = tmp_path / "año" / "notas.csv"
    assert write_whole(path, b"uno")
    before = path.stat().st_mtime_ns
    assert not write_whole(path, b"uno")
    assert path.stat().st_mtime_ns == before
    assert write_whole(path, b"dos")
    assert path.read_bytes() == b"dos"


def test_where_it_is_interrupted_what_there_was_stays(tmp_path, monkeypatch):
    path = tmp_path / "notas.csv"
    write_whole(path, b"antes")

    def interrupted(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"despues")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("notas.csv", b"antes")]
