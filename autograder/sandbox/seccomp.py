"""El filtro de llamadas al sistema: lo que Python y NumPy necesitan, y nada más.

Es una lista de lo permitido: una llamada que no está aquí responde ENOSYS, como si el núcleo no la
tuviera. Un cuaderno no crea procesos (solo hilos), no ejecuta programas, no abre sockets de red, no
monta, no traza, no toca espacios de nombres.
"""

from __future__ import annotations

import errno
import socket

import pyseccomp as seccomp

CLONE_THREAD = 0x00010000
MAP_SHARED, MAP_ANONYMOUS, MAP_GROWSDOWN = 0x01, 0x20, 0x100


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FILES = _names("""
    access chdir chmod close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2
    fadvise64 fallocate fchdir fchmod fchmodat fchmodat2 fcntl fdatasync flock fstat fstatfs fsync
    ftruncate futimesat getcwd getdents getdents64 getxattr fgetxattr lgetxattr link linkat
    listxattr flistxattr llistxattr lseek lstat mkdir mkdirat newfstatat open openat openat2 pread64
    preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv rename
    renameat renameat2 rmdir sendfile splice stat statfs statx symlink symlinkat sync
    sync_file_range tee truncate umask unlink unlinkat utime utimensat utimes write writev
""")

_MEMORY_AND_TIME = _names("""
    alarm brk clock_getres clock_gettime clock_nanosleep getitimer gettimeofday madvise membarrier
    mincore mlock mprotect mremap msync munlock munmap nanosleep setitimer time
    timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create
    timerfd_gettime timerfd_settime times pkey_alloc pkey_free pkey_mprotect
""")

_PROCESS = _names("""
    arch_prctl capget exit exit_group futex futex_waitv get_mempolicy get_robust_list
    set_robust_list getcpu getegid geteuid getgid getgroups getpgid getpgrp getpid getppid
    getpriority getrandom getresgid getresuid getrlimit getrusage getsid gettid getuid pause
    restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
    rt_sigsuspend rt_sigtimedwait sched_getaffinity sched_get_priority_max sched_get_priority_min
    sched_getattr sched_getparam sched_getscheduler sched_setaffinity sched_yield setpgid
    set_tid_address sigaltstack sysinfo tgkill tkill kill uname wait4 waitid
""")

_WAITING = _names("""
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2
    inotify_add_watch inotify_init1 inotify_rm_watch pipe pipe2 poll ppoll pselect6 select
""")

# Only on sockets that already exist: the two that reach the grader and the judge, and pairs. Not
# sendmsg and recvmsg, which carry descriptors.
_SOCKETS = _names("""
    getpeername getsockname getsockopt recvfrom sendto setsockopt shutdown
""")

ALLOWED = (*_FILES, *_MEMORY_AND_TIME, *_PROCESS, *_WAITING, *_SOCKETS)


def build_filter() -> seccomp.SyscallFilter:
    """The filter, ready; its ``load()`` installs it for good and sets ``no_new_privs``."""
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    rules.set_attr(seccomp.Attr.CTL_TSYNC, 1)
    rules.set_attr(seccomp.Attr.CTL_NNP, 1)
    for name in ALLOWED:
        try:
            rules.add_rule(seccomp.ALLOW, name)
        except (ValueError, OSError):
            # Not a system call of this architecture or of this libseccomp: then it stays refused.
            continue
    threads_only = seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD)
    rules.add_rule(seccomp.ALLOW, "clone", threads_only)
    rules.add_rule(
        seccomp.ERRNO(errno.EPERM), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, 0)
    )
    # RLIMIT_DATA counts neither shared memory without a file nor stacks that grow by themselves.
    for uncounted in (MAP_SHARED | MAP_GROWSDOWN, MAP_ANONYMOUS | MAP_GROWSDOWN):
        rules.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(3, seccomp.MASKED_EQ, uncounted, 0))
    rules.add_rule(seccomp.ALLOW, "socketpair", seccomp.Arg(0, seccomp.EQ, int(socket.AF_UNIX)))
    # Terminal queries (isatty) and the non-blocking flag, not the tricks of other devices.
    for request in (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451):
        rules.add_rule(seccomp.ALLOW, "ioctl", seccomp.Arg(1, seccomp.EQ, request))
    # Names of threads and the like; never seccomp, ptrace or dumpable settings.
    for option in (15, 16):
        rules.add_rule(seccomp.ALLOW, "prctl", seccomp.Arg(0, seccomp.EQ, option))
    rules.add_rule(seccomp.ALLOW, "prlimit64", seccomp.Arg(2, seccomp.EQ, 0))
    for name in ("fork", "vfork", "execve", "execveat", "socket", "connect", "bind"):
        rules.add_rule(seccomp.ERRNO(errno.EPERM), name)
    return rules
