"""HTTP to the Bot API: calls with a small body on connections of our own, the rest by aiohttp.

The rest is files and servers behind a proxy. The token is part of every address, so no address may
reach a log, an error or a traceback: failures are raised anew, without their cause.
"""

import asyncio
import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from urllib.request import getproxies, proxy_bypass

import orjson
from pydantic import SecretStr

from bot.chat.connections import Connections, NotConnected, Withheld
from bot.chat.ready import Ready
from bot.delivery.outcomes import OK, SERVER_ERROR, Answer

if TYPE_CHECKING:
    import aiohttp  # loaded where it is used: most calls do without

TIMEOUT = 20.0  # seconds for one call; long polls add theirs
PATIENT = 60.0  # seconds for a delivery, of which nobody would know whether it arrived
JSON = {"Content-Type": "application/json"}
GONE, TOO_LONG = 410, 413  # HTTP's own codes for it
CONNECTIONS = 100  # to one server; more only queue at its side


class ApiError(Exception):
    """The Bot API refused a call.

    Attributes:
        code: the HTTP status, such as 403.
        description: the server's own words; may quote what we sent, so never log it whole.
        retry_after: seconds to wait, when the server asks for patience.
    """

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(f"the Bot API refused the call ({code})")
        self.code = code
        self.description = description
        self.retry_after = retry_after


class ApiUnreachable(Exception):
    """No whole answer came: nobody knows whether the call took effect.

    Attributes:
        status: the HTTP status, where there was one: the server failed.
        unsent: but certain that it did not: no connection could be made.
    """

    def __init__(self, why: str, *, status: int = 0, unsent: bool = False) -> None:
        super().__init__(why)
        self.status = status
        self.unsent = unsent


class TelegramHttp:
    """One session to one Bot API server, and the token that must not leave it."""

    def __init__(self, api_url: str, token: SecretStr) -> None:
        self._base = f"{api_url}/bot{token.get_secret_value()}/"
        self._files = f"{api_url}/file/bot{token.get_secret_value()}/"
        self._path = quote(urlsplit(self._base).path, safe="/:%")
        self._proxy = proxy_for(api_url)
        usual = self._proxy is None and "@" not in api_url and api_url.isascii()
        self._connections = Connections(api_url, CONNECTIONS) if usual else None
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> "aiohttp.ClientSession":
        """The session of aiohttp, opened at first use inside the running loop."""
        import aiohttp

        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                proxy=self._proxy,
            )
        return self._session

    async def call(
        self,
        method: str,
        params: dict[str, Any],
        *,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 -- it is for more than waiting
    ) -> Any:
        """Call a method and return its result.

        Args:
            method: such as "sendMessage".
            params: as the Bot API names them, nested as they are. A file to upload stands under
                the key `_file` as `{"field", "name", "mime"}` with its bytes as `"content"`, or as
                `"base64"`. Other keys that begin with "_" are not sent.
            timeout: seconds for the whole call.

        Raises:
            ApiError: the server refused.
            ApiUnreachable: no whole answer came.
        """
        status, payload = await self._exchange(method, params, timeout)
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise ApiUnreachable(f"the answer was no JSON ({status})") from None
        if answer.get("ok"):
            return answer["result"]
        if status >= SERVER_ERROR:
            raise ApiUnreachable(f"the server failed ({status})", status=status)
        retry_after = answer.get("parameters", {}).get("retry_after")
        raise ApiError(status, answer.get("description", ""), retry_after)

    async def _exchange(
        self,
        method: str,
        params: dict[str, Any] | bytes,
        seconds: float,
        unless: Callable[[], bool] = lambda: False,
    ) -> tuple[int, bytes]:
        """A call, by its parameters or their JSON, and its whole answer."""
        if isinstance(params, dict):
            body, headers = _body(params)
        else:
            body, headers = params, JSON
        try:
            if self._connections is not None and isinstance(body, bytes):
                return await self._connections.post(self._path + method, body, seconds, unless)
            if unless():
                raise Withheld
            return await self._by_aiohttp(self._base + method, body, headers, seconds)
        except (OSError, ValueError) as error:  # a timeout is an OSError
            # Some of these quote addresses: name the kind, drop the rest.
            unsent = isinstance(error, NotConnected)
            raise ApiUnreachable(type(error).__name__, unsent=unsent) from None

    async def _by_aiohttp(
        self, url: str, body: Any, headers: dict[str, str], seconds: float
    ) -> tuple[int, bytes]:
        import aiohttp

        try:
            async with self.session.post(
                url, data=body, headers=headers, timeout=aiohttp.ClientTimeout(total=seconds)
            ) as response:
                return response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise NotConnected(type(error).__name__) from None
        except aiohttp.ClientError as error:
            raise ConnectionError(type(error).__name__) from None

    async def post(self, ready: Ready, unless: Callable[[], bool] = lambda: False) -> Answer:
        """Make a call whose body is ready, and say no more of the answer than a delivery needs.

        Args:
            ready: the call.
            unless: asked when nothing waits any more before it is sent.

        Raises:
            Withheld: because `unless` said so; nothing was sent.
        """
        params = ready.call.params if ready.call else ready.body
        try:
            status, payload = await self._exchange(ready.method, params, PATIENT, unless)
            answer = orjson.loads(payload)
        except ApiUnreachable as error:
            return Answer(error.status, unsent=error.unsent)
        except orjson.JSONDecodeError:
            return Answer(status if status >= SERVER_ERROR else 0)
        if answer.get("ok"):
            return _accepted(answer["result"])
        more = answer.get("parameters", {})
        return Answer(
            0 if status == OK else status,  # neither yes nor no
            description=answer.get("description", ""),
            retry_after=more.get("retry_after"),
            moved_to=more.get("migrate_to_chat_id"),
        )

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The content of a file that somebody sent.

        Args:
            file_id: from their message.
            most: bytes that are taken at most.

        Raises:
            ApiError: the server does not have it, or gives it to nobody; the code TOO_LONG where it
                is longer than `most`, GONE where it is not where the server said.
            ApiUnreachable: not all of it came.
        """
        import aiohttp

        about = await self.call("getFile", {"file_id": file_id})
        if about.get("file_size", 0) > most:
            raise ApiError(TOO_LONG, "the file is too long")
        url = self._files + quote(about["file_path"])
        try:
            async with self.session.get(
                url, timeout=aiohttp.ClientTimeout(total=PATIENT)
            ) as response:
                if response.status >= SERVER_ERROR:
                    raise ApiUnreachable("the server failed", status=response.status)
                if response.status != OK:
                    raise ApiError(GONE, "the file is not there")
                content = bytearray()
                async for part in response.content.iter_any():
                    content += part
                    if len(content) > most:
                        raise ApiError(TOO_LONG, "the file is too long")
                return bytes(content)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise ApiUnreachable(type(error).__name__) from None

    async def close(self) -> None:
        """Close the session and the connections."""
        if self._connections is not None:
            self._connections.close()
        if self._session is not None:
            await self._session.close()
            # aiohttp closes transports in the loop's next turn.
            await asyncio.sleep(0)


def _accepted(result: Any) -> Answer:
    if isinstance(result, list):
        album = tuple(each["message_id"] for each in result)
        return Answer(OK, message_id=min(album, default=None), album=album)
    return Answer(OK, message_id=result["message_id"] if isinstance(result, dict) else None)


def proxy_for(url: str) -> str | None:
    """The proxy that this machine's environment (HTTPS_PROXY, NO_PROXY) names for an address.

    aiohttp's own `trust_env` would look it up, in a thread, at every request.
    """
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get(parts.scheme)


def _body(params: dict[str, Any]) -> tuple[Any, dict[str, str]]:
    """The body of a request, and its headers; what is ours stays here."""
    sent = {name: value for name, value in params.items() if not name.startswith("_")}
    file = params.get("_file")
    return (orjson.dumps(sent), JSON) if file is None else (_form(sent, file), {})


def _form(params: dict[str, Any], file: dict[str, Any]) -> "aiohttp.FormData":
    import aiohttp

    form = aiohttp.FormData(quote_fields=False)
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    form.add_field(
        file["field"],
        file["content"] if "content" in file else base64.b64decode(file["base64"]),
        filename=file["name"],
        content_type=file["mime"],
    )
    return form
