"""What people say and send, and whether they want to hear."""

import re
import secrets
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from bot.sandbox import limits
from bot.sandbox.accounts import Accounts, NotPossibleError
from bot.sandbox.chats import (
    RUNS_IT,
    Chat,
    Group,
    Message,
    Person,
    PrivateChat,
    membership,
)
from bot.sandbox.entities import JsonObject, clean, finish, utf16_length
from bot.sandbox.files import StoredFile, Upload
from bot.sandbox.privacy_mode import sees
from bot.sandbox.refusal import RefusedError
from bot.sandbox.typing_marks import formatted
from bot.sandbox.world import Bot

_PAYLOAD: Final = re.compile(f"[A-Za-z0-9_-]{{1,{limits.START_PAYLOAD}}}")
_BLANK: Final = " \n\t"
FileKind: TypeAlias = Literal["document", "photo", "video", "audio", "voice"]
_MEASURES: Final[dict[str, JsonObject]] = {
    "video": {"width": 320, "height": 240, "duration": 1},
    "audio": {"duration": 1},
    "voice": {"duration": 1},
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A person who is about to do something.

    Attributes:
        account: the bot that it is about.
        own: the person's private chat with that bot.
        where: where they do it: there, or in a group.
    """

    account: Bot
    person: Person
    own: PrivateChat
    where: Chat

    @property
    def runs_it(self) -> bool:
        """Whether they are an administrator where they are."""
        where = self.where
        return isinstance(where, Group) and where.members.get(self.person.id) in RUNS_IT


class Talking(Accounts):
    """What a person says and sends, to a bot or in a group."""

    def talk(self, person_id: int, bot: str, group: int | None = None) -> Standing:
        """Who is about to do something, and where.

        Raises:
            NotPossibleError: the person has blocked the bot, is gone, or is not in the group.
        """
        account, person = self.bot(bot), self.person(person_id)
        if person.deactivated:
            raise NotPossibleError("This person's account is gone.", 409)
        own = self.world.chat(account, person)
        if group is None:
            if own.blocked:
                raise NotPossibleError("This person has blocked the bot. Unblock it first.", 409)
            return Standing(account, person, own, own)
        where = self.group(group)
        if where.upgraded_to is not None:
            raise NotPossibleError("This group is a supergroup now.", 409)
        if not where.has(person):
            raise NotPossibleError(f"{person.first_name} is not in this group.", 409)
        return Standing(account, person, own, where)

    def put(self, who: Standing, content: JsonObject, **more: Any) -> Message:
        """Put a person's message into the chat, and into the updates of the bots that see it."""
        if isinstance(who.where, Group) and who.where.muted and not who.runs_it:
            raise NotPossibleError("Only administrators may write in this group.", 409)
        data: JsonObject = {
            "message_id": self.world.next_message_id(who.account, who.where),
            "from": who.person.user(),
            "chat": who.where.described(),
            "date": int(self.world.now()),
            **content,
        }
        if who.where is who.own:
            who.own.started = True
        message = self.world.put(who.where, Message(data, outgoing=True, **more))
        self.tell(who, "message", data)
        return message

    def tell(self, who: Standing, kind: str, data: JsonObject) -> None:
        """Let the bots hear of a person's message that are to."""
        lane = ("chat", who.where.id)
        if not isinstance(who.where, Group):
            who.account.updates.add(kind, data, lane)
            return
        for bot in self.world.bots.values():
            if sees(bot, who.where, data):
                bot.updates.add(kind, data, lane)

    def say(
        self,
        person_id: int,
        text: str,
        reply_to: int | None = None,
        bot: str = "",
        group: int | None = None,
    ) -> JsonObject:
        """Write a text."""
        who = self.talk(person_id, bot, group)
        content = _words(text)
        if reply_to is not None:
            replied = message_of(who.where, reply_to).data
            content["reply_to_message"] = {
                name: value for name, value in replied.items() if name != "reply_to_message"
            }
        return self.put(who, content).as_seen()

    def edit(
        self, person_id: int, message_id: int, text: str, bot: str = "", group: int | None = None
    ) -> JsonObject:
        """Change a text that was sent; the bot hears of it only if it really changed."""
        who = self.talk(person_id, bot, group)
        message = message_of(who.where, message_id)
        if message.data["from"]["id"] != person_id or "text" not in message.data:
            raise NotPossibleError("A person can only change a text that they wrote themselves.")
        kept = {name: value for name, value in message.data.items() if name != "entities"}
        new = kept | _words(text)
        if new != message.data:
            new["edit_date"] = int(self.world.now())
            message.data = new
            self.tell(who, "edited_message", new)
            self.world.show(who.where, message)
        return message.as_seen()

    def open(self, person_id: int, payload: str, bot: str = "") -> JsonObject:
        """Follow a t.me link to the bot."""
        if not _PAYLOAD.fullmatch(payload):
            raise NotPossibleError(
                f"A link carries 1 to {limits.START_PAYLOAD} letters (A to Z), digits, _ or -."
            )
        return self.say(person_id, f"/start {payload}", bot=bot)

    def location(
        self,
        person_id: int,
        latitude: float,
        longitude: float,
        bot: str = "",
        group: int | None = None,
    ) -> JsonObject:
        """Share a place."""
        who = self.talk(person_id, bot, group)
        place = {"latitude": latitude, "longitude": longitude}
        return self.put(who, {"location": place}).as_seen()

    def sticker(self, person_id: int, bot: str = "", group: int | None = None) -> JsonObject:
        """Send a sticker."""
        who = self.talk(person_id, bot, group)
        upload = Upload("sticker.webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp")
        stored = self.world.files.keep(who.account.id, "sticker", upload)
        sticker = {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "🌳",
            "file_size": len(upload.body),
        }
        return self.put(who, {"sticker": sticker}).as_seen()

    def file(  # noqa: PLR0913, PLR0917 -- a file, its words, and where it goes
        self,
        person_id: int,
        upload: Upload,
        caption: str = "",
        kind: FileKind = "document",
        bot: str = "",
        group: int | None = None,
    ) -> JsonObject:
        """Send a file, a picture, a film, music or a voice message."""
        who = self.talk(person_id, bot, group)
        return self.put(who, self._held(who.account, upload, kind, caption)).as_seen()

    def album(
        self,
        person_id: int,
        files: list[tuple[Upload, FileKind]],
        caption: str = "",
        bot: str = "",
        group: int | None = None,
    ) -> list[JsonObject]:
        """Send files that are shown together: a message for each, the first has the caption."""
        who = self.talk(person_id, bot, group)
        kinds = {kind for _, kind in files}
        if not 1 < len(files) <= limits.ALBUM:
            raise NotPossibleError(f"An album has 2 to {limits.ALBUM} files.")
        if "voice" in kinds or (len(kinds) > 1 and not kinds <= {"photo", "video"}):
            raise NotPossibleError("An album has photos and videos, or files, or music.")
        contents = [
            self._held(who.account, upload, kind, "" if at else caption)
            for at, (upload, kind) in enumerate(files)
        ]
        together = {"media_group_id": str(secrets.randbits(53))}
        return [self.put(who, {**together, **one}).as_seen() for one in contents]

    def _held(self, account: Bot, upload: Upload, kind: FileKind, caption: str) -> JsonObject:
        try:
            stored = self.world.files.keep(account.id, kind, upload)
        except RefusedError:
            raise NotPossibleError("Telegram takes only PNG, JPEG or GIF as a photo.") from None
        about: Any = {**stored.described(), **_MEASURES.get(kind, {})}
        content: JsonObject = {kind: [about] if kind == "photo" else about}
        words = _words(caption) if caption.strip(_BLANK) else {}
        for name, value in words.items():
            content["caption" if name == "text" else f"caption_{name}"] = value
        return content

    def stored_file(self, file_id: str) -> StoredFile:
        """A file that somebody has sent."""
        stored = self.world.files.of_anyone(file_id)
        if stored is None:
            raise NotPossibleError("There is no such file.", 404)
        return stored

    def block(self, person_id: int, bot: str = "") -> JsonObject:
        """Block the bot."""
        who = self.talk(person_id, bot)
        who.own.blocked = True
        self._tell_member(who.account, who.own, "member", "kicked")
        return self._shown(who.person)

    def unblock(self, person_id: int, bot: str = "") -> JsonObject:
        """Unblock the bot; a Telegram app says /start then."""
        account, person = self.bot(bot), self.person(person_id)
        chat = self.world.chat(account, person)
        if chat.blocked:
            chat.blocked = False
            self._tell_member(account, chat, "kicked", "member")
            self._shown(person)
            self.say(person_id, "/start", bot=bot)
        return self.described(person, bot)

    def _tell_member(self, account: Bot, chat: PrivateChat, old: str, new: str) -> None:
        change = {
            "chat": chat.described(),
            "from": chat.person.user(),
            "date": int(self.world.now()),
            "old_chat_member": membership(account.user(), old),
            "new_chat_member": membership(account.user(), new),
        }
        account.updates.add("my_chat_member", change, ("member", chat.person.id))

    def deactivate(self, person_id: int) -> JsonObject:
        """The person deletes their Telegram account; nobody is told."""
        person = self.person(person_id)
        person.deactivated = True
        return self._shown(person)


def _words(text: str) -> JsonObject:
    read = formatted(clean(text).strip(_BLANK))
    if not read.text:
        raise NotPossibleError("A message needs some text.")
    if utf16_length(read.text) > limits.TEXT:
        raise NotPossibleError(f"A message has at most {limits.TEXT} characters.")
    said = finish(read)
    return {"text": said.text, "entities": said.entities} if said.entities else {"text": said.text}


def message_of(chat: Chat, message_id: int) -> Message:
    """A message of the chat.

    Raises:
        NotPossibleError: there is none of that number.
    """
    message = chat.messages.get(message_id)
    if message is None:
        raise NotPossibleError(f"There is no message {message_id} in this chat.", 404)
    return message
