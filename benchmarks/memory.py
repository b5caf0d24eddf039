"""How much memory a process and its children hold, as Linux tells it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple


class Memory(NamedTuple):
    """In megabytes (10**6 bytes); all 0 where the system does not tell."""

    resident: float = 0.0
    """Of the process, now."""
    peak: float = 0.0
    """The most that the process ever held."""
    tree: float = 0.0
    """Of the process and all below it, now; shared pages count once for each."""


def memory_of(pid: int) -> Memory:
    """What a process holds."""
    tree = sum(_status(each, "VmRSS:") for each in [pid, *descendants(pid)])
    return Memory(_status(pid, "VmRSS:"), _status(pid, "VmHWM:"), tree)


def descendants(pid: int) -> list[int]:
    """The children of a process, theirs and so on; none where the system does not tell."""
    found: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += [child, *descendants(child)]
    return found


def command_of(pid: int) -> bytes:
    """The command line of a process; empty where the system does not tell, or it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _status(pid: int, field: str) -> float:
    """A size from the status of a process; the kernel counts in units of 1,024 bytes."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
