"""El filtro de llamadas al sistema: lo que Python y NumPy necesitan, y nada más.

Es una lista de lo permitido: una llamada que no está aquí responde ENOSYS, como si el núcleo no la
tuviera. Un cuaderno no crea procesos (solo hilos), no ejecuta programas, no abre sockets de red, no
monta, no traza, no toca espacios de nombres. Ni retiene nada de la máquina que otro espere, como un
archivo arrendado o bloqueado.
"""

from __future__ import annotations

import errno
import fcntl
import socket

import pyseccomp as seccomp

CLONE_THREAD = 0x00010000
# New namespaces of any kind, and a descriptor of the new thread.
CLONE_NEW = 0x7E020000 | 0x00000080 | 0x00001000
MAP_SHARED, MAP_ANONYMOUS, MAP_GROWSDOWN, MAP_HUGETLB = 0x01, 0x20, 0x100, 0x40000
O_ASYNC = 0o20000
_INT = 0xFFFFFFFF  # what the kernel reads of an argument that is an int


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FILES = _names("""
    access chdir chmod close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2
    fallocate fchdir fchmod fchmodat fchmodat2 fstat fstatfs
    ftruncate futimesat getcwd getdents getdents64 getxattr fgetxattr lgetxattr link linkat
    listxattr flistxattr llistxattr lseek lstat mkdir mkdirat newfstatat open openat openat2 pread64
    preadv preadv2 pwrite64 pwritev pwritev2 read readlink readlinkat readv rename
    renameat renameat2 rmdir sendfile stat statfs statx symlink symlinkat
    truncate umask unlink unlinkat utime utimensat utimes write writev
""")

_MEMORY_AND_TIME = _names("""
    alarm brk clock_getres clock_gettime clock_nanosleep getitimer gettimeofday
    mprotect mremap munmap nanosleep setitimer time timerfd_create
    timerfd_gettime timerfd_settime times pkey_alloc pkey_free pkey_mprotect
""")

_PROCESS = _names("""
    arch_prctl capget exit exit_group futex futex_waitv get_mempolicy get_robust_list
    set_robust_list getcpu getegid geteuid getgid getgroups getpgid getpgrp getpid getppid
    getpriority getrandom getresgid getresuid getrlimit getrusage getsid gettid getuid pause
    restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
    rt_sigsuspend rt_sigtimedwait sched_getaffinity sched_get_priority_max sched_get_priority_min
    sched_getattr sched_getparam sched_getscheduler sched_setaffinity sched_yield
    set_tid_address sigaltstack sysinfo tgkill tkill kill uname wait4 waitid
""")

_WAITING = _names("""
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2
    pipe pipe2 poll ppoll pselect6 select
""")

# Only on sockets that already exist: the two that reach the grader and the judge, and pairs. Not
# sendmsg and recvmsg, which carry descriptors.
_SOCKETS = _names("getpeername getsockname recvfrom sendto shutdown")

ALLOWED = (*_FILES, *_MEMORY_AND_TIME, *_PROCESS, *_WAITING, *_SOCKETS)

# Answered with a success that does nothing. A notebook is one process and its folder lives in
# memory: there is nobody to lock out and no disk to wait for. On the files that it shares with the
# machine they would act: locks on their inodes (and memory of the kernel for each), disks flushed,
# what others will read dropped from memory.
ANSWERED = _names("fadvise64 fdatasync flock fsync msync readahead sync sync_file_range")

# By number: older Pythons do not name them all. Of locks, to ask for them is harmless.
_DUPFD_QUERY, _OFD_GETLK, _OFD_SETLK, _OFD_SETLKW = 1027, 36, 37, 38
FCNTL_ALLOWED = (
    fcntl.F_DUPFD,
    fcntl.F_DUPFD_CLOEXEC,
    fcntl.F_GETFD,
    fcntl.F_SETFD,
    fcntl.F_GETFL,
    fcntl.F_GETLK,
    1032,  # F_GETPIPE_SZ
    _DUPFD_QUERY,
    _OFD_GETLK,
)
FCNTL_ANSWERED = (fcntl.F_SETLK, fcntl.F_SETLKW, _OFD_SETLK, _OFD_SETLKW)

# What a process says of its own pages; not to push shared ones out of memory (COLD, PAGEOUT), nor
# to have equal ones looked for in others (MERGEABLE), nor to break them.
MADVISE_ALLOWED = (
    *range(5),  # NORMAL RANDOM SEQUENTIAL WILLNEED DONTNEED
    *(8, 10, 11),  # FREE DONTFORK DOFORK
    *range(14, 20),  # HUGEPAGE NOHUGEPAGE DONTDUMP DODUMP WIPEONFORK KEEPONFORK
    *(102, 103),  # GUARD_INSTALL GUARD_REMOVE: newer glibc, for the stacks of threads
)
# SO_TYPE SO_ERROR SO_SNDBUF SO_RCVBUF SO_ACCEPTCONN SO_PROTOCOL SO_DOMAIN
GETSOCKOPT_ALLOWED = (3, 4, 7, 8, 30, 38, 39)
# Terminal queries (isatty) and the non-blocking flag, not the tricks of other devices.
IOCTL_ALLOWED = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# Names of threads and the like; never seccomp, ptrace or dumpable settings.
PRCTL_ALLOWED = (15, 16)


def build_filter() -> seccomp.SyscallFilter:
    """The filter, ready; its ``load()`` installs it for good and sets ``no_new_privs``."""
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    rules.set_attr(seccomp.Attr.CTL_TSYNC, 1)
    rules.set_attr(seccomp.Attr.CTL_NNP, 1)
    done = seccomp.ERRNO(0)
    for action, names in ((seccomp.ALLOW, ALLOWED), (done, ANSWERED)):
        for name in names:
            try:
                rules.add_rule(action, name)
            except (ValueError, OSError):
                # Not a system call of this architecture or of this libseccomp: it stays refused.
                continue
    threads_only = seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD | CLONE_NEW, CLONE_THREAD)
    rules.add_rule(seccomp.ALLOW, "clone", threads_only)
    rules.add_rule(
        seccomp.ERRNO(errno.EPERM), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, 0)
    )
    # RLIMIT_DATA counts neither shared memory without a file nor stacks that grow by themselves;
    # huge pages are taken from the few that the machine has set apart.
    for refused in (MAP_SHARED, MAP_ANONYMOUS):
        bits = refused | MAP_GROWSDOWN | MAP_HUGETLB
        rules.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(3, seccomp.MASKED_EQ, bits, 0))
    rules.add_rule(seccomp.ALLOW, "socketpair", seccomp.Arg(0, seccomp.EQ, int(socket.AF_UNIX)))
    _by_number(rules, seccomp.ALLOW, "fcntl", 1, FCNTL_ALLOWED)
    _by_number(rules, done, "fcntl", 1, FCNTL_ANSWERED)
    no_signals = seccomp.Arg(2, seccomp.MASKED_EQ, O_ASYNC, 0)
    rules.add_rule(seccomp.ALLOW, "fcntl", _is(1, fcntl.F_SETFL), no_signals)
    _by_number(rules, seccomp.ALLOW, "madvise", 2, MADVISE_ALLOWED)
    _by_number(rules, seccomp.ALLOW, "getsockopt", 2, GETSOCKOPT_ALLOWED, _is(1, socket.SOL_SOCKET))
    _by_number(rules, seccomp.ALLOW, "ioctl", 1, IOCTL_ALLOWED)
    _by_number(rules, seccomp.ALLOW, "prctl", 0, PRCTL_ALLOWED)
    rules.add_rule(seccomp.ALLOW, "prlimit64", seccomp.Arg(2, seccomp.EQ, 0))
    for name in ("fork", "vfork", "execve", "execveat", "socket", "connect", "bind"):
        rules.add_rule(seccomp.ERRNO(errno.EPERM), name)
    return rules


def _is(index: int, value: int) -> seccomp.Arg:
    return seccomp.Arg(index, seccomp.MASKED_EQ, _INT, value)


def _by_number(
    rules: seccomp.SyscallFilter,
    action: int,
    name: str,
    index: int,
    values: tuple[int, ...],
    *also: seccomp.Arg,
) -> None:
    """A rule for each value that an argument may have."""
    for value in values:
        rules.add_rule(action, name, _is(index, value), *also)
