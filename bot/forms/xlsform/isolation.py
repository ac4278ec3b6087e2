"""What a process may do that reads a stranger's file: little, and it knows nothing of us."""

import contextlib
import os
import sys

# Not our environment: it may hold secrets.
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR")


def environment() -> dict[str, str]:
    """What a child process that reads strangers' files knows of the outside."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # The child finds our modules where we found them; -P keeps the working folder out.
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def limit_ourselves(cpu: int, memory: int) -> None:
    """Take from this process what it could harm the machine with, as far as the system can.

    Args:
        cpu: seconds of work.
        memory: bytes of address space.
    """
    with contextlib.suppress(ImportError):  # Windows has only the parent's clock
        import resource

        for what, limit in (
            (resource.RLIMIT_CPU, cpu),
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # macOS does not limit memory
                resource.setrlimit(what, (limit, limit))
