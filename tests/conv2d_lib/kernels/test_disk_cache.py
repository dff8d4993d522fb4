"""A cache that cannot be read or written costs a compilation, never a call."""

from __future__ import annotations

import errno
import os
import resource
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from compiled import compiled_functions
from numba.core import caching, config

SOURCE = """
from conv2d_lib.kernels.compilation import cached_jit

@cached_jit()
def double(x):
    return 2 * x
"""


@pytest.fixture
def session(tmp_path, monkeypatch):
    """A function: what a new session computes, and whether it was in the cache."""
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "kernel.py").write_text(SOURCE)

    def run() -> tuple[int, int]:
        double = runpy.run_path(str(tmp_path / "kernel.py"))["double"]
        return double(21), sum(double.stats.cache_hits.values())

    assert run() == (42, 0)
    assert run() == (42, 1)
    return run


def stored(tmp_path, kind):
    (path,) = (tmp_path / "cache").rglob(f"*.{kind}")
    return path


def flip_in_the_middle(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def make_a_folder(path):
    path.unlink()
    path.mkdir()


def endless_link(path):
    path.unlink()
    path.symlink_to(path)


def unreadable(path):
    """Reading it fails with EIO, also for root."""
    path.unlink()
    path.symlink_to("/proc/self/mem")


DAMAGE = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:60]),
    "last byte cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "one byte changed": flip_in_the_middle,
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "text": lambda path: path.write_text("<html>404</html>"),
    "another pickle": lambda path: path.write_bytes(b"\x80\x04N."),
    "a link to itself": endless_link,
    "unreadable": unreadable,
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("kind", ["nbi", "nbc"])
def test_a_damaged_file_is_compiled_again_and_mended(session, tmp_path, damage, kind, capfd):
    damage(stored(tmp_path, kind))
    assert session() == (42, 0)
    assert session() == (42, 1)
    assert capfd.readouterr().err == ""


def test_what_is_whole_and_cannot_be_loaded_is_compiled_again(session, monkeypatch):
    def refuse(*_):
        raise RuntimeError("LLVM no lo entiende")

    with monkeypatch.context() as broken:
        broken.setattr(caching.FunctionCache, "load_overload", refuse)
        assert session() == (42, 0)
    assert session() == (42, 1)


@pytest.mark.parametrize("kind", ["nbi", "nbc"])
def test_a_folder_in_the_place_of_a_file_is_said_once(session, tmp_path, kind, monkeypatch, capfd):
    from conv2d_lib.kernels import compilation

    monkeypatch.setattr(compilation._announcer, "unsaved", False)
    make_a_folder(stored(tmp_path, kind))
    assert [session(), session()] == [(42, 0), (42, 0)]
    said, errors = capfd.readouterr()
    assert said.count("no se pudo guardar lo compilado") == said.count("\n") == 1
    assert errors == ""


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_nothing_costs_only_the_compilation(session, tmp_path, code, monkeypatch):
    shutil.rmtree(tmp_path / "cache")
    real = os.replace

    def refuse(source, target):
        if str(target).endswith((".nbi", ".nbc")):
            raise OSError(code, os.strerror(code))
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    assert session() == (42, 0)


def test_no_room_for_a_single_byte(tmp_path):
    """The file system itself refuses: files of this process may not grow."""
    (tmp_path / "kernel.py").write_text(SOURCE + "print(double(21))\n")
    ended = subprocess.run(
        [sys.executable, "-B", str(tmp_path / "kernel.py")],
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        capture_output=True,
        text=True,
    )
    assert ended.stderr == ""
    assert ended.stdout.splitlines()[-1] == "42"
    assert "no se pudo guardar lo compilado" in ended.stdout


def test_a_cache_folder_that_is_a_file_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("no soy una carpeta")
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "kernel.py").write_text(SOURCE)
    assert runpy.run_path(str(tmp_path / "kernel.py"))["double"](21) == 42


def test_every_kernel_of_the_library_has_this_cache():
    for module, function in compiled_functions():
        cache = vars(module)[function.__name__]._cache
        assert type(cache).__name__ == "ForgivingCache", function
        assert Path(cache.cache_path).is_dir()
