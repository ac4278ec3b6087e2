"""How tests talk like people: over real HTTP, through the sandbox's people-side API.

async with Town(sandbox) as town:
    amina = await town.person("Amina", language_code="so")
    await amina.says("/start")
    await amina.taps("Book")
    amina.sees("You are booked")
"""

import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

import aiohttp

from bot.sandbox import Sandbox

CONTAINING = "…"  # a label that begins with this names any button that contains the rest


@dataclass(frozen=True)
class Button:
    """A button, and where it is."""

    label: str
    message_id: int
    row: int
    column: int


@dataclass(frozen=True)
class File:
    """A document, picture, film, sound or voice message in the chat."""

    name: str
    mime_type: str
    file_id: str


@dataclass(frozen=True)
class Seen:
    """A message as the person sees it; `raw` is the Bot API's Message with all that there is."""

    raw: dict[str, Any]

    @property
    def id(self) -> int:
        """The message_id."""
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        """Its text or caption; empty for a sticker and the like."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def mine(self) -> bool:
        """Whether the person wrote it."""
        return bool(self.raw["outgoing"])

    @property
    def rows(self) -> list[list[str]]:
        """The labels of its buttons, row by row."""
        markup = self.raw.get("reply_markup", {})
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [[str(button["text"]) for button in row] for row in rows]

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in reading order."""
        return [label for row in self.rows for label in row]

    @property
    def file(self) -> File | None:
        """The file in it, if any."""
        for kind in ("document", "voice", "photo", "video", "audio"):
            if about := self.raw.get(kind):
                about = about[-1] if kind == "photo" else about
                name, mime_type = about.get("file_name", ""), about.get("mime_type", "")
                return File(name, mime_type, about["file_id"])
        return None


class Town:
    """The people of a test, and the sandbox in which they talk to the bot.

    Args:
        sandbox: a started sandbox.
        quiet: waits until the bot has answered everything. By default only until it has fetched
            everything; give the bot's own waiting where there is one.
    """

    def __init__(
        self, sandbox: Sandbox, quiet: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self.sandbox = sandbox
        self.quiet = quiet or sandbox.until_fetched
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            self.sandbox.url, headers={"X-Sandbox-Token": self.sandbox.control_token}
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def ask(self, method: str, path: str, **more: Any) -> Any:
        """One call of the people-side API; an AssertionError carries its refusal."""
        assert self._session is not None, "use the town in `async with`"
        async with self._session.request(method, path, **more) as answer:
            body = await answer.json()
            assert answer.ok, f"{method} {path}: {body['error']}"
            return body

    async def bytes_of(self, file: File) -> bytes:
        """What is in a file."""
        assert self._session is not None, "use the town in `async with`"
        async with self._session.get(f"/file/{file.file_id}") as answer:
            assert answer.ok
            return await answer.read()

    async def person(self, first_name: str, **about: str) -> "Resident":
        """A new person; `about`: last_name, username, language_code, role."""
        body = {"first_name": first_name, **about}
        person = await self.ask("POST", "/people", json=body)
        return Resident(self, person["id"], first_name)

    async def newcomer(self, first_name: str) -> "Resident":
        """A new person who has chosen English, and nothing more yet."""
        person = await self.person(first_name, language_code="en")
        await person.says("/start")
        await person.taps("English")
        return person

    async def forward(self, by: timedelta) -> None:
        """Move the time forward and wait until the bot has done what was due."""
        await self.ask("POST", "/clock", json={"seconds": by.total_seconds()})
        await self.quiet()


class Resident:
    """Someone who talks to the bot. After every action the bot has gone quiet."""

    def __init__(self, town: Town, person_id: int, first_name: str) -> None:
        self.town = town
        self.id = person_id
        self.first_name = first_name
        self.messages: list[Seen] = []
        self.answers: list[dict[str, Any]] = []

    async def look(self) -> None:
        """Read the chat again, for what came without this person's doing."""
        chat = await self.town.ask("GET", f"/people/{self.id}/chat")
        self.messages = [Seen(message) for message in chat]
        self.answers = await self.town.ask("GET", f"/people/{self.id}/answers")

    async def _does(self, verb: str, **more: Any) -> Any:
        done = await self.town.ask("POST", f"/people/{self.id}/{verb}", **more)
        await self.town.quiet()
        await self.look()
        return done

    async def says(self, text: str) -> None:
        """Write a text."""
        await self._does("say", json={"text": text})

    async def edits(self, message: Seen, text: str) -> None:
        """Change a text of one's own."""
        await self._does("edit", json={"message_id": message.id, "text": text})

    async def opens(self, payload: str) -> None:
        """Follow a t.me link."""
        await self._does("open", json={"payload": payload})

    async def taps(self, label: str) -> dict[str, Any]:
        """Press the newest button of this label ("…part": that contains the part).

        Returns:
            What the tap led to: a url, an inline query, a copied text, …
        """
        button = self._button(label)
        body = {"message_id": button.message_id, "row": button.row, "column": button.column}
        done: dict[str, Any] = await self._does("tap", json=body)
        return done

    async def presses(self, message_id: int, data: str) -> None:
        """Send a tap's data as an old screen would: the button may be gone."""
        await self._does("tap", json={"message_id": message_id, "data": data})

    async def shares_location(self, latitude: float, longitude: float) -> None:
        """Share a place."""
        await self._does("location", json={"latitude": latitude, "longitude": longitude})

    async def sends_sticker(self) -> None:
        """Send a sticker."""
        await self._does("sticker", json={})

    async def sends_file(
        self, name: str, body: bytes, *, kind: str = "document", caption: str = ""
    ) -> None:
        """Send a file; `kind` is document, photo, video, audio or voice."""
        form = aiohttp.FormData({"kind": kind, "caption": caption}, quote_fields=False)
        form.add_field("file", io.BytesIO(body), filename=name)
        await self._does("file", data=form)

    async def sends_album(self, *files: tuple[str, bytes, str], caption: str = "") -> None:
        """Send files together; each is a name, its bytes, and photo, video, audio or document."""
        form = aiohttp.FormData({"caption": caption}, quote_fields=False)
        for name, body, kind in files:
            form.add_field("file", io.BytesIO(body), filename=name)
            form.add_field("kind", kind)
        await self._does("album", data=form)

    async def blocks(self) -> None:
        """Block the bot."""
        await self._does("block", json={})

    async def unblocks(self) -> None:
        """Unblock the bot; the app says /start."""
        await self._does("unblock", json={})

    async def leaves_telegram(self) -> None:
        """Delete one's Telegram account."""
        await self._does("deactivate", json={})

    async def asks_inline(self, query: str) -> list[dict[str, Any]]:
        """Type a query after the bot's name and read the results."""
        asked = await self._does("inline", json={"query": query})
        self._inline_query_id = asked["inline_query_id"]
        path = f"/people/{self.id}/inline/{self._inline_query_id}"
        results: list[dict[str, Any]] | None = await self.town.ask("GET", path)
        assert results is not None, "the bot did not answer the inline query"
        return results

    async def chooses(self, result_id: str) -> None:
        """Choose one of the results of the last inline query."""
        body = {"inline_query_id": self._inline_query_id, "result_id": result_id}
        await self._does("choose", json=body)

    async def commands(self) -> dict[str, str]:
        """The commands menu this person sees: command and description."""
        menu = await self.town.ask("GET", f"/people/{self.id}/commands")
        return {one["command"]: one["description"] for one in menu}

    def _button(self, label: str) -> Button:
        label = label.replace("\N{NO-BREAK SPACE}", " ")  # Telegram shows a plain space
        part = label.removeprefix(CONTAINING)
        matching = [
            button
            for button in self.buttons
            if button.label == label or (part != label and part in button.label)
        ]
        if not matching:
            there = ", ".join(repr(button.label) for button in self.buttons) or "none"
            raise AssertionError(f"no button {label!r}; there are: {there}\n{self.screen}")
        return max(matching, key=lambda button: button.message_id)  # the first in the newest

    @property
    def buttons(self) -> list[Button]:
        """Every button that can be pressed now, in reading order."""
        found = []
        keyboard: list[Button] = []
        for message in self.messages:
            markup = message.raw.get("reply_markup", {})
            own = [
                Button(label, message.id, row, column)
                for row, labels in enumerate(message.rows)
                for column, label in enumerate(labels)
            ]
            if "inline_keyboard" in markup:
                found += own
            elif markup:
                keyboard = own  # the newest keyboard is the one below the chat, or its removal
        return found + keyboard

    @property
    def last(self) -> Seen:
        """The newest message of the bot."""
        for message in reversed(self.messages):
            if not message.mine:
                return message
        raise AssertionError("the bot has said nothing")

    @property
    def screen(self) -> str:
        """All visible messages as text, buttons in brackets."""
        lines = []
        for message in self.messages:
            who = self.first_name if message.mine else "bot"
            named = f" <{message.file.name}>" if message.file else ""
            lines.append(f"{who}: {message.text}{named}")
            lines += ["  " + " ".join(f"[{label}]" for label in row) for row in message.rows]
        return "\n".join(lines)

    @property
    def toasts(self) -> list[str]:
        """The texts that answered this person's taps, in order."""
        return [str(answer["text"]) for answer in self.answers if answer["text"]]

    @property
    def documents(self) -> list[File]:
        """The files that the bot has sent, oldest first."""
        return [one.file for one in self.messages if one.file is not None and not one.mine]

    def sees(self, text: str) -> None:
        """Check that a text stands on the screen."""
        assert text in self.screen, f"{text!r} is not on the screen:\n{self.screen}"
