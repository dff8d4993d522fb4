"""Cada pared por sí sola, vista desde fuera: que otra también pare el golpe no la excusa."""

from __future__ import annotations

import ast
import os
import platform
import sysconfig
from pathlib import Path

import pytest
from inside import error, value
from notebook_processes import notebook_folder

from autograder.common.limits import MIB, Limits
from autograder.sandbox import servers
from autograder.sandbox.walls import ENTREGA, WORK


@pytest.mark.parametrize("kind", ["user", "mnt", "pid", "net", "ipc", "uts"])
def test_it_has_namespaces_of_its_own(start, kind):
    start().execute("1")
    assert os.readlink(notebook_folder() / "ns" / kind) != os.readlink(f"/proc/self/ns/{kind}")


def test_of_its_mounts_only_its_folder_can_be_written(start, tmp_path):
    start(folder=tmp_path).execute("1")
    lines = (notebook_folder() / "mountinfo").read_text().splitlines()
    options = {line.split()[4]: set(line.split()[5].split(",")) for line in lines}
    devices = {"/dev/null", "/dev/random", "/dev/urandom"}
    assert {path for path, said in options.items() if "rw" in said} == {WORK}
    assert {WORK, ENTREGA, sysconfig.get_path("purelib"), *devices} < set(options)
    assert all("nosuid" in said for said in options.values())


def test_around_it_there_is_nothing_but_what_python_needs(start):
    kernel = start()

    def listed(folder: str) -> set[str]:
        return set(ast.literal_eval(value(kernel.execute(f"import os; os.listdir({folder!r})"))))

    homes = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib")}
    homes |= {sysconfig.get_config_var("LIBDIR") or "/usr/lib"}
    system = {"dev", "entrega", "etc", "lib", "lib64", "proc", "sleep", "sys", "tarea", "usr"}
    assert listed("/") <= system | {Path(home).parts[1] for home in homes}
    # The last leads to the notebook's own folder.
    assert listed("/dev") == {"null", "random", "urandom", "shm"}
    assert listed("/proc") <= {"cpuinfo", "meminfo", "self"}
    assert listed("/etc") <= {"ld.so.cache", "localtime"}
    # On the way to this Python and to its packages each folder holds only the next one.
    for folder in {parent for home in homes for parent in Path(home).parents[:-1]}:
        inside = [home for home in map(Path, homes) if home.is_relative_to(folder)]
        if not folder.is_relative_to("/usr") and folder not in inside:
            assert listed(str(folder)) <= {home.relative_to(folder).parts[0] for home in inside}


def test_not_even_the_memory_of_its_server_held_the_graders_variables(start, monkeypatch):
    """What a program is started with stays in its memory, and in that of its forks."""
    monkeypatch.setenv("CLAVE_DEL_DOCENTE", "no la mires")
    servers.stop_servers()
    start().execute("1")
    (server,) = servers._processes
    assert b"CLAVE_DEL_DOCENTE" not in Path(f"/proc/{server.pid}/environ").read_bytes()


# Each is a way around another wall: new processes, descriptors, keys, other processes' memory…
FORBIDDEN = {
    "sendmsg": 46,
    "recvmsg": 47,
    "shmget": 29,
    "shmat": 30,
    "pivot_root": 155,
    "chroot": 161,
    "add_key": 248,
    "keyctl": 250,
    "perf_event_open": 298,
    "name_to_handle_at": 303,
    "open_by_handle_at": 304,
    "process_vm_writev": 311,
    "userfaultfd": 323,
    "pidfd_send_signal": 424,
    "open_tree": 428,
    "fsopen": 430,
    "pidfd_open": 434,
    "clone3": 435,
    "pidfd_getfd": 438,
}


@pytest.mark.skipif(platform.machine() != "x86_64", reason="los números son de x86-64")
@pytest.mark.parametrize("number", FORBIDDEN.values(), ids=FORBIDDEN)
def test_no_other_way_around_the_walls_exists(start, number):
    source = (
        "import ctypes; c = ctypes.CDLL(None, use_errno=True);"
        f"(c.syscall({number}, 0, 0, 0, 0, 0), ctypes.get_errno())"
    )
    assert value(start().execute(source)) == "(-1, 38)"


@pytest.mark.parametrize("asked", ["3, 0x8910, bytes(64)", "0, 0x5412, b'x'"])
def test_devices_and_sockets_answer_no_other_requests(start, asked):
    """SIOCGIFNAME, a window on the network, and TIOCSTI, which types on a terminal."""
    assert "Function not implemented" in error(
        start().execute(f"import fcntl; fcntl.ioctl({asked})")
    )


# --- limits --------------------------------------------------------------------------------------

SMALL = Limits(
    notebook_seconds=50.0,
    memory_bytes=700 * MIB,
    folder_bytes=4 * MIB,
    folder_files=40,
    open_files=64,
    threads=20,
)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("CORE", 0),
        ("CPU", 4 * 50 + 10),
        ("DATA", 700 * MIB),
        ("AS", (700 + 4096) * MIB),
        ("FSIZE", 4 * MIB),
        ("NOFILE", 64),
        ("MEMLOCK", 0),
    ],
)
def test_the_system_holds_it_to_its_limits_for_good(start, name, most):
    run = start(SMALL).execute(f"import resource; resource.getrlimit(resource.RLIMIT_{name})")
    assert value(run) == f"({most}, {most})"


def test_there_is_no_way_back_up(start):
    source = "import resource; resource.setrlimit(resource.RLIMIT_DATA, (-1, -1))"
    assert "Error" in error(start(SMALL).execute(source))


def test_the_files_of_its_folder_are_counted(start):
    run = start(SMALL).execute("for i in range(99): open(f'f{i}', 'w').close()")
    assert "No space left" in error(run)
    kernel = start(SMALL)
    assert kernel.execute("for i in range(30): open(f'f{i}', 'w').close()").ended == "ok"


def test_its_open_files_are_counted(start):
    kernel = start(SMALL)
    kernel.execute(
        "import os\n"
        "kept, said = [], ''\n"
        "try:\n    while len(kept) < 99: kept.append(os.dup(0))\n"
        "except OSError as refused: said = refused.strerror\n"
        "for one in kept: os.close(one)"
    )
    assert value(kernel.execute("said")) == "'Too many open files'"


def test_its_threads_are_counted(start):
    sleeper = (
        "import threading, time\n"
        "for _ in range({}): threading.Thread(target=time.sleep, args=[600], daemon=True).start()\n"
        "time.sleep(50)"
    )
    run = start(SMALL).execute(sleeper.format(60))
    assert (run.ended, run.alive) == ("died", False)


@pytest.mark.parametrize("flags", ["MAP_SHARED | mmap.MAP_ANONYMOUS", "MAP_PRIVATE | 0x120"])
def test_memory_that_no_limit_counts_is_not_given(start, flags):
    """Shared without a file, and stacks that grow by themselves."""
    source = f"import mmap; memory = mmap.mmap(-1, 1 << 20, flags=mmap.{flags})"
    assert "Error" in error(start(SMALL).execute(source))


def test_an_output_costs_something_however_small_it_is(start):
    kernel = start(Limits(kept_bytes=50_000))
    kernel.execute("import sys; send = sys.modules['autograder.sandbox.shell'].OUTBOX.send")
    run = kernel.execute("for _ in range(1000): send(0)")
    assert (run.ended, run.whole) == ("ok", False)
    assert len(run.outputs) <= 500


def test_an_output_that_is_no_bytes_ends_its_notebook(start):
    """Of a number, ``bytes`` would make as many zeros in the grader's memory."""
    kernel = start()
    kernel.execute(
        "import sys; ours = sys.modules; send = ours['autograder.wire.protocol'].Connection.send"
    )
    kernel.execute("socket = ours['autograder.sandbox.shell'].OUTBOX.connection")
    source = "send(socket, ours['autograder.wire.protocol'].Message('output', {'json': 1 << 40}))"
    run = kernel.execute(source)
    assert (run.ended, run.alive) == ("died", False)


def test_its_signals_reach_nobody_else(start):
    """A process group is killed through pid namespaces: a notebook has one of its own."""
    other = start()
    assert start().execute("import os, signal; os.killpg(0, signal.SIGKILL)").ended == "died"
    assert value(other.execute("1")) == "1"
    assert all(process.poll() is None for process in servers._processes)
