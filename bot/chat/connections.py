"""HTTP/1.1 connections to the one server that the bot talks to, kept open between calls.

For what a bot does all day: a small body, posted, and a small answer. aiohttp takes longer over
that than all else a delivery needs. httptools (Node's parser) reads the answers. Whatever is
unusual, such as a proxy or a file, goes through aiohttp (http.py).
"""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from socket import SOCK_STREAM
from typing import Any, cast
from urllib.parse import urlsplit

import aiohappyeyeballs
import httptools

KEPT = 15.0  # seconds that a connection is used again after its last answer; servers close them too
KNOWN = 10.0  # seconds that the server's addresses are remembered
SECOND_FAMILY = (
    0.25  # seconds before IPv4 is tried beside an IPv6 that does not answer, or the reverse
)
INFORMATION = 200  # statuses below are about an answer that is still to come


class NotConnected(ConnectionError):
    """No connection could be made: certainly nothing was sent."""


class Withheld(Exception):
    """It was no longer wanted when a connection was ready: nothing was sent."""


class Connection(asyncio.Protocol):
    """One connection, one call at a time.

    Attributes:
        free_since: when it was made, or its last answer was whole, by the loop's clock.
    """

    def __init__(self) -> None:
        self.free_since = 0.0
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._status = 0
        self._body: list[bytes] = []
        self._has_length = False

    @property
    def is_open(self) -> bool:
        """Whether another call can be made on it."""
        return self._transport is not None and not self._transport.is_closing()

    async def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; the status and the body of its answer.

        Raises:
            ConnectionError: no whole answer came. The request may have taken effect.
        """
        if self._transport is None:
            raise ConnectionResetError
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Close it; a call under way fails."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See the base class."""
        self._transport = cast("asyncio.Transport", transport)
        self.free_since = asyncio.get_running_loop().time()

    def data_received(self, data: bytes) -> None:
        """See the base class."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._end(ConnectionAbortedError("not HTTP"))

    def connection_lost(self, exc: Exception | None) -> None:
        """See the base class."""
        if exc is None and self._status >= INFORMATION and not self._has_length:
            self.on_message_complete()  # such an answer ends with the connection
        self._end(ConnectionResetError("the server hung up"))

    def on_message_begin(self) -> None:
        """An answer begins; one that nobody waits for is none of ours."""
        if self._answer is None or self._answer.done():
            raise ConnectionAbortedError
        self._status, self._body, self._has_length = 0, [], False

    def on_header(self, name: bytes, _value: bytes) -> None:
        """A header of it."""
        if name.lower() in {b"content-length", b"transfer-encoding"}:
            self._has_length = True

    def on_headers_complete(self) -> None:
        """All its headers are there."""
        self._status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        """A piece of its body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """It is whole."""
        status, self._status = self._status, 0
        if status < INFORMATION or self._answer is None or self._answer.done():
            return
        self._answer.set_result((status, b"".join(self._body)))
        self.free_since = asyncio.get_running_loop().time()
        if not self._parser.should_keep_alive():
            self.close()

    def _end(self, why: ConnectionError) -> None:
        self.close()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(why)


class Connections:
    """Connections to one server.

    Args:
        url: its address, http or https, with nothing after the port.
        most: how many at a time; more calls wait for their turn.
        kept: seconds without a call until a connection is not used again.
    """

    def __init__(self, url: str, most: int, kept: float = KEPT) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._ssl = parts.scheme == "https"
        self._port = parts.port or (443 if self._ssl else 80)
        self._head = f" HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        self._room = asyncio.Semaphore(most)
        self._kept = kept
        self._free: deque[Connection] = deque()
        self._all: set[Connection] = set()
        self._context: ssl.SSLContext | None = None
        self._finding: asyncio.Future[list[Any]] | None = None
        self._found_at = 0.0

    async def post(
        self,
        path: str,
        body: bytes,
        timeout: float,  # noqa: ASYNC109 -- a limit of its own would not know what was sent
        unless: Callable[[], bool] = lambda: False,
    ) -> tuple[int, bytes]:
        """Post JSON; the status and the body of the answer.

        Args:
            path: from "/" on, as it is to be sent.
            body: JSON.
            timeout: seconds for everything together.
            unless: asked when a connection is ready and nothing waits any more before it is sent.

        Raises:
            Withheld: because `unless` said so.
            NotConnected: no connection could be made.
            ConnectionError, TimeoutError: no whole answer came; it may have taken effect.
        """
        request = f"POST {path}{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        connection: Connection | None = None
        try:
            async with asyncio.timeout(timeout), self._room:
                connection = self._free_one() or await self._connect()
                answer = None if unless() else await connection.exchange(request)
        except BaseException as error:
            if connection is not None:
                self._drop(connection)
            elif isinstance(error, OSError | ValueError):  # a timeout is an OSError
                raise NotConnected(type(error).__name__) from None
            raise
        if connection.is_open:
            self._free.append(connection)
        else:
            self._all.discard(connection)
        if answer is None:
            raise Withheld
        return answer

    def _free_one(self) -> Connection | None:
        """The one used last, so that those which are not needed grow old."""
        oldest = asyncio.get_running_loop().time() - self._kept
        while self._free and (self._free[0].free_since < oldest or not self._free[0].is_open):
            self._drop(self._free.popleft())
        while self._free:
            connection = self._free.pop()
            if connection.is_open:
                return connection
            self._drop(connection)
        return None

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        socket = await aiohappyeyeballs.start_connection(
            await self._addresses(), happy_eyeballs_delay=SECOND_FAMILY, interleave=1, loop=loop
        )
        try:
            _, connection = await loop.create_connection(
                Connection,
                sock=socket,
                ssl=self._secure() if self._ssl else None,
                server_hostname=self._host if self._ssl else None,
            )
        except BaseException:
            socket.close()
            raise
        self._all.add(connection)
        return connection

    async def _addresses(self) -> list[Any]:
        """Where the server is, found once for all who want to know at about the same time."""
        loop = asyncio.get_running_loop()
        if self._finding is None or self._found_at < loop.time() - KNOWN:
            self._found_at = loop.time()
            asked = loop.getaddrinfo(self._host, self._port, type=SOCK_STREAM)
            self._finding = asyncio.ensure_future(asked)
        try:
            return await asyncio.shield(self._finding)
        except OSError:
            self._finding = None  # the next one asks again
            raise

    def _secure(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context

    def _drop(self, connection: Connection) -> None:
        connection.close()
        self._all.discard(connection)

    def close(self) -> None:
        """Close them all; calls under way fail."""
        for connection in list(self._all):
            self._drop(connection)
        self._free.clear()
