"""De lo que un cuaderno toca de la máquina, nada puede retener mientras otro espera.

Its read-only files are the machine's own inodes, and belong to the user who grades: what can be
held on an inode, on a device or of what a user may have, is tried here one by one.
"""

from __future__ import annotations

import ast
import fcntl
import os
import platform
import tempfile
from pathlib import Path

import pytest
from inside import error, run_inside, value

from autograder.sandbox.flavours import KERAS
from autograder.sandbox.seccomp import ALLOWED, ANSWERED

NATIVE_NUMBERS = pytest.mark.skipif(
    platform.machine() != "x86_64", reason="los números son de x86-64"
)
SHARED_FILE = "shared = open(os.__file__)"  # the standard library, as every notebook has it


def refusal(start, call: str) -> str:
    return error(start().execute(f"import fcntl, os\n{SHARED_FILE}\n{call}"))


@pytest.mark.parametrize(
    "command",
    {
        "F_SETLEASE, write": "fcntl.F_SETLEASE, fcntl.F_WRLCK",
        "F_SETLEASE, read": "fcntl.F_SETLEASE, fcntl.F_RDLCK",
        "F_SETDELEG": "1040, fcntl.F_RDLCK",
        "F_NOTIFY": "fcntl.F_NOTIFY, fcntl.DN_ACCESS | fcntl.DN_MULTISHOT",
        "F_SETOWN": "fcntl.F_SETOWN, os.getpid()",
        "F_SETOWN_EX": "15, bytes(8)",
        "F_SETSIG": "fcntl.F_SETSIG, 9",
        "F_SETFL with O_ASYNC": "fcntl.F_SETFL, os.O_ASYNC",
        "F_SETPIPE_SZ": "1031, 1 << 20",
        "F_ADD_SEALS": "1033, 1",
        "F_SET_RW_HINT": "1036, bytes(8)",
    }.items(),
    ids=lambda command: command[0],
)
def test_no_command_of_fcntl_holds_a_file_of_the_machine(start, command):
    assert "Function not implemented" in refusal(start, f"fcntl.fcntl(shared, {command[1]})")


def test_a_file_of_the_machine_is_not_leased_from_inside(start, tmp_path):
    """The attack of the fault: the lease, and an honest opening that would wait for its end."""
    (tmp_path / "datos.txt").write_text("hola")
    kernel = start(folder=tmp_path)
    asked = "import fcntl; f = open('/entrega/datos.txt'); fcntl.fcntl(f, fcntl.F_SETLEASE, 1)"
    assert "Function not implemented" in error(kernel.execute(asked))
    descriptor = os.open(tmp_path / "datos.txt", os.O_WRONLY | os.O_NONBLOCK)
    os.close(descriptor)


LOCKS = {
    "flock": "fcntl.flock(f, fcntl.LOCK_EX)",
    "lockf": "fcntl.lockf(f, fcntl.LOCK_SH)",
    "open file description": "fcntl.fcntl(f, 37, struct.pack('hhqqi4x', 0, 0, 0, 0, 0))",
}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_a_lock_inside_says_yes_and_locks_nobody_out(start, tmp_path, lock):
    (tmp_path / "datos.txt").write_text("hola")
    kernel = start(folder=tmp_path)
    kernel.execute("import fcntl, struct; f = open('/entrega/datos.txt')")
    assert kernel.execute(lock).ended == "ok"
    with open(tmp_path / "datos.txt", "r+") as outside:
        fcntl.flock(outside, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.lockf(outside, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_locks_are_no_memory_that_no_limit_counts(start):
    """Each range of a record lock would take some 200 bytes of the kernel's."""
    source = (
        "import fcntl, os\nf = open('mio', 'w')\n"
        "for n in range(2000): fcntl.lockf(f, fcntl.LOCK_EX, 1, 2 * n)\n"
    )
    before = locks_of_the_machine()
    assert start().execute(source).ended == "ok"
    assert locks_of_the_machine() - before < 1000


def locks_of_the_machine() -> int:
    return len(Path("/proc/locks").read_text().splitlines())


# On its own files they would have nothing to do: its folder lives in memory.
FLUSHES = {
    "fsync": (74, "fd"),
    "fdatasync": (75, "fd"),
    "sync_file_range": (277, "fd, 0, 0, 7"),
    "fadvise64, DONTNEED": (221, "fd, 0, 0, 4"),
    "readahead": (187, "fd, 0, 1 << 30"),
}


@NATIVE_NUMBERS
@pytest.mark.parametrize("call", FLUSHES.values(), ids=FLUSHES)
def test_disks_and_their_memory_are_left_alone(start, call):
    """Of a descriptor that is not open the system itself would complain: this is not its answer."""
    number, arguments = call
    source = (
        "import ctypes; c = ctypes.CDLL(None, use_errno=True); fd = 200;"
        f"c.syscall({number}, {arguments})"
    )
    assert value(start().execute(source)) == "0"


def test_nor_are_all_disks_flushed_at_once():
    """``sync`` has no answer but 0, so what it does shows only here."""
    assert "sync" in ANSWERED
    assert "sync" not in ALLOWED


# What no notebook needs, and holds or spends what belongs to everybody.
REFUSED = {
    "inotify_init1": (294, "0"),  # 128 for all that a user runs
    "inotify_add_watch": (254, "3, b'/usr/lib', 2"),
    "timer_create": (222, "0, 0, 0"),  # each takes one of the user's pending signals
    "mincore": (27, "0, 4096, 0"),  # what others have read lately
    "mlock": (149, "0, 4096"),
    "membarrier": (324, "1, 0, 0"),  # interrupts every processor
    "setpgid": (109, "0, 0"),
    "setsockopt": (54, "3, 1, 26, 0, 0"),  # programs of its own in the kernel's sockets
    "splice": (275, "0, 0, 1, 0, 1, 0"),
    "tee": (276, "0, 1, 1, 0"),
    "syncfs": (306, "0"),
    "getsockopt, SO_PEERPIDFD": (55, "3, 1, 77, 0, 0"),  # a handle of the grader's process
    "prctl, PR_SET_TIMERSLACK": (157, "29, 1"),
    "ioctl, FIOASYNC": (16, "3, 0x5452, 0"),
    "madvise, PAGEOUT": (28, "0, 4096, 21"),
    "madvise, COLD": (28, "0, 4096, 20"),
    "madvise, MERGEABLE": (28, "0, 4096, 12"),
    "madvise, REMOVE": (28, "0, 4096, 9"),
    "madvise, HWPOISON": (28, "0, 4096, 100"),
    "mmap, huge pages of the machine": (9, "0, 1 << 21, 3, 0x40022, -1, 0"),
    "clone, a thread in a new network": (56, "0x40010F00, 0, 0, 0, 0"),
}


@NATIVE_NUMBERS
@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED)
def test_what_belongs_to_everybody_is_refused(start, call):
    number, arguments = call
    source = (
        "import ctypes; c = ctypes.CDLL(None, use_errno=True);"
        f"(c.syscall({number}, {arguments}), ctypes.get_errno())"
    )
    assert value(start().execute(source)) == "(-1, 38)"


@pytest.mark.parametrize("deed", ["os.chmod({0!r}, 0o666)", "os.utime({0!r})"])
@pytest.mark.parametrize("device", ["/dev/null", "/dev/random", "/dev/urandom"])
def test_a_device_of_the_machine_is_used_and_not_changed(start, device, deed):
    """A grader who is root owns them: a notebook could close /dev/null to the whole machine."""
    before = os.stat(device)
    assert "Read-only" in error(start().execute("import os; " + deed.format(device)))
    assert (os.stat(device).st_mode, os.stat(device).st_mtime) == (before.st_mode, before.st_mtime)


def test_signals_that_wait_are_few(start):
    """They count for the user who grades, with all else that this user runs."""
    run = start().execute("import resource; resource.getrlimit(resource.RLIMIT_SIGPENDING)")
    assert ast.literal_eval(value(run)) == (64, 64)


# --- honest work -----------------------------------------------------------------------------

HONEST = {
    "numpy on its threads": (
        "import numpy as np, threading\n"
        "done = []\n"
        "work = lambda: done.append(float((np.ones((300, 300)) @ np.ones((300, 300))).sum()))\n"
        "threads = [threading.Thread(target=work) for _ in range(8)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
        "assert done == [2.7e7] * 8"
    ),
    "figures saved": (
        "import matplotlib.pyplot as plt, os\n"
        "plt.plot([1, 2]); plt.savefig('f.png'); plt.savefig('f.pdf')\n"
        "assert os.path.getsize('f.png') > 1000"
    ),
    "temporary files, flushed and locked": (
        "import fcntl, os, tempfile\n"
        "with tempfile.NamedTemporaryFile('w+') as file, tempfile.TemporaryDirectory() as folder:\n"
        "    file.write('hola'); file.flush(); os.fsync(file.fileno())\n"
        "    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "    file.seek(0); assert file.read() == 'hola'"
    ),
    "copies and moves": (
        "import os, shutil\n"
        "open('a', 'wb').write(bytes(1 << 20)); shutil.copy2('a', 'b'); shutil.move('b', 'c')\n"
        "assert os.path.getsize('c') == 1 << 20"
    ),
    "a database": (
        "import sqlite3\n"
        "base = sqlite3.connect('b.db')\n"
        "with base: base.execute('create table t (n)'); base.execute('insert into t values (7)')\n"
        "assert base.execute('select n from t').fetchall() == [(7,)]"
    ),
    "memory maps": (
        "import numpy as np\n"
        "m = np.memmap('m', mode='w+', shape=9, dtype='i4'); m[:] = 7; m.flush(); del m\n"
        "assert np.memmap('m', mode='r', dtype='i4').sum() == 63"
    ),
    "an event loop with threads and pipes": (
        "import asyncio, os\n"
        "r, w = os.pipe(); os.set_blocking(r, False); os.write(w, b'x'); assert os.read(r, 1)\n"
        "async def work(): return await asyncio.to_thread(sum, range(10))\n"
        "assert await work() == 45"
    ),
    "a log beside it": (
        "import logging\n"
        "logging.basicConfig(filename='registro.log'); logging.warning('hola')\n"
        "assert 'hola' in open('registro.log').read()"
    ),
    "nothing thrown away": "import subprocess; open('/dev/null', 'w').write('x')",
}


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST)
def test_honest_work_notices_nothing(start, source):
    run = start().execute(source)
    assert run.ended == "ok", run.outputs


def test_honest_weights_are_saved_and_read_by_keras():
    """HDF5 locks what it opens."""
    printed = run_inside(
        KERAS,
        "import keras, numpy as np\n"
        "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"
        "model.compile('sgd', 'mse'); model.fit(np.ones((8, 4)), np.ones((8, 2)), verbose=0)\n"
        "model.save_weights('w.weights.h5'); model.save('m.keras')\n"
        "model.load_weights('w.weights.h5'); keras.models.load_model('m.keras')\n"
        "print('bien')",
    )
    assert printed.endswith("bien\n")


def test_the_scratch_of_this_test_can_be_locked_at_all():
    """Else the tests of locks would show nothing."""
    with tempfile.NamedTemporaryFile() as one, open(one.name) as other:
        fcntl.flock(one, fcntl.LOCK_EX)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)
