"""Our own connections, and servers that answer in every way there is and in some there is not."""

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from bot.chat.connections import Connections, NotConnected, Withheld
from bot.chat.http import TelegramHttp

SECONDS = 10.0  # longer than any test takes
SHORT = 0.05
FINE = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}'
BODY = b'{"ok":true}'


class Script:
    """A server that answers each request with the next bytes of a list, the last of them for ever.

    Args:
        ends: hang up after each answer.
        piece: bytes that it sends at a time.

    Attributes:
        requests: that came, whole, with the number of the connection they came by.
        most_together: the most requests that were under way at a time.
        answer: awaited before each answer, if set.
    """

    def __init__(self, *answers: bytes, ends: bool = False, piece: int = 10**6) -> None:
        self.url = ""
        self.requests: list[tuple[int, bytes]] = []
        self.together = self.most_together = 0
        self.answer: Callable[[], Awaitable[None]] | None = None
        self._answers = list(answers)
        self._ends = ends
        self._piece = piece
        self._connections = 0
        self._writers: list[asyncio.StreamWriter] = []

    @property
    def came_by(self) -> list[int]:
        """The connection of each request."""
        return [connection for connection, _ in self.requests]

    def hang_up(self) -> None:
        """End every connection."""
        for writer in self._writers:
            writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        mine = self._connections
        self._writers.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
                self.requests.append((mine, head + await reader.readexactly(length)))
                self.together += 1
                self.most_together = max(self.together, self.most_together)
                if self.answer is not None:
                    await self.answer()
                self.together -= 1
                words = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                for at in range(0, len(words), self._piece):
                    writer.write(words[at : at + self._piece])
                    await writer.drain()
                    await asyncio.sleep(0)
                if self._ends:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def served(script: Script, context: ssl.SSLContext | None = None) -> AsyncIterator[Script]:
    server = await asyncio.start_server(script.serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    script.url = f"{'https' if context else 'http'}://127.0.0.1:{port}"
    try:
        yield script
    finally:
        script.hang_up()
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def connected(url: str, most: int = 4, kept: float = SECONDS) -> AsyncIterator[Connections]:
    connections = Connections(url, most, kept)
    try:
        yield connections
    finally:
        connections.close()
        await asyncio.sleep(0)


async def test_what_is_sent_is_a_whole_request() -> None:
    async with served(Script(FINE)) as server, connected(server.url) as connections:
        assert await connections.post("/bot1:a/getMe", b'{"a":1}', SECONDS) == (200, BODY)
        host = server.url.removeprefix("http://")
    assert server.requests == [
        (
            1,
            f"POST /bot1:a/getMe HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f'Content-Length: 7\r\n\r\n{{"a":1}}'.encode(),
        )
    ]


CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n"
    b'4;x=y\r\n{"ok\r\n7\r\n":true}\r\n0\r\nTrailer: c\r\n\r\n'
)
WHOLE = {
    "by its length": (FINE, (200, BODY)),
    "in chunks": (CHUNKED, (200, BODY)),
    "empty": (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", (200, b"")),
    "a failure": (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\nno", (502, b"no")),
    "after an information": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + FINE, (200, BODY)),
    "elsewhere": (
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n", (302, b""),
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", WHOLE)
@pytest.mark.parametrize("piece", [1, 7, 10**6])
async def test_a_whole_answer_is_understood_and_the_connection_used_again(
    how: str, piece: int
) -> None:
    sent, understood = WHOLE[how]
    async with (
        served(Script(sent, FINE, piece=piece)) as server,
        connected(server.url) as connections,
    ):
        assert await connections.post("/", b"{}", SECONDS) == understood
        assert await connections.post("/", b"{}", SECONDS) == (200, BODY)
        assert server.came_by == [1, 1]


async def test_a_long_answer_is_understood() -> None:
    long = b"x" * 3_000_000
    sent = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(long), long)
    async with served(Script(sent)) as server, connected(server.url) as connections:
        assert await connections.post("/", b"y" * 1_000_000, SECONDS) == (200, long)


LAST = {
    "it says so": b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 11\r\n\r\n{"ok":true}',
    "it is of old": b'HTTP/1.0 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}',
    "it has no length": b'HTTP/1.1 200 OK\r\n\r\n{"ok":true}',
}


@pytest.mark.parametrize("how", LAST)
async def test_an_answer_that_ends_its_connection_is_understood(how: str) -> None:
    script = Script(LAST[how], ends=True)
    async with served(script) as server, connected(server.url) as connections:
        assert await connections.post("/", b"{}", SECONDS) == (200, BODY)
        assert await connections.post("/", b"{}", SECONDS) == (200, BODY)
        assert server.came_by == [1, 2]


BROKEN = {
    "nothing": b"",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half a body": FINE[:-3],
    "half a chunk": CHUNKED[:70],
    "chunks without an end": CHUNKED[:-20],
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "no status": b"HTTP/1.1 abc\r\n\r\n",
    "a bad length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "length and chunks": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n" + CHUNKED[17:],
    "a bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "another protocol": (
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
    ),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_broken_answer_may_have_taken_effect_and_spoils_only_its_own_call(how: str) -> None:
    script = Script(BROKEN[how], FINE, ends=True)
    async with served(script) as server, connected(server.url) as connections:
        with pytest.raises(ConnectionError) as failure:
            await connections.post("/", b"{}", SECONDS)
        assert not isinstance(failure.value, NotConnected)
        assert await connections.post("/", b"{}", SECONDS) == (200, BODY)


async def test_an_answer_that_nobody_asked_for_is_nobodys() -> None:
    lie = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nlie"
    async with (
        served(Script(FINE + lie, FINE)) as server,
        connected(server.url) as connections,
    ):
        for _ in range(2):
            assert await connections.post("/", b"{}", SECONDS) == (200, BODY)
        assert server.came_by == [1, 2]


@pytest.mark.parametrize("end", ["time", "cancelled"])
async def test_a_late_answer_is_not_taken_for_that_of_the_next_call(end: str) -> None:
    script = Script(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate", FINE)
    waits = asyncio.Event()
    came = asyncio.Event()

    async def wait() -> None:
        came.set()
        await waits.wait()

    script.answer = wait
    async with served(script) as server, connected(server.url) as connections:
        if end == "time":
            with pytest.raises(TimeoutError) as failure:
                await connections.post("/", b"{}", SHORT)
            assert not isinstance(failure.value, NotConnected)
        else:
            call = asyncio.create_task(connections.post("/", b"{}", SECONDS))
            await came.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
        waits.set()
        assert await connections.post("/", b"{}", SECONDS) == (200, BODY)
        assert server.came_by == [1, 2]


async def test_a_connection_that_the_server_ended_meanwhile_is_not_used() -> None:
    async with served(Script(FINE)) as server, connected(server.url) as connections:
        await connections.post("/", b"{}", SECONDS)
        server.hang_up()
        await asyncio.sleep(SHORT)  # the end of a connection comes by the network
        assert await connections.post("/", b"{}", SECONDS) == (200, BODY)
        assert server.came_by == [1, 2]


async def test_a_connection_that_was_long_without_a_call_is_not_used() -> None:
    async with served(Script(FINE)) as server, connected(server.url, kept=-1) as connections:
        for _ in range(3):
            await connections.post("/", b"{}", SECONDS)
        assert server.came_by == [1, 2, 3]


async def test_no_more_calls_are_under_way_than_may_be_and_all_get_their_turn() -> None:
    script = Script(FINE)

    async def work() -> None:
        await asyncio.sleep(0.001)

    script.answer = work
    async with served(script) as server, connected(server.url, most=3) as connections:
        calls = [connections.post("/", b"%d" % number, SECONDS) for number in range(30)]
        assert await asyncio.gather(*calls) == [(200, BODY)] * 30
        assert server.most_together == 3
        assert set(server.came_by) == {1, 2, 3}
        bodies = sorted(int(request.rpartition(b"\r\n")[2]) for _, request in server.requests)
        assert bodies == list(range(30))


async def test_whoever_got_no_turn_in_time_certainly_sent_nothing() -> None:
    script = Script(FINE)
    waits = asyncio.Event()

    async def wait() -> None:
        await waits.wait()

    script.answer = wait
    async with served(script) as server, connected(server.url, most=1) as connections:
        first = asyncio.create_task(connections.post("/", b"first", SECONDS))
        await asyncio.sleep(0)
        with pytest.raises(NotConnected, match="TimeoutError"):
            await connections.post("/", b"second", SHORT)
        waits.set()
        assert await first == (200, BODY)
        assert len(server.requests) == 1


async def test_what_is_not_wanted_any_more_when_its_turn_comes_is_not_sent() -> None:
    script = Script(FINE)
    waits = asyncio.Event()

    async def wait() -> None:
        await waits.wait()

    script.answer = wait
    unwanted: list[bool] = []
    async with served(script) as server, connected(server.url, most=1) as connections:
        first = asyncio.create_task(connections.post("/", b"first", SECONDS))
        await asyncio.sleep(0)
        second = asyncio.create_task(
            connections.post("/", b"second", SECONDS, lambda: bool(unwanted))
        )
        await asyncio.sleep(0)
        unwanted.append(True)
        waits.set()
        assert await first == (200, BODY)
        with pytest.raises(Withheld):
            await second
        unwanted.clear()
        assert await connections.post("/", b"{}", SECONDS, lambda: bool(unwanted)) == (200, BODY)
        assert [request.rpartition(b"\r\n")[2] for _, request in server.requests] == [
            b"first",
            b"{}",
        ]
        assert server.came_by == [1, 1]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://no-such-host.invalid"])
async def test_where_nobody_listens_certainly_nothing_was_sent(url: str) -> None:
    async with connected(url) as connections:
        with pytest.raises(NotConnected):
            await connections.post("/", b"{}", SECONDS)


async def test_closing_ends_the_calls_under_way() -> None:
    script = Script(FINE)
    came = asyncio.Event()

    async def wait() -> None:
        came.set()
        await asyncio.Event().wait()

    script.answer = wait
    async with served(script) as server:
        connections = Connections(server.url, 4)
        call = asyncio.create_task(connections.post("/", b"{}", SECONDS))
        await came.wait()
        connections.close()
        with pytest.raises(ConnectionError):
            await call


def certificate(folder: Path, address: str) -> ssl.SSLContext:
    """A server's context with a certificate that nobody signed but itself; `folder`/cert.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A server of a test")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@pytest.mark.parametrize(
    ("trusts", "address"),
    [("it", "127.0.0.1"), ("nobody like it", "127.0.0.1"), ("it", "127.0.0.2")],
)
async def test_a_secret_is_told_only_to_a_server_that_proves_who_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusts: str, address: str
) -> None:
    context = certificate(tmp_path, address)
    if trusts == "it":
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    async with served(Script(FINE), context) as server, connected(server.url) as connections:
        if trusts == "it" and address == "127.0.0.1":
            for _ in range(2):
                assert await connections.post("/", b"{}", SECONDS) == (200, BODY)
            assert server.came_by == [1, 1]
        else:
            with pytest.raises(NotConnected):
                await connections.post("/", b"{}", SECONDS)
            assert server.requests == []


async def test_behind_a_proxy_the_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}'
    async with served(Script(answer)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        http = TelegramHttp("http://telegram.example", SecretStr("1:a"))
        assert await http.call("getMe", {}) is True
        await http.close()
    [(_, request)] = proxy.requests
    assert request.startswith(b"POST http://telegram.example/bot1:a/getMe HTTP/1.1\r\n")
