"""The event loops on which tests run: as the bot's, uvloop's where it exists."""

import asyncio
from typing import Any

try:
    from uvloop import Loop as Base
except ImportError:  # it is not built for this system
    from asyncio import SelectorEventLoop as Base


class Loop(Base):
    """Ends, before it closes, the processes that a failed test has left.

    A loop of uvloop waits for them with closing, for ever and deaf to every timeout.
    """

    def __init__(self) -> None:
        super().__init__()
        self._started: list[asyncio.SubprocessTransport] = []

    async def subprocess_exec(self, *args: Any, **more: Any) -> tuple[Any, Any]:
        """See AbstractEventLoop."""
        transport, protocol = await super().subprocess_exec(*args, **more)
        self._started.append(transport)
        return transport, protocol

    def close(self) -> None:
        """See AbstractEventLoop."""
        for transport in self._started:
            if transport.get_returncode() is None:
                transport.kill()
                self.run_until_complete(transport._wait())
        super().close()
