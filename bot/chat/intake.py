"""How updates come in: fetched or pushed, into the inbox before Telegram is told they arrived."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import orjson
import structlog

from bot.chat.handling import Handling
from bot.chat.http import ApiError, ApiUnreachable, TelegramHttp
from bot.chat.in_groups import IN_GROUP, is_in_group
from bot.chat.inbox import Arrived, Inbox
from bot.chat.routes import ALLOWED_UPDATES
from bot.chat.turnstile import Turnstile
from bot.clock import Clock
from bot.db import Database
from bot.errors import SettingsProblem
from bot.people.vault import Vault

LONG_POLL = 50  # seconds, Telegram's own maximum
STAND_BY = 0.5  # seconds between looks whether it is this process's turn to fetch
PAUSE = 2.0  # seconds after a failed fetch; doubles up to a minute
LONGEST_PAUSE = 60.0
WRONG_TOKEN = (401, 404)
CONFLICT = 409
LONGEST_LINE = 500
"""Updates of one person that may wait. Nobody means more than that; it is a program, or a key that
is stuck, and would fill the disk."""
KINDS = frozenset(ALLOWED_UPDATES)
SAID = frozenset(
    {
        "text", "location", "venue", "contact", "sticker", "photo", "voice", "audio", "video",
        "video_note", "animation", "document", "story", "poll", "checklist", "dice", "game",
        "paid_media", "invoice",
    }
)  # fmt: skip
"""What makes a message something that a person says, as against what their app reports."""

log = structlog.get_logger(__name__)
OfGroup = Callable[[str, dict[str, Any]], dict[str, Any] | None]


class Intake:
    """Puts updates into the inbox and then in line.

    Args:
        redact: changes a raw update before anything of it is kept.
        of_group: what of an update from a group is kept, by its kind and content; None for nothing.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- all that an update meets on its way in
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        handling: Handling,
        redact: Callable[[dict[str, Any]], None],
        of_group: OfGroup,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._handling = handling
        self._redact = redact
        self._of_group = of_group

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Keep a batch of updates; when this returns, Telegram may be told they arrived."""
        batch = self._without_floods(filter(None, map(self._read, updates)))
        if not batch:
            return
        async with self._database.work() as work:
            inbox = Inbox(work, self._vault)
            due = await inbox.put(batch, self._clock.now())
            if len(due) < len(batch):
                # Telegram repeats what nobody confirmed. Whoever kept it may have died before it
                # could be taken up, and on a server even after our first look at what was left.
                due = await inbox.still_waiting(batch)
        for arrived in due:
            self._handling.admit(arrived)

    def _without_floods(self, updates: Iterable[Arrived]) -> list[Arrived]:
        batch = []
        of_person: Counter[int] = Counter()
        passed_over = 0
        for each in updates:
            if self._handling.waiting(each.person) + of_person[each.person] < LONGEST_LINE:
                of_person[each.person] += 1
                batch.append(each)
            else:
                passed_over += 1
        if passed_over:
            log.warning("a flood is passed over", updates=passed_over)
        return batch

    def _read(self, update: dict[str, Any]) -> Arrived | None:
        """An update as we keep it; None for what is not for us, or no update at all.

        Telegram repeats what it was not told arrived. So one update of a form that nobody has
        thought of must not be in the way of all that come with it and after it.
        """
        try:
            return self._kept(update)
        except Exception as error:  # noqa: BLE001 -- whatever is wrong with it, the others count
            log.error("an update could not be read and is passed over", error=type(error).__name__)
            return None

    def _kept(self, update: dict[str, Any]) -> Arrived | None:
        """An update as we keep it; None for what nobody said to us.

        That is: channels, other bots, what people in a group say to each other, what an app reports
        by itself (a pinned message, say), and cards of ours that somebody shares in this chat.
        """
        kind = next((key for key in update if key != "update_id"), "")
        content = update.get(kind)
        if kind not in KINDS or not isinstance(content, dict):
            return None
        if is_in_group(content):
            return self._kept_of_group(update["update_id"], kind, content)
        if kind == "message" and (content.keys().isdisjoint(SAID) or "via_bot" in content):
            return None
        sender = content.get("from")
        if sender is None or sender.get("is_bot"):
            return None
        chat = content.get("chat") or (content.get("message") or {}).get("chat") or {}
        if chat.get("type", "private") != "private":
            return None
        self._redact(update)
        body = orjson.dumps(update).decode()
        return Arrived(_number(update["update_id"]), _number(sender["id"]), body)

    def _kept_of_group(self, number: object, kind: str, content: dict[str, Any]) -> Arrived | None:
        """An update from a group, in the line of that group."""
        kept = self._of_group(kind, content)
        if kept is None:
            return None
        body = orjson.dumps({"update_id": number, IN_GROUP: kept}).decode()
        return Arrived(_number(number), _number(kept["chat_id"]), body)


def _number(value: object) -> int:
    """A number that a database can hold."""
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError("not a whole number of 64 bits")
    return value


class Polling:
    """Fetches updates, and confirms a batch only by asking for the one after it.

    Args:
        http: the session to the Bot API.
        intake: takes what was fetched.
        turnstile: says when there is room for more.
        on_duty: whether it is for this process to fetch; Telegram lets one do it at a time.
    """

    def __init__(
        self,
        http: TelegramHttp,
        intake: Intake,
        turnstile: Turnstile,
        on_duty: Callable[[], bool],
    ) -> None:
        self._http = http
        self._intake = intake
        self._turnstile = turnstile
        self._on_duty = on_duty

    async def run(self) -> None:
        """Fetch until cancelled.

        Raises:
            SettingsProblem: Telegram does not know the token.
        """
        offset = 0
        pause = PAUSE
        while True:
            if not self._on_duty():
                await asyncio.sleep(STAND_BY)
                continue
            try:
                updates = await self._http.call(
                    "getUpdates",
                    {
                        "offset": offset,
                        "limit": 100,
                        "timeout": LONG_POLL,
                        "allowed_updates": ALLOWED_UPDATES,
                    },
                    timeout=LONG_POLL + 10,
                )
                await self._intake.take(updates)
                if updates:
                    offset = max(_number(update["update_id"]) for update in updates) + 1
            except ApiError as error:
                if error.code in WRONG_TOKEN:
                    raise SettingsProblem(
                        "Telegram does not know BAOBAB_TOKEN. Copy it again from BotFather."
                    ) from None
                wait = error.retry_after or pause
                if error.code == CONFLICT:
                    log.error("another process fetches this bot's updates; stop one of the two")
                else:
                    log.warning("fetching updates was refused", code=error.code, wait=wait)
            except ApiUnreachable as error:
                wait = pause
                log.warning("Telegram cannot be reached", why=str(error), wait=wait)
            except Exception as error:  # noqa: BLE001 -- unconfirmed updates come again
                wait = pause
                log.error("updates could not be kept", error=type(error).__name__, wait=wait)
            else:
                pause = PAUSE
                await self._turnstile.room()
                continue
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)
