"""What people say and send, and whether they want to hear."""

import re
from typing import Any, Final, Literal

from bot.sandbox import limits
from bot.sandbox.accounts import Accounts, NotPossibleError
from bot.sandbox.entities import JsonObject, clean, find, utf16_length
from bot.sandbox.files import StoredFile, Upload
from bot.sandbox.refusal import RefusedError
from bot.sandbox.world import Bot, Chat, Message

_PAYLOAD: Final = re.compile(f"[A-Za-z0-9_-]{{1,{limits.START_PAYLOAD}}}")
_BLANK: Final = " \n\t"


class Talking(Accounts):
    """What a person says and sends to a bot."""

    def talk(self, person_id: int, bot: str) -> tuple[Bot, Chat]:
        """The bot and the chat in which a person is about to do something.

        Raises:
            NotPossibleError: the person has blocked the bot, or is gone.
        """
        account, person = self.bot(bot), self.person(person_id)
        chat = self.world.chat(account, person)
        if person.deactivated:
            raise NotPossibleError("This person's account is gone.", 409)
        if chat.blocked:
            raise NotPossibleError("This person has blocked the bot. Unblock it first.", 409)
        return account, chat

    def put(self, account: Bot, chat: Chat, content: JsonObject, **more: Any) -> Message:
        """Put a person's message into the chat and into the bot's updates."""
        data: JsonObject = {
            "message_id": account.next_message_id(),
            "from": chat.person.user(),
            "chat": chat.person.chat(),
            "date": int(self.world.now()),
            **content,
        }
        chat.started = True
        message = self.world.put(chat, Message(data, outgoing=True, **more))
        account.updates.add("message", data, ("chat", chat.person.id))
        return message

    def say(
        self, person_id: int, text: str, reply_to: int | None = None, bot: str = ""
    ) -> JsonObject:
        """Write a text."""
        account, chat = self.talk(person_id, bot)
        content = _words(text)
        if reply_to is not None:
            replied = message_of(chat, reply_to).data
            content["reply_to_message"] = {
                name: value for name, value in replied.items() if name != "reply_to_message"
            }
        return self.put(account, chat, content).as_seen()

    def edit(self, person_id: int, message_id: int, text: str, bot: str = "") -> JsonObject:
        """Change a text that was sent; the bot hears of it only if it really changed."""
        account, chat = self.talk(person_id, bot)
        message = message_of(chat, message_id)
        if not message.outgoing or "text" not in message.data:
            raise NotPossibleError("A person can only change a text that they wrote themselves.")
        kept = {name: value for name, value in message.data.items() if name != "entities"}
        new = kept | _words(text)
        if new != message.data:
            new["edit_date"] = int(self.world.now())
            message.data = new
            account.updates.add("edited_message", new, ("chat", chat.person.id))
            self.world.show(chat, message)
        return message.as_seen()

    def open(self, person_id: int, payload: str, bot: str = "") -> JsonObject:
        """Follow a t.me link to the bot."""
        if not _PAYLOAD.fullmatch(payload):
            raise NotPossibleError(
                f"A link carries 1 to {limits.START_PAYLOAD} letters (A to Z), digits, _ or -."
            )
        return self.say(person_id, f"/start {payload}", bot=bot)

    def location(
        self, person_id: int, latitude: float, longitude: float, bot: str = ""
    ) -> JsonObject:
        """Share a place."""
        account, chat = self.talk(person_id, bot)
        place = {"latitude": latitude, "longitude": longitude}
        return self.put(account, chat, {"location": place}).as_seen()

    def sticker(self, person_id: int, bot: str = "") -> JsonObject:
        """Send a sticker."""
        account, chat = self.talk(person_id, bot)
        upload = Upload("sticker.webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp")
        stored = self.world.files.keep(account.id, "sticker", upload)
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
        return self.put(account, chat, {"sticker": sticker}).as_seen()

    def file(
        self,
        person_id: int,
        upload: Upload,
        caption: str = "",
        kind: Literal["document", "photo", "video", "audio", "voice"] = "document",
        bot: str = "",
    ) -> JsonObject:
        """Send a file, a picture, a video, a sound or a voice message."""
        account, chat = self.talk(person_id, bot)
        try:
            stored = self.world.files.keep(account.id, kind, upload)
        except RefusedError:
            raise NotPossibleError("Telegram takes only PNG, JPEG or GIF as a photo.") from None
        about: Any = stored.described()
        if kind in {"voice", "video", "audio"}:
            about["duration"] = 1
        if kind == "video":
            about |= {"width": 320, "height": 240}
        content: JsonObject = {kind: [about] if kind == "photo" else about}
        words = _words(caption) if caption.strip(_BLANK) else {}
        for name, value in words.items():
            content["caption" if name == "text" else f"caption_{name}"] = value
        return self.put(account, chat, content).as_seen()

    def stored_file(self, file_id: str) -> StoredFile:
        """A file that somebody has sent."""
        stored = self.world.files.of_anyone(file_id)
        if stored is None:
            raise NotPossibleError("There is no such file.", 404)
        return stored

    def block(self, person_id: int, bot: str = "") -> JsonObject:
        """Block the bot."""
        account, chat = self.talk(person_id, bot)
        chat.blocked = True
        self._tell_member(account, chat, "member", "kicked")
        return self._shown(chat.person)

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

    def _tell_member(self, account: Bot, chat: Chat, old: str, new: str) -> None:
        change = {
            "chat": chat.person.chat(),
            "from": chat.person.user(),
            "date": int(self.world.now()),
            "old_chat_member": _member(account, old),
            "new_chat_member": _member(account, new),
        }
        account.updates.add("my_chat_member", change, ("member", chat.person.id))

    def deactivate(self, person_id: int) -> JsonObject:
        """The person deletes their Telegram account; nobody is told."""
        person = self.person(person_id)
        person.deactivated = True
        return self._shown(person)


def _member(account: Bot, status: str) -> JsonObject:
    member: JsonObject = {"status": status, "user": account.user()}
    return member | {"until_date": 0} if status == "kicked" else member


def _words(text: str) -> JsonObject:
    text = clean(text).strip(_BLANK)
    if not text:
        raise NotPossibleError("A message needs some text.")
    if utf16_length(text) > limits.TEXT:
        raise NotPossibleError(f"A message has at most {limits.TEXT} characters.")
    entities = find(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def message_of(chat: Chat, message_id: int) -> Message:
    """A message of the chat.

    Raises:
        NotPossibleError: there is none of that number.
    """
    message = chat.messages.get(message_id)
    if message is None:
        raise NotPossibleError(f"There is no message {message_id} in this chat.", 404)
    return message
