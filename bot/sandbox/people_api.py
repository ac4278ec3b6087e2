"""The people-side API over HTTP: loopback only, with a token, JSON in and out."""

import contextlib
import hmac
import inspect
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, get_args
from urllib.parse import quote

import orjson
from pydantic import BaseModel, ValidationError
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler, StaticFileHandler

from bot.sandbox.accounts import NotPossibleError
from bot.sandbox.bodies import Forward
from bot.sandbox.files import Upload
from bot.sandbox.talking import FileKind

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

_LOG: Final = logging.getLogger(__name__)
PAGE: Final = Path(__file__).parent / "page"
TOKEN_HEADER: Final = "X-Sandbox-Token"  # noqa: S105 -- the header's name
_POLICY: Final = (
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SHOWN_INLINE: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")


class Guarded(RequestHandler):
    """Lets in only the page and programs that hold the control token."""

    sandbox: "Sandbox"
    verbs: Mapping[str, Callable[..., Any]]

    def initialize(
        self, sandbox: "Sandbox", verbs: Mapping[str, Callable[..., Any]] | None = None
    ) -> None:
        """Take what the route gives."""
        self.sandbox = sandbox
        self.verbs = verbs or {}

    def set_default_headers(self) -> None:
        """Headers of every answer."""
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Check who asks: DNS rebinding, other sites, the token."""
        check_origin(self, self.sandbox)
        given = self.request.headers.get(TOKEN_HEADER) or self.get_query_argument("token", "")
        if not hmac.compare_digest(given.encode(), self.sandbox.control_token.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN, reason="The control token is missing or wrong.")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what is wrong in plain words and nothing of the inside."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        text = "The sandbox made a mistake. Please report it."
        if isinstance(error, HTTPError):
            text = error.reason or HTTPStatus(status_code).phrase
        self.answer({"error": text})

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log our own mistakes only, and without the token that an address may carry."""
        if typ is not None and value is not None and not isinstance(value, HTTPError):
            _LOG.error("the sandbox failed at %s", self.request.path, exc_info=(typ, value, tb))

    def answer(self, value: Any) -> None:
        """Write JSON."""
        self.set_header("Content-Type", "application/json")
        _ = self.finish(orjson.dumps(value))


def check_origin(handler: RequestHandler, sandbox: "Sandbox") -> None:
    """Refuse names other than this machine's own, and other sites' pages."""
    port = sandbox.port
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}
    if handler.request.host.lower() not in hosts:
        raise HTTPError(HTTPStatus.FORBIDDEN, reason="Use the address 127.0.0.1.")
    origin = handler.request.headers.get("Origin")
    if origin is not None and origin.removeprefix("http://").lower() not in hosts:
        raise HTTPError(HTTPStatus.FORBIDDEN, reason="Another site may not use the sandbox.")


class Resource(Guarded):
    """One address: what each HTTP verb does is given with the route."""

    async def _run(self, *parts: str) -> None:
        run = self.verbs.get(str(self.request.method))
        if run is None:
            raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED, reason="That cannot be done here.")
        try:
            result = run(self, *parts)
            self.answer(await result if inspect.isawaitable(result) else result)
        except NotPossibleError as error:
            raise HTTPError(error.status, reason=str(error)) from error
        except ValidationError as error:
            raise HTTPError(HTTPStatus.BAD_REQUEST, reason=_in_plain_words(error)) from error

    get = post = put = patch = delete = _run

    def body(self, model: type[BaseModel]) -> dict[str, Any]:
        """The request's JSON, checked; only what was given."""
        given = model.model_validate_json(self.request.body or b"{}")
        return given.model_dump(exclude_unset=True)

    def query(self, name: str, default: str = "") -> str:
        """A parameter of the address."""
        return self.get_query_argument(name, default)


def _in_plain_words(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    return f"{name}: {first['msg']}" if name else first["msg"]


class Events(Guarded):
    """GET /events: the stream of what happens."""

    async def get(self) -> None:
        """Stream until the page goes away."""
        self.set_header("Content-Type", "text/event-stream")
        last = self.request.headers.get("Last-Event-ID") or self.get_query_argument("last", "")
        follow = self.sandbox.world.stream.follow(last)
        async with contextlib.aclosing(follow) as events:
            with contextlib.suppress(StreamClosedError):
                async for text in events:
                    self.write(text)
                    await self.flush()


class Files(Guarded):
    """GET /file/{file_id}: the bytes of a file that somebody sent."""

    def get(self, file_id: str) -> None:
        """Show pictures and sounds; let everything else be saved only."""
        try:
            stored = self.sandbox.people.stored_file(file_id)
        except NotPossibleError as error:
            raise HTTPError(error.status, reason=str(error)) from error
        way = "inline" if stored.mime_type.startswith(_SHOWN_INLINE) else "attachment"
        self.set_header("Content-Type", stored.mime_type)
        self.set_header("Content-Disposition", f"{way}; filename*=UTF-8''{quote(stored.name)}")
        self.set_header("Content-Security-Policy", "sandbox; default-src 'none'")
        _ = self.finish(stored.body)


class Index(Guarded):
    """GET /: the chat page."""

    def get(self) -> None:
        """Send the page."""
        index = PAGE / "index.html"
        if not index.exists():
            raise HTTPError(HTTPStatus.NOT_FOUND, reason="The chat page is not installed.")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        _ = self.finish(index.read_bytes())


class PageFiles(StaticFileHandler):
    """GET /page/…: the page's modules and styles; nothing secret is in them."""

    sandbox: "Sandbox"

    def initialize(self, path: str, sandbox: "Sandbox") -> None:  # type: ignore[override]  # one more than tornado's
        """Take what the route gives."""
        super().initialize(path)
        self.sandbox = sandbox

    def prepare(self) -> None:
        """Check the address that was used."""
        check_origin(self, self.sandbox)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 -- tornado's signature
        """Headers of every file."""
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-cache")


def uploaded(handler: Resource) -> dict[str, Any]:
    """The file that a person sends, with its caption and kind."""
    [(upload, kind), *_] = _files_of(handler)
    return {"upload": upload, "kind": kind, **_caption_of(handler)}


def uploaded_album(handler: Resource) -> dict[str, Any]:
    """The files that a person sends together, with their caption."""
    return {"files": _files_of(handler), **_caption_of(handler)}


def _files_of(handler: Resource) -> list[tuple[Upload, str]]:
    """The files of a form, each with the kind that stands in the same place, or the last one."""
    files = handler.request.files.get("file")
    if not files:
        raise NotPossibleError('Send the file as multipart form data, in the part "file".')
    kinds = handler.get_body_arguments("kind") or ["document"]
    if not set(kinds) <= set(get_args(FileKind)):
        raise NotPossibleError(f"kind is one of {', '.join(get_args(FileKind))}.")
    kinds += kinds[-1:] * (len(files) - len(kinds))
    uploads = [Upload(file.filename, file.body, file.content_type) for file in files]
    return list(zip(uploads, kinds, strict=False))


def _caption_of(handler: Resource) -> dict[str, Any]:
    group = handler.get_body_argument("group", "")
    return {
        "caption": handler.get_body_argument("caption", ""),
        "bot": handler.get_body_argument("bot", ""),
        "group": group_of(group),
    }


def group_of(text: str) -> int | None:
    """The number of a group, where one is named."""
    if text and not text.removeprefix("-").isdecimal():
        raise NotPossibleError("A group has a number.")
    return int(text) if text else None


def forward(handler: Resource) -> dict[str, Any]:
    """Move the clock."""
    return handler.sandbox.forward(timedelta(seconds=handler.body(Forward)["seconds"]))
