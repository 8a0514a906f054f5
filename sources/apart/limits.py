"""What the child may use, and how it gives up all else. Pure but for the process it runs in."""

import ctypes
import os
import resource
import sys
from dataclasses import dataclass
from importlib.machinery import BuiltinImporter, FrozenImporter

_LINUX = sys.platform == "linux"
_PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h


@dataclass(frozen=True)
class Limits:
    """What one child may use; `seconds` on the clock are watched over by the parent."""

    memory: int = 1024 * 1024 * 1024  # bytes of address space
    computing: int = 25  # seconds of a processor, for each task
    seconds: float = 30.0  # for each task
    tasks: int = 2000  # before a fresh child takes over
    resident: int = 500 * 1024 * 1024  # bytes kept after a task before a fresh one takes over


class Memory:
    """The memory of this process, from a file that stays open when no other can be opened.

    Only Linux tells enough; elsewhere the memory in use is the most there ever was.
    """

    def __init__(self) -> None:
        self._status = os.open("/proc/self/status", os.O_RDONLY) if _LINUX else None

    def resident(self) -> int:
        """Bytes in use now."""
        if self._status is None:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return self._figure(self._status, b"VmRSS:")

    def most_addressed(self) -> int:
        """Bytes of address space at its largest so far; 0 where nobody knows."""
        return 0 if self._status is None else self._figure(self._status, b"VmPeak:")

    def _figure(self, status: int, name: bytes) -> int:
        """A line of proc_pid_status(5), in bytes."""
        lines = os.pread(status, 16_384, 0)
        return int(lines.partition(name)[2].split(maxsplit=1)[0]) * 1024


def shut_in(limits: Limits) -> None:
    """Give up files, sockets, processes and privileges, for good. Raises `RuntimeError`.

    With no descriptor to be had, nothing can be opened: no file, no socket, no folder. It takes
    no privilege, and a process without any cannot take it back.
    """
    # A library that tries for another one must hear that it is missing. Python would look into
    # each folder that has changed since, and fail to open it with an error nobody expects.
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter]
    if _LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _limit(resource.RLIMIT_AS, limits.memory)
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE):
        _limit(what, 0)
    try:
        os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return
    raise RuntimeError("files can still be opened")


def grant(computing: int) -> None:
    """Let this process compute for so many seconds more; then the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + computing
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = until if most == resource.RLIM_INFINITY else min(until, most)
    resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def _limit(what: int, value: int) -> None:
    """Set a limit for good; one that is lower already stays."""
    _, most = resource.getrlimit(what)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(what, (value, value))
