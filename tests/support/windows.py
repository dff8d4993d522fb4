"""Run first in a process: takes away from it what Python lacks on Windows."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import socket
import subprocess
import sys

ABSENT = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "crypt", "spwd", "syslog")
NO_OS = (
    "fork forkpty register_at_fork setsid getuid geteuid getgid getpgid killpg sysconf pread "
    "pwrite O_NOFOLLOW O_NONBLOCK O_DIRECTORY O_PATH set_blocking sched_getaffinity mkfifo chown "
    "pipe2 posix_spawn memfd_create wait4 WNOHANG"
)
NO_SIGNAL = "SIGKILL SIGCHLD SIGALRM SIGUSR1 SIGHUP setitimer alarm pthread_kill sigwait"
# What others load here needs those when it is loaded, and not after.
KEPT = "ctypes multiprocessing.context random selectors tempfile threading uuid numpy "
KEPT += "platformdirs.unix"
REAL_POPEN = subprocess.Popen
PRELUDE = (
    "import sys, runpy; sys.path.insert(0, {here!r}); import windows; sys.path.pop(0); "
    "windows.pretend(); runpy.run_module('autograder.checks.judge_server', run_name='__main__')"
)
STARTED: list[dict] = []


class Popen(REAL_POPEN):
    """Refuses what Windows' refuses; the children that it starts are Windows' too."""

    def __init__(self, args, **options):
        if options.pop("pass_fds", ()):
            raise AssertionError("pass_fds not supported on Windows.")
        if options.pop("preexec_fn", None) or options.pop("start_new_session", False):
            raise ValueError("preexec_fn is not supported on Windows platforms")
        STARTED.append(dict(options))
        assert options.pop("creationflags", 0) == 0x08000200, "it would share Ctrl-C or a window"
        if args[1:] == ["-I", "-m", "autograder.checks.judge_server"]:
            prelude = PRELUDE.format(here=os.path.dirname(__file__))
            args = [args[0], "-I", "-c", prelude]
        super().__init__(args, **options)

    def kill(self):
        if self.poll() is None:
            os.kill(self.pid, 9)


def pretend() -> None:
    for module in KEPT.split():
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    sys.modules.update(dict.fromkeys(ABSENT))
    for module, names in ((os, NO_OS), (signal, NO_SIGNAL), (socket, "send_fds recv_fds")):
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    subprocess.CREATE_NEW_PROCESS_GROUP, subprocess.CREATE_NO_WINDOW = 0x200, 0x08000000
    subprocess.Popen = Popen


def pretend_platform() -> None:
    """Last, when all that looks at it on import is loaded."""
    sys.platform = "win32"
