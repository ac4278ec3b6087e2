"""What a handler works with: one update being handled."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.chat import callback_data
from bot.chat.in_groups import IN_GROUP, InGroup, read
from bot.chat.outgoing import Call, edit, say, toast, without_buttons
from bot.chat.readings import Readings
from bot.chat.sent import html_of, media_in, sent_in
from bot.clock import Clock
from bot.config import Settings
from bot.db import Database, Work
from bot.forms.inputs import Located, Sent
from bot.i18n import Catalogues, Translator
from bot.message import Media, Message, Shown, Tap
from bot.people.content import Content
from bot.people.models import Person
from bot.people.vault import Vault
from bot.surveys.library import Library

if TYPE_CHECKING:
    from telegram import Update

EVENT_VERBS = frozenset({"book", "unbook", "calendar", "directions", "about", "who"})
"""One of these is on every message that shows an event."""


@dataclass(frozen=True, slots=True)
class House:
    """What lives as long as the process, built in app.py.

    Attributes:
        username: the bot's own, without "@", for links to it.
    """

    settings: Settings
    clock: Clock
    database: Database
    catalogues: Catalogues
    content: Content
    vault: Vault
    username: str
    library: Library = field(default_factory=Library)
    readings: Readings = field(default_factory=Readings)

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall time people read."""
        return self.settings.zone

    def link(self, payload: str) -> str:
        """The web address that opens the bot with a payload."""
        return f"https://t.me/{self.username}?start={payload}"


class Turn:
    """One update, being handled inside one transaction.

    What a handler says is collected, kept with the update when the transaction commits, and sent
    after that.

    Attributes:
        work: the transaction.
        now: the time at which the update is handled.
        house: what lives as long as the process.
        person: who sent it; of what happened in a group, whoever pressed a button there.
        t: their voice.
        kind: what the update is, in the Bot API's words, such as "callback_query".
        erased: set it when something was erased for good, so that what the database's own files
            still show of it goes too, once the answer has left.
        screens: messages of ours, by their numbers, that show another event now, or none.
        plans_changed: set it when something may be due sooner than was known.
    """

    def __init__(self, raw: dict[str, Any], work: Work, now: datetime, house: House) -> None:
        self._raw = raw
        self.kind = next((key for key in raw if key != "update_id"), "")
        self._content: dict[str, Any] = raw.get(self.kind, {})
        self.work = work
        self.now = now
        self.house = house
        self.person: Person
        self.t: Translator
        self.erased = False
        self.screens: dict[int, Shown | None] = {}
        self.plans_changed = False
        self._calls: list[Call] = []
        self._toast: Call | None = None

    def meet(self, person: Person) -> None:
        """The person as they are now; what is said after this is in their language."""
        self.person = person
        self.t = self.house.catalogues.translator(person.language or self.telegram_language)

    @cached_property
    def update(self) -> "Update":
        """The update as python-telegram-bot reads it, which takes longer than most answers do."""
        from telegram import Update  # a fifth of a second to load; few updates need it

        return Update.de_json(self._raw, None)

    @property
    def number(self) -> int:
        """The update's own, which Telegram counts up."""
        number: int = self._raw["update_id"]
        return number

    @property
    def telegram_language(self) -> str | None:
        """The language their Telegram is in: a hint about people who have chosen none here."""
        code = self._content.get("from", {}).get("language_code")
        return code if isinstance(code, str) else None

    @property
    def text(self) -> str:
        """What the person typed; empty where they did not."""
        text: str = self._content.get("text", "") if self.kind == "message" else ""
        return text.strip()

    @property
    def html(self) -> str:
        """What the person typed, with its formatting, as Telegram's HTML."""
        return html_of(self._content) if self.kind == "message" else ""

    @property
    def media(self) -> Media | None:
        """The file that the person sent, to be shown again; None where they did not."""
        return media_in(self._content) if self.kind == "message" else None

    @property
    def is_of_album(self) -> bool:
        """Whether the person sent several files together, of which this is one."""
        return "media_group_id" in self._content

    @property
    def pressed(self) -> int | None:
        """The number of the message whose button was pressed; None where none was."""
        message = self._content.get("message") if self.kind == "callback_query" else None
        return message["message_id"] if message else None

    @property
    def sent(self) -> Located | Sent | None:
        """The place or the file that the person sent; None where they did not."""
        return sent_in(self._content) if self.kind == "message" else None

    @property
    def command(self) -> tuple[str, str] | None:
        """The command that the text begins with, in small letters, and the bot it is for.

        Telegram marks commands in the text. The second is empty where no bot is named.
        """
        mark = next(iter(self._content.get("entities", ())), None)
        if self.kind != "message" or not mark or mark["type"] != "bot_command" or mark["offset"]:
            return None
        name, _, bot = self._content["text"][1 : mark["length"]].lower().partition("@")
        return name, bot

    def drop_command(self) -> None:
        """Read what follows the command as if it had been typed without it."""
        mark = next(iter(self._content.get("entities", ())), None)
        if self.command is None or mark is None:
            return
        text = self._content["text"]
        # A command and white space have as many letters here as in Telegram's count (UTF-16).
        rest = text[mark["length"] :].lstrip()
        gone = len(text) - len(rest)
        marks = [
            {**each, "offset": each["offset"] - gone}
            for each in self._content["entities"]
            if each["offset"] >= gone
        ]
        self._content = {**self._content, "text": rest, "entities": marks}

    @property
    def heard_as(self) -> tuple[str, ...]:
        """Every name under which a handler may listen to this (`Routes` makes them)."""
        match self.kind:
            case kind if kind == IN_GROUP:
                return (f"group:{self.in_group.what}",)
            case "callback_query":
                names: tuple[str, ...] = (f"tap:{self.tap.verb}", "tap")
            case "message" if command := self.command:
                ours = command[1] in {"", self.house.username.lower()}
                names = (f"command:{command[0]}", "message") if ours else ("message",)
            case "message":
                names = tuple(part for part in ("text", "location") if self._content.get(part))
                names += ("message",)
            case kind:
                return (kind,)
        return names if self.person.language else (*names, "stranger")

    @property
    def payload(self) -> str:
        """What follows a command."""
        return self.text.partition(" ")[2].strip()

    @cached_property
    def in_group(self) -> InGroup:
        """What happened in a group, where that is what the update is about."""
        return read(self._content)

    @property
    def chat_id(self) -> int:
        """Where to answer: in the person's own chat, or in the group."""
        return self.in_group.chat_id if self.kind == IN_GROUP else self.person.telegram_id

    @cached_property
    def tap(self) -> Tap:
        """What the pressed button means; an empty verb where none was pressed."""
        pressed = self.kind in {"callback_query", IN_GROUP}
        data = self._content.get("data") if pressed else None
        return callback_data.read(data) if data else Tap("")

    def reply(self, message: Message) -> None:
        """Say something in a new message."""
        for each in (*message.first, message):
            self._calls.append(say(each, self.chat_id))

    def show(self, message: Message) -> None:
        """Put something in the place of the message whose button was pressed."""
        pressed = self._content.get("message") if self.kind == "callback_query" else None
        if self.kind == IN_GROUP and self.in_group.message_id:
            self._calls.append(edit(message, self.chat_id, self.in_group.message_id))
        elif pressed is None:
            self.reply(message)
        else:
            number = pressed["message_id"]
            if message.first or message.anew:
                self._calls.append(without_buttons(self.person.telegram_id, number))
                self.reply(message)
            else:
                self._calls.append(edit(message, self.person.telegram_id, number))
            if message.shows is not None or _may_show_event(pressed):
                self.screens[number] = message.shows

    def toast(self, text: str, *, alert: bool = False) -> None:
        """Say something short that fades; with `alert`, one that stays until it is closed."""
        if self._waits_for is not None:
            self._toast = toast(self._waits_for, text, alert=alert)

    def call(self, method: str, **params: object) -> None:
        """Owe Telegram a call that is no message, such as answering an inline query."""
        self._calls.append(Call(method, params))

    def owed(self) -> list[Call]:
        """The calls to make, the answer to a pressed button first."""
        if self._waits_for is None:
            return self._calls
        return [self._toast or toast(self._waits_for), *self._calls]

    @property
    def _waits_for(self) -> str | None:
        """What a pressed button waits for: the answer to this."""
        if self.kind == IN_GROUP:
            return self.in_group.query or None
        return self._content.get("id") if self.kind == "callback_query" else None


def _may_show_event(message: dict[str, Any]) -> bool:
    """Whether the message of a pressed button, as Telegram sends it, may be one of an event.

    The button's neighbours tell; where Telegram does not send them, it may.
    """
    markup = message.get("reply_markup")
    if markup is None:
        return True
    return any(
        str(button.get("callback_data", "")).partition(":")[0] in EVENT_VERBS
        for row in markup.get("inline_keyboard", ())
        for button in row
    )
