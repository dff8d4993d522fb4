"""Lo que un cuaderno no puede hacer, comprobado desde dentro."""

from __future__ import annotations

import ast
import os
import shutil

import psutil
import pytest
from faults import wait_until_alone
from inside import error, value
from notebook_processes import notebook_folder

from autograder.common.limits import Limits
from autograder.sandbox import walls
from autograder.sandbox.walls import SandboxError, Walls, readable


def test_it_sees_nothing_of_the_machine(start):
    kernel = start()
    for path in (
        "/etc/passwd",
        "/home",
        "/var",
        "/usr/bin",
        "/bin",
        "/sys/kernel",
        "/run",
        "/proc/1",
    ):
        assert value(kernel.execute(f"import os; os.path.exists({path!r})")) == "False", path
    assert value(kernel.execute("os.listdir('/tarea')")) == "[]"


def test_it_has_none_of_the_environment(start, monkeypatch):
    names = ast.literal_eval(value(start().execute("import os; sorted(os.environ)")))
    assert set(names) <= {
        "CURSO_JUEZ_FD",
        "HOME",
        "LANG",
        "MPLCONFIGDIR",
        "NBGRADER_EXECUTION",
        "PYTHONDONTWRITEBYTECODE",
        "TF_CPP_MIN_LOG_LEVEL",
        "TMPDIR",
    }


def test_the_system_is_read_only(start):
    kernel = start()
    for path in ("/nuevo", "/usr/lib/nuevo", "/dev/nuevo", "/entrega/nuevo"):
        assert "Error" in error(kernel.execute(f"open({path!r}, 'w')"))


def test_it_has_no_capabilities_and_cannot_gain_any(start):
    kernel = start()
    kernel.execute("import threading, time; threading.Thread(target=time.sleep, args=[9]).start()")
    threads = list((notebook_folder() / "task").iterdir())
    assert len(threads) >= 2
    for thread in threads:
        lines = (thread / "status").read_text().splitlines()
        status = dict(line.split(":\t", 1) for line in lines)
        for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
            assert int(status[kind], 16) == 0, kind
        assert status["NoNewPrivs"] == "1"


def test_it_holds_no_descriptor_but_its_own(start):
    start().execute("1")
    folder = notebook_folder() / "fd"
    names = [os.readlink(folder / str(n)).partition(":")[0] for n in range(len(os.listdir(folder)))]
    assert names == ["/dev/null"] * 3 + ["socket"] * 2


def test_it_is_alone_in_its_process_namespace(start):
    kernel = start()
    assert value(kernel.execute("import os; os.getpid()")) == "2"
    assert error(kernel.execute("os.kill(3, 0)")).startswith("ProcessLookupError")
    assert error(kernel.execute("open('/proc/1/status')")).startswith("FileNotFoundError")


@pytest.mark.parametrize(
    "source",
    [
        "import os; os.fork()",
        "import subprocess; subprocess.run(['/sleep', '1'])",
        "import os; os.execv('/sleep', ['sleep', '1'])",
        "import socket; socket.socket(socket.AF_INET).connect(('127.0.0.1', 80))",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    ],
)
def test_no_processes_programs_or_sockets(start, source):
    assert error(start().execute(source)).startswith("PermissionError")


@pytest.mark.parametrize("number", [101, 165, 272, 308, 310, 317, 319, 321, 425])
def test_dangerous_system_calls_do_not_exist(start, number):
    """ptrace, mount, unshare, setns, process_vm_readv, seccomp, memfd_create, bpf, io_uring."""
    source = (
        "import ctypes; c = ctypes.CDLL(None, use_errno=True);"
        f"(c.syscall({number}, 0, 0, 0, 0, 0), ctypes.get_errno())"
    )
    assert value(start().execute(source)) == "(-1, 38)"


@pytest.mark.parametrize(
    "guards",
    ["", "import sys; sys.meta_path[:] = [f for f in sys.meta_path if 'Absent' not in repr(f)]"],
)
@pytest.mark.parametrize(
    "name",
    ["scipy.signal", "tensorflow", "keras", "torch", "conv2d_lib", "onnx.reference", "sklearn"],
)
def test_ready_made_convolutions_are_not_there(start, name, guards):
    """Whatever stands in for them: there is nothing to find."""
    kernel = start()
    kernel.execute(guards)
    place = name.replace(".", "/")
    source = f"import pathlib, sys; [p for p in sys.path if pathlib.Path(p, {place!r}).exists()]"
    assert value(kernel.execute(source)) == "[]"
    if guards:
        assert "ModuleNotFoundError" in error(kernel.execute(f"import {name}"))


def test_no_shared_library_of_tensorflow_can_be_loaded(start):
    source = (
        "import pathlib, sys\n"
        "[str(p) for folder in sys.path for p in pathlib.Path(folder).rglob('*')"
        " if 'tensorflow' in p.name and p.suffix.startswith('.so')]"
    )
    assert value(start().execute(source)) == "[]"


@pytest.mark.parametrize(("kills", "built"), [(1, True), (2, True), (3, False)])
def test_who_is_killed_while_it_builds_begins_again(kills, built, tmp_path, monkeypatch):
    bwrap, left = tmp_path / "bwrap", tmp_path / "quedan"
    left.write_text(str(kills))
    bwrap.write_text(
        f"""#!/bin/bash
read left < {left}
if [ "$left" -gt 0 ]; then echo $((left - 1)) > {left}; kill -KILL $$; fi
exec {shutil.which("bwrap")} "$@"
"""
    )
    bwrap.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    if built:
        Walls(readable(False, tmp_path / "leer"), Limits()).close()
    else:
        with pytest.raises(SandboxError, match="algo mata a bubblewrap"):
            Walls(readable(False, tmp_path / "leer"), Limits())


def test_what_bubblewrap_refuses_halfway_is_said_in_its_own_words():
    """It has told its child's number by then, and that one is gone."""
    for _ in range(2):
        with pytest.raises(SandboxError, match=r"en esta máquina \(bwrap: .*/noexiste"):
            Walls(["--ro-bind", "/noexiste", "/x"], Limits())


def test_who_never_ends_building_is_not_waited_for_for_ever_nor_left_behind(tmp_path, monkeypatch):
    built: list[Walls] = []
    inside: list[int] = []
    monkeypatch.setattr(walls, "BUILD_SECONDS", 0.0)
    monkeypatch.setattr(walls, "_command", lambda pid: inside.append(pid) or "bwrap")
    close = Walls.close
    monkeypatch.setattr(Walls, "close", lambda self: (built.append(self), close(self)))
    with pytest.raises(SandboxError, match="la máquina va demasiado lenta"):
        Walls(readable(False, tmp_path / "leer"), Limits())
    assert built[0]._process.returncode is not None
    wait_until_alone(lambda: [one for one in psutil.process_iter() if one.pid == inside[0]])
