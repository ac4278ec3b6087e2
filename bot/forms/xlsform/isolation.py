"""Converting a stranger's file in a child process that has little time, memory and nothing else."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping

from bot.forms.xlsform import limits, wire
from bot.forms.xlsform.result import Code, Converted, FormRefused, Problem
from bot.forms.xlsform.sizes import refuse_sizes

# Not our environment: it may hold secrets.
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR")


def convert(content: bytes, filename: str, beside: Mapping[str, bytes] | None = None) -> Converted:
    """Read an XLSForm: .xlsx, .xls, .csv or .md.

    The file is read and converted in a child process with limits on time, memory and size
    (`limits`); it gets the files by a pipe and writes none. This blocks, for half a second as a
    rule and for `limits.WALL_SECONDS` at most: call it outside the event loop.

    Args:
        content: the form.
        filename: its name; without its suffix it is the form's id, if the settings name none.
        beside: files that come with it, by name: choices and tables in .csv, pictures, sounds.

    Raises:
        FormRefused: there are errors; with all that were found.
    """
    beside = beside or {}
    refuse_sizes(content, beside)
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module
            [
                *(sys.executable, "-P", "-B", "-m", "bot.forms.xlsform"),
                *map(str, (limits.CPU_SECONDS, limits.MEMORY_BYTES, limits.RESULT_BYTES)),
            ],
            input=wire.request(content, filename, beside),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback may hold what people wrote
            timeout=limits.WALL_SECONDS,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FormRefused([Problem(Code.TOO_HEAVY)]) from None
    if child.returncode < 0:  # the system stopped it at a limit
        raise FormRefused([Problem(Code.TOO_HEAVY)])
    answer = wire.answer(child.stdout) if child.returncode == 0 else None
    if answer is None:  # the form breaks our own code
        raise FormRefused([Problem(Code.NOT_CONVERTED)])
    if isinstance(answer, tuple):
        raise FormRefused(answer)
    return wire.with_files(answer, beside)


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
