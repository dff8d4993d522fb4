"""Las paredes del recinto: bubblewrap las levanta y un proceso ya cargado entra en ellas.

Bubblewrap starts ``sleep`` inside new namespaces and holds them open; a process forked from a warm
server joins by ``setns``. So a notebook gets a fresh sandbox without starting Python again.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ..common.limits import Limits
from .packages_mount import all_but_own, only_allowed

WORK = "/tarea"  # the notebook's private folder, as it sees it
ENTREGA = "/entrega"  # the files of the submission, read-only

_CLONE_NEW = {
    "ipc": 0x08000000,
    "mnt": 0x00020000,
    "net": 0x40000000,
    "pid": 0x20000000,
    "user": 0x10000000,
    "uts": 0x04000000,
}
# There is no /proc inside (it is the way to most escapes). TensorFlow asks these how many
# processors there are, and /proc/self/exe, a plain link here, which program it is in.
_PLAIN_FILES = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
)
_PR_CAPBSET_DROP, _PR_SET_DUMPABLE = 24, 4
_MS_NOSUID_NODEV_NOEXEC_REMOUNT = 2 | 4 | 8 | 32
_MS_READ_ONLY_NOSUID_NOEXEC_REMOUNT_BIND = 1 | 2 | 8 | 32 | 4096
_DEVICES = ("null", "random", "urandom")
_LIBC = ctypes.CDLL(None, use_errno=True)
BUILD_SECONDS = 90.0  # As a rule a hundredth of one; whoever asked for it waits a little longer.
_TRIES = 3  # where somebody kills bubblewrap while it builds


class SandboxError(RuntimeError):
    """The walls could not be raised; ``args[0]`` says why, in Spanish."""


class _Killed(Exception):
    """Somebody killed bubblewrap before there were any walls."""


def _system(empty: Path) -> list[str]:
    """What every Python needs of the machine, read-only."""
    arguments: list[str] = []
    for path in ("/usr/lib", "/usr/lib64", "/lib", "/lib64"):
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            arguments += ["--ro-bind", path, path]
    # Other packages of the machine's own Python are nobody's business.
    if os.path.isdir("/usr/lib/python3"):
        arguments += ["--ro-bind", str(empty), "/usr/lib/python3"]
    for path in _PLAIN_FILES:
        if os.path.exists(path):
            arguments += ["--ro-bind", path, path]
    return arguments


def _python(empty: Path) -> list[str]:
    """This interpreter, without any package."""
    arguments: list[str] = []
    cover = ("--ro-bind", str(empty))
    for folder in sorted({sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}):
        if not folder.startswith("/usr/lib/"):
            arguments += ["--ro-bind", folder, folder]
        inner = os.path.join(folder, "site-packages")
        if os.path.isdir(inner):
            arguments += [*cover, inner]
    library_folder = sysconfig.get_config_var("LIBDIR") or ""
    if not library_folder.startswith("/usr/lib"):
        for library in Path(library_folder).glob("libpython*.so*"):
            arguments += ["--ro-bind", str(library), str(library)]
    return arguments


def readable(own_implementation: bool, folder: Path) -> list[str]:
    """bwrap's arguments for all that a notebook may read: the system's libraries and Python.

    Parameters
    ----------
    own_implementation : bool
        Whether there are only the packages that one's own implementation is written with.
    folder : Path
        A folder of ours that lives as long as the sandboxes: nothing of it can be changed in them.
    """
    empty, views = folder / "nada", folder / "paquetes"
    # Debian's own packages lie a folder deeper than what is covered of them.
    (empty / "dist-packages").mkdir(parents=True)
    views.mkdir()
    seen = only_allowed(views) if own_implementation else all_but_own(empty)
    return _system(empty) + _python(empty) + seen


class Walls:
    """New namespaces, held open by ``sleep`` until :meth:`close`.

    Parameters
    ----------
    binds : list of str
        bwrap's arguments for what may be read.
    limits : Limits
    folder : Path, optional
        A folder that the notebook may read.
    """

    def __init__(self, binds: list[str], limits: Limits, folder: Path | None = None) -> None:
        sleep = shutil.which("sleep")
        bwrap = shutil.which("bwrap")
        if not bwrap or not sleep:
            raise SandboxError(
                "falta bubblewrap; en Debian o Ubuntu: sudo apt-get install bubblewrap"
            )
        options = [
            "--unshare-all", "--die-with-parent", "--as-pid-1", "--new-session",
            "--clearenv", "--uid", "65534", "--gid", "65534", "--hostname", "cuaderno",
            *binds,
            # No /dev/zero: mapped shared, it is memory that no limit counts.
            "--dir", "/dev",
            *(arg for name in _DEVICES
              for arg in ("--dev-bind", f"/dev/{name}", f"/dev/{name}")),
            # Locks between processes are files here; alone as it is, threads use them too.
            "--symlink", WORK, "/dev/shm",
            "--ro-bind", sleep, "/sleep",
            "--size", str(limits.folder_bytes), "--tmpfs", WORK,
            *(("--ro-bind", str(folder), ENTREGA) if folder else ("--dir", ENTREGA)),
            "--symlink", "/sleep", "/proc/self/exe",
            "--remount-ro", "/",
            "--chdir", WORK,
            "/sleep", "infinity",
        ]  # fmt: skip
        for left in reversed(range(_TRIES)):
            try:
                self.pid = self._built(bwrap, options)
                return
            except _Killed:
                if not left:
                    raise SandboxError("algo mata a bubblewrap mientras crea el recinto") from None

    def _built(self, bwrap: str, options: Sequence[str]) -> int:
        """The holder's pid; :class:`_Killed` where somebody kills it on its way."""
        status, child_status = os.pipe()
        self._process = subprocess.Popen(
            [bwrap, "--json-status-fd", str(child_status), *options],
            pass_fds=[child_status],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        os.close(child_status)
        try:
            return self._wait_for_sleep(status)
        finally:
            os.close(status)

    def _wait_for_sleep(self, status: int) -> int:
        """The holder's pid, once it has become ``sleep``: joining earlier would race with bwrap."""
        line = b""
        while not line.endswith(b"\n") and (piece := os.read(status, 4096)):
            line += piece
        if not line:
            raise self._failed()
        pid = int(json.loads(line)["child-pid"])
        deadline = time.monotonic() + BUILD_SECONDS
        while (name := _command(pid)) != "sleep":
            if name is None or self._process.poll() is not None:
                raise self._failed()
            if time.monotonic() > deadline:
                with suppress(OSError):  # It may not have come to die with its parent.
                    os.kill(pid, signal.SIGKILL)
                self.close()
                raise SandboxError(
                    f"bubblewrap no acaba de crear el recinto en {BUILD_SECONDS:g} s: la máquina "
                    "va demasiado lenta, o su disco no responde"
                )
            time.sleep(0.0005)
        return pid

    def _failed(self) -> Exception:
        """Why bubblewrap ended before there was anything to join."""
        _, noise = self._process.communicate()
        code = self._process.returncode
        if code < 0 or code > 128:  # Itself, or who it was waiting for.
            return _Killed()
        detail = " ".join(noise.decode(errors="replace").split())[-200:]
        return SandboxError(f"bubblewrap no puede crear el recinto en esta máquina ({detail})")

    def close(self) -> None:
        """End every process inside, whatever it does: the first one of a pid namespace dies."""
        self._process.kill()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()


def _command(pid: int) -> str | None:
    """What a process runs; None where it has gone."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return None


def join(holder: int) -> None:
    """Move this (single-threaded) process into the holder's namespaces; its children live there."""
    descriptor = os.pidfd_open(holder)
    try:
        flags = 0
        for flag in _CLONE_NEW.values():
            flags |= flag
        if _LIBC.setns(descriptor, flags) != 0:
            code = ctypes.get_errno()
            raise SandboxError(f"no se pudo entrar en el recinto ({os.strerror(code)})")
    finally:
        os.close(descriptor)
    os.chdir(WORK)
    for name in _DEVICES:
        _keep_as_it_is(f"/dev/{name}")


def _keep_as_it_is(device: str) -> None:
    """Let a device be read and written, and nothing of it be changed: it is the machine's own.

    For a grader who is root, mode and times of ``/dev/null`` would be the notebook's to set. bwrap
    itself makes a device read-only only together with ``nodev``, and then it cannot be opened.
    """
    flags = _MS_READ_ONLY_NOSUID_NOEXEC_REMOUNT_BIND
    if _LIBC.mount(None, device.encode(), None, flags, None) != 0:
        code = ctypes.get_errno()
        raise SandboxError(f"no se pudo proteger {device} ({os.strerror(code)})")


def bound_folder(limits: Limits) -> None:
    """Bound how many files the notebook's folder holds: an empty one costs memory all the same.

    Nothing of it can be run: a compiled library would be somebody else's work.
    """
    options = f"size={limits.folder_bytes},nr_inodes={limits.folder_files}".encode()
    flags = _MS_NOSUID_NODEV_NOEXEC_REMOUNT
    if _LIBC.mount(b"tmpfs", WORK.encode(), b"tmpfs", flags, options) != 0:
        code = ctypes.get_errno()
        raise SandboxError(f"no se pudo limitar la carpeta del recinto ({os.strerror(code)})")


def drop_privileges() -> None:
    """Give up every capability that joining a user namespace gave."""
    for capability in range(64):
        if _LIBC.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this thread
    nothing = (ctypes.c_uint32 * 6)()
    if _LIBC.capset(header, nothing) != 0:
        raise SandboxError("no se pudieron soltar las capacidades del proceso")
    # Others of the same user, in the same namespaces, cannot look into it.
    _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
