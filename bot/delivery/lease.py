"""Of several processes with one database, one does what must be done by one at a time."""

import contextlib
import os
import secrets
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import to_micros
from bot.db import Work
from bot.delivery.store import QUERIES

LENGTH = timedelta(seconds=6)
"""For how long a lease holds. Whoever has it renews it well before; another takes it over when it
has run out. The clocks of the machines must agree better than that."""


def _name() -> str:
    """Machine, process and a word of its own; a container counts as a machine."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name  # process numbers mean something in here
    except OSError:
        space = ""
    machine = f"{socket.gethostname()}/{space}".replace(":", "")
    return f"{machine}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Lease:
    """A named right that one process has at a time.

    Attributes:
        name: of the right.
        holder: of this process, unlike any other's.
    """

    name: str
    holder: str = field(default_factory=_name)

    async def take(self, work: Work, now: datetime) -> bool:
        """Take or renew it; False while another process has it.

        A holder on this machine whose process is gone has nothing more to say.
        """
        run = work.runner(QUERIES)
        for _ in range(2):
            taken = await run.take_lease(
                name=self.name,
                holder=self.holder,
                until=to_micros(now + LENGTH),
                now=to_micros(now),
            )
            if taken is not None:
                return True
            other = await run.lease_holder(name=self.name)
            if other is None or not _is_gone(other, self.holder):
                return False
            await run.end_lease(name=self.name, holder=other)
        return False

    async def end(self, work: Work) -> None:
        """Give it up, so that another process need not wait."""
        await work.runner(QUERIES).end_lease(name=self.name, holder=self.holder)


def _is_gone(holder: str, us: str) -> bool:
    """Whether the process of this name ran on this machine and has ended."""
    with contextlib.suppress(ValueError, OverflowError):
        host, pid, _ = holder.rsplit(":", 2)
        our_host, our_pid, _ = us.rsplit(":", 2)
        if host != our_host:
            return False
        if pid == our_pid:  # a container starts again with the same number
            return True
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
    return False
