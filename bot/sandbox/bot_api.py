"""The Bot API over HTTP: one table of methods, read, run and answered.

The hot path is a plain callable below tornado's routing, because load tests send thousands of calls
a second through it.
"""

import asyncio
import inspect
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import unquote

import orjson
from tornado.http1connection import HTTP1Connection
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine
from tornado.iostream import StreamClosedError

from bot.sandbox import answering, editing, media, members, profile, receiving, sending
from bot.sandbox.calls import Call, CallLog, Described, Method, read_parameters
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.files import Upload
from bot.sandbox.flood import Flood
from bot.sandbox.refusal import RefusedError, bad_request
from bot.sandbox.world import Bot, World

METHODS: Final[Mapping[str, Method]] = {
    **profile.METHODS,
    **receiving.METHODS,
    **sending.METHODS,
    **media.METHODS,
    **members.METHODS,
    **editing.METHODS,
    **answering.METHODS,
}
_BY_LOWER_NAME: Final = {name.lower(): (name, method) for name, method in METHODS.items()}
_SENDING: Final = sending.METHODS.keys() | media.METHODS.keys()
_REASONS: Final = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
_JSON: Final = "application/json"
_OK: Final = 200
_LOG: Final = logging.getLogger(__name__)
_OWN_MISTAKE: Final = RefusedError(500, "Internal Server Error: the sandbox made a mistake")
_NO_METHOD: Final = "Not Found: method not found"


class BotApi:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>.

    Args:
        world: what there is.
        faults: trouble to make.
        log: where calls are noted.
        flood: sending rates to keep, if any.
    """

    def __init__(self, world: World, faults: Faults, log: CallLog, flood: Flood | None) -> None:
        self.world = world
        self.faults = faults
        self.log = log
        self.flood = flood
        self._tasks: set[asyncio.Task[None]] = set()
        world.obey = self.obey

    async def close(self) -> None:
        """End what is still being answered."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def obey(self, bot: Bot, answer: dict[str, Any]) -> None:
        """Run the method call that a webhook answered with; its outcome is not told."""
        given = {name: value for name, value in answer.items() if name != "method"}
        name, method = _BY_LOWER_NAME.get(str(answer.get("method", "")).lower(), ("", None))
        if method is None:
            return
        try:
            result = self._run(_Asked(bot, name, method, given, {}))
        except RefusedError:
            return
        if inspect.iscoroutine(result):
            result.close()

    def answer_call(self, request: HTTPServerRequest) -> None:
        """Answer one call; what has to wait goes on in a task."""
        try:
            asked = self._read(request)
            if self.faults:
                fault = self.faults.strike(asked.name, asked.given.get("chat_id"))
                if fault is not None:
                    self._spawn(request, self._troubled(request, fault, asked))
                    return
            result = self._run(asked)
        except RefusedError as refused:
            _refuse(request, refused)
            return
        except Exception:  # noqa: BLE001 -- a mistake of ours must not leave the bot waiting
            _LOG.exception("the sandbox failed to answer a call")
            _refuse(request, _OWN_MISTAKE)
            return
        if inspect.iscoroutine(result):
            self._spawn(request, self._wait(request, asked, result))
        else:
            _accept(request, result)

    def answer_file(self, request: HTTPServerRequest) -> None:
        """Let a bot download a file."""
        try:
            bot, path = self._bot_of(request.path.removeprefix("/file/bot"))
            stored = self.world.files.at_path(bot.id, path)
        except RefusedError as refused:
            _refuse(request, refused)
            return
        _respond(request, _OK, stored.body, {"Content-Type": stored.mime_type})

    def _bot_of(self, path: str) -> tuple[Bot, str]:
        token, _, rest = path.partition("/")
        bot = self.world.bots.get(token) or self.world.bots.get(unquote(token))
        if bot is None:
            raise RefusedError(401, "Unauthorized")
        if bot.logged_out:
            raise RefusedError(400, "Logged out")
        return bot, unquote(rest)

    def _read(self, request: HTTPServerRequest) -> "_Asked":
        bot, path = self._bot_of(request.path.removeprefix("/bot"))
        name, method = _BY_LOWER_NAME.get(path.lower(), ("", None))
        if method is None:
            self.log.add(path, {}, {}, _NO_METHOD, self.world.clock.now())
            raise RefusedError(404, _NO_METHOD)
        return _Asked(bot, name, method, _read_body(request), _read_files(request))

    def _run(self, asked: "_Asked", fault: Fault | None = None) -> Any:
        error = ""
        try:
            args = read_parameters(asked.name, asked.method, asked.given, asked.uploads)
            call = Call(self.world, asked.bot, args, asked.uploads)
            if self.flood is not None and asked.name in _SENDING:
                messages = len(call.get("media") or [None])
                self.flood.check(call.get("chat_id"), self.world.now(), messages)
            return asked.method.run(call)
        except RefusedError as refused:
            error = refused.description
            raise
        finally:
            if error or fault or asked.name != "getUpdates":
                self._note(asked, error, fault)

    def _note(self, asked: "_Asked", error: str, fault: Fault | None = None) -> None:
        self.log.add(
            asked.name,
            asked.given,
            asked.uploads,
            error,
            self.world.clock.now(),
            fault=fault.id if fault else None,
        )

    def _spawn(self, request: HTTPServerRequest, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_guarded(request, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

        def cancel() -> None:
            task.cancel()

        _connection(request).set_close_callback(cancel)

    async def _wait(
        self, request: HTTPServerRequest, asked: "_Asked", work: Coroutine[Any, Any, Any]
    ) -> None:
        try:
            _accept(request, await work)
        except RefusedError as refused:
            self._note(asked, refused.description)
            _refuse(request, refused)

    async def _troubled(self, request: HTTPServerRequest, fault: Fault, asked: "_Asked") -> None:
        error = fault.error()
        if error is not None:
            self._note(asked, error.description, fault)
            _refuse(request, error)
            return
        if fault.kind == "drop":
            self._note(asked, "connection dropped", fault)
            _connection(request).close()
            return
        if fault.kind == "slow":
            try:
                await asyncio.sleep(fault.seconds)
            except asyncio.CancelledError:
                self._note(asked, "the bot went away", fault)
                raise
        try:
            result = self._run(asked, fault)
            if inspect.iscoroutine(result):
                result = await result
        except RefusedError as refused:
            _refuse(request, refused)
            return
        if fault.kind == "drop_after":
            _connection(request).close()
        else:
            _accept(request, result)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call as it came: not yet checked."""

    bot: Bot
    name: str
    method: Method
    given: Mapping[str, Any]
    uploads: Mapping[str, Upload]


async def _guarded(request: HTTPServerRequest, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:  # noqa: BLE001 -- a mistake of ours must not leave the bot waiting
        _LOG.exception("the sandbox failed to answer a call")
        _refuse(request, _OWN_MISTAKE)


def _read_body(request: HTTPServerRequest) -> dict[str, Any]:
    given: dict[str, Any] = {}
    try:
        for name, values in request.query_arguments.items():
            given[name] = values[-1].decode()
        content_type = request.headers.get("Content-Type", "")
        if content_type.startswith(_JSON) and request.body:
            body = orjson.loads(request.body)
            if not isinstance(body, dict):
                raise bad_request("can't parse JSON object: expected an Object")
            return given | body
        for name, values in request.body_arguments.items():
            given[name] = values[-1].decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON object") from None
    return given


def _read_files(request: HTTPServerRequest) -> dict[str, Upload]:
    return {
        part: Upload(files[-1].filename, files[-1].body, files[-1].content_type)
        for part, files in request.files.items()
    }


def _accept(request: HTTPServerRequest, result: Any) -> None:
    answer: dict[str, Any] = {"ok": True, "result": result}
    if isinstance(result, Described):
        answer = {"ok": True, "result": result.result, "description": result.description}
    _respond(request, _OK, orjson.dumps(answer))


def _refuse(request: HTTPServerRequest, refused: RefusedError) -> None:
    wait = refused.parameters.get("retry_after")
    more = {"Retry-After": str(wait)} if wait is not None else {}
    _respond(request, refused.code, refused.body(), more)


def _connection(request: HTTPServerRequest) -> HTTP1Connection:
    return cast("HTTP1Connection", request.connection)


def _respond(
    request: HTTPServerRequest, status: int, body: bytes, more: Mapping[str, str] | None = None
) -> None:
    connection = _connection(request)
    if connection.stream.closed():
        return
    headers = HTTPHeaders()
    headers["Content-Type"] = _JSON
    headers["Content-Length"] = str(len(body))
    for name, value in (more or {}).items():
        headers[name] = value
    start = ResponseStartLine("HTTP/1.1", status, _REASONS.get(status, "Error"))
    try:
        sent = connection.write_headers(start, headers, body)
        sent.add_done_callback(lambda future: future.exception())
        connection.finish()
    except StreamClosedError:
        return
