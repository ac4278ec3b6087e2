"""What a handler works with: one update being handled."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage

from bot.chat import callback_data
from bot.chat.outgoing import Call, edit, say, toast
from bot.clock import Clock
from bot.config import Settings
from bot.db import Database, Work
from bot.i18n import Catalogues, Translator
from bot.message import Message, Shown, Tap
from bot.people.content import Content
from bot.people.models import Person
from bot.people.vault import Vault

EVENT_VERBS = frozenset({"book", "unbook", "calendar", "directions", "about", "who"})
"""One of these is on every message that shows an event."""

current_turn: ContextVar["Turn"] = ContextVar("current_turn")


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
        person: who sent it.
        t: their voice.
        update: the update itself.
        erased: set it when something was erased for good, so that what the database's own files
            still show of it goes too, once the answer has left.
        screens: messages of ours, by their numbers, that show another event now, or none.
    """

    def __init__(self, update: Update, work: Work, now: datetime, house: House) -> None:
        self.update = update
        self.work = work
        self.now = now
        self.house = house
        self.person: Person
        self.t: Translator
        self.failure: Exception | None = None
        self.erased = False
        self.screens: dict[int, Shown | None] = {}
        self._calls: list[Call] = []
        self._toast: Call | None = None

    def meet(self, person: Person) -> None:
        """The person as they are now; what is said after this is in their language."""
        self.person = person
        self.t = self.house.catalogues.translator(person.language or self.telegram_language)

    @property
    def telegram_language(self) -> str | None:
        """The language their Telegram is in: a hint about people who have chosen none here."""
        user = self.update.effective_user
        return user.language_code if user else None

    @property
    def text(self) -> str:
        """What the person typed; empty where they did not."""
        message = self.update.message
        return (message.text or "").strip() if message else ""

    @property
    def payload(self) -> str:
        """What follows a command."""
        return self.text.partition(" ")[2].strip()

    @property
    def tap(self) -> Tap:
        """What the pressed button means; an empty verb where none was pressed."""
        query = self.update.callback_query
        return callback_data.read(query.data or "") if query else Tap("")

    def reply(self, message: Message) -> None:
        """Say something in a new message."""
        self._calls.append(say(message, self.person.telegram_id))

    def show(self, message: Message) -> None:
        """Put something in the place of the message whose button was pressed."""
        query = self.update.callback_query
        if query is None or query.message is None:
            self.reply(message)
        else:
            self._calls.append(edit(message, self.person.telegram_id, query.message.message_id))
            if message.shows is not None or _may_show_event(query):
                self.screens[query.message.message_id] = message.shows

    def toast(self, text: str, *, alert: bool = False) -> None:
        """Say something short that fades; with `alert`, one that stays until it is closed."""
        query = self.update.callback_query
        if query is not None:
            self._toast = toast(query.id, text, alert=alert)

    def call(self, method: str, **params: object) -> None:
        """Owe Telegram a call that is no message, such as answering an inline query."""
        self._calls.append(Call(method, params))

    def owed(self) -> list[Call]:
        """The calls to make, the answer to a pressed button first."""
        query = self.update.callback_query
        if query is None:
            return self._calls
        return [self._toast or toast(query.id), *self._calls]


def _may_show_event(query: CallbackQuery) -> bool:
    """Whether the message of a pressed button may be one that shows an event.

    The button's neighbours tell; where Telegram does not send them, it may.
    """
    message = query.message
    if not isinstance(message, TelegramMessage) or message.reply_markup is None:
        return True
    return any(
        callback_data.read(button.callback_data).verb in EVENT_VERBS
        for row in message.reply_markup.inline_keyboard
        for button in row
        if isinstance(button.callback_data, str)
    )
