"""Who and what there is in the sandbox: people, bots, their chats, groups and messages."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from bot.clock import Clock
from bot.sandbox import limits
from bot.sandbox.chats import PRESENT, Chat, Group, Message, Person, PrivateChat
from bot.sandbox.entities import JsonObject
from bot.sandbox.files import FileStore
from bot.sandbox.profile_store import ProfileStore
from bot.sandbox.refusal import RefusedError, bad_request, forbidden
from bot.sandbox.stream import Stream
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhooks import WebhookSender

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_PERSON: Final = 5_000_000_000  # more than 32 bits, as real ids are
_GAP: Final = 100_000_000  # between people's ids, at most


@dataclass(slots=True, eq=False)
class Question:
    """A tap or an inline query that waits for the bot's answer.

    Attributes:
        chat: the private chat of whoever asks.
        where: where they tapped or typed.
    """

    chat: PrivateChat
    where: Chat
    asked: float  # seconds since 1970
    answered: bool = False
    results: list[JsonObject] | None = None


@dataclass(slots=True, eq=False)
class Bot:
    """A bot's account."""

    id: int
    token: str
    username: str
    first_name: str
    updates: UpdateQueue
    webhook: WebhookSender | None = None
    chats: dict[int, PrivateChat] = field(default_factory=dict)  # by person
    profile: ProfileStore = field(default_factory=ProfileStore)
    taps: dict[str, Question] = field(default_factory=dict)
    inline_queries: dict[str, Question] = field(default_factory=dict)
    inline_messages: dict[str, tuple[Chat, Message]] = field(default_factory=dict)
    reads_all: bool = False  # privacy mode is off
    inline_feedback: bool = True  # it hears which results are chosen
    logged_out: bool = False
    last_message_id: int = field(default_factory=lambda: secrets.randbelow(1000))

    def user(self) -> JsonObject:
        """The Bot API's User."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def next_message_id(self) -> int:
        """A number for a new message; they rise through all of a bot's private chats."""
        self.last_message_id += 1
        return self.last_message_id


class World:
    """Everything the sandbox knows, in memory."""

    def __init__(self, clock: Clock, tap_seconds: float) -> None:
        self.clock = clock
        self.tap_seconds = tap_seconds
        self.people: dict[int, Person] = {}
        self.bots: dict[str, Bot] = {}  # by token
        self.groups: dict[int, Group] = {}
        self.files = FileStore()
        self.stream = Stream()
        self.obey: Callable[[Bot, JsonObject], None] = lambda _bot, _answer: None
        self._last_person = _FIRST_PERSON

    def now(self) -> float:
        """Seconds since 1970 by the sandbox's clock."""
        return self.clock.now().timestamp()

    def add_bot(self, token: str, username: str, first_name: str) -> Bot:
        """Register a bot under its token."""
        number = token.partition(":")[0]
        updates = UpdateQueue(self.now)
        bot = Bot(int(number), token, username, first_name, updates)
        self.bots[token] = bot
        return bot

    def add_person(self, **about: Any) -> Person:
        """Make a person; the arguments are the fields of `Person`."""
        self._last_person += 1 + secrets.randbelow(_GAP)
        person = Person(self._last_person, **about)
        self.people[person.id] = person
        return person

    def add_group(self, title: str, kind: str = "group") -> Group:
        """Make a group without anybody in it."""
        far = -1_000_000_000_000 if kind == "supergroup" else 0
        number = far - 4_000_000_000 - secrets.randbelow(900_000_000)
        group = self.groups[number] = Group(number, title, kind)
        if kind == "group":
            group.last_message_id = secrets.randbelow(1000)
        return group

    def chat(self, bot: Bot, person: Person) -> PrivateChat:
        """The private chat of the two; made when there was none."""
        chat = bot.chats.get(person.id)
        if chat is None:
            chat = bot.chats[person.id] = PrivateChat(person)
        return chat

    def known_chat(self, bot: Bot, chat_id: object) -> Chat:
        """The chat that a bot names.

        Raises:
            RefusedError: there is no such chat, or none was named.
        """
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        if isinstance(chat_id, int) and (person := self.people.get(chat_id)) is not None:
            return self.chat(bot, person)
        group = self.groups.get(chat_id) if isinstance(chat_id, int) else None
        if group is None or bot.id not in group.bots:
            raise bad_request("chat not found")
        return group

    def open_chat(self, bot: Bot, chat_id: object) -> Chat:
        """The chat that a bot names in order to say something in it.

        Raises:
            RefusedError: no such chat; or the person never started, blocked or is gone; or the bot
                is not in the group, or the group is another one now.
        """
        chat = self.known_chat(bot, chat_id)
        if isinstance(chat, Group):
            _check_open(bot, chat)
        elif isinstance(chat, PrivateChat):
            if chat.person.deactivated:
                raise forbidden("user is deactivated")
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
        return chat

    def next_message_id(self, bot: Bot, chat: Chat) -> int:
        """A number for a new message in a chat; a group has numbers of its own."""
        if not isinstance(chat, Group):
            return bot.next_message_id()
        chat.last_message_id += 1
        return chat.last_message_id

    def put(self, chat: Chat, message: Message) -> Message:
        """Add a message to a chat and show it to people."""
        chat.messages[message.id] = message
        self.show(chat, message)
        return message

    def show(self, chat: Chat, message: Message) -> None:
        """Tell the page of a new or edited message."""
        self.stream.publish("message", {**chat.place, "message": message.as_seen()})

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message for everybody."""
        message = chat.messages.pop(message_id)
        chat.deleted.add(message.id)
        self.stream.publish("deleted", {**chat.place, "message_id": message_id})

    def ask(self, waiting: dict[str, Question], chat: PrivateChat, where: Chat) -> str:
        """Note a question to a bot and return its id; forgets those nobody can answer any more."""
        now = self.now()
        while waiting and next(iter(waiting.values())).asked < now - limits.DAY:
            waiting.pop(next(iter(waiting)))
        number = str(secrets.randbits(60))
        waiting[number] = Question(chat, where, now)
        return number

    def question(self, waiting: dict[str, Question], number: object, seconds: float) -> Question:
        """The question that a bot answers, marked as answered.

        Raises:
            RefusedError: it is unknown, older than `seconds`, or was answered before.
        """
        question = waiting.get(number) if isinstance(number, str) else None
        if question is None or question.answered or question.asked < self.now() - seconds:
            raise RefusedError(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        question.answered = True
        return question


def _check_open(bot: Bot, group: Group) -> None:
    if group.upgraded_to is not None:
        raise RefusedError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": group.upgraded_to},
        )
    status = group.bots[bot.id]
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {group.kind} chat")
    if status not in PRESENT:
        raise forbidden(f"bot is not a member of the {group.kind} chat")
