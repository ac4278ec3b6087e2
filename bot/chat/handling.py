"""One update, once: claim it, let its handler work, keep what is owed, commit, then answer."""

import asyncio
import contextlib
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import structlog

from bot.chat.context import House, Turn
from bot.chat.in_groups import IN_GROUP
from bot.chat.inbox import Arrived, Inbox
from bot.chat.outgoing import Call
from bot.chat.readings import Unread
from bot.chat.retention import forget_old
from bot.chat.routes import Handler, Routes
from bot.chat.sender import Sender
from bot.chat.turnstile import Turnstile
from bot.errors import DatabaseBusy, NotAllowed, Overtaken
from bot.events.open_cards import OpenCards
from bot.people.models import Person
from bot.people.service import People

FIRST_PAUSE = 0.1  # seconds before an update meets a busy database again; doubles
LONGEST_PAUSE = 10.0
NOBODY = 0
"""Of ours, the number of somebody whom we do not know."""
NOT_SAID_TO_US = frozenset({"my_chat_member", "inline_query", "chosen_inline_result", IN_GROUP})
OFTEN = 4
"""How often an update is looked at anew because somebody else was faster, before it is a fault."""
LEFT_OVER = timedelta(seconds=30)
"""How long nobody may have worked on an update before the sweep takes it up."""

log = structlog.get_logger(__name__)
Apology = Callable[[Turn], None]


class Handling:
    """Takes updates from the inbox to their answers.

    Args:
        house: what lives as long as the process.
        routes: the handlers that hear the updates.
        sender: sends the answers.
        turnstile: orders the work.
        apologise: says sorry to the person whose update failed.
        hush: told the number of a person who wants no messages, once that is committed.
        plans_changed: told that something may be due sooner than was known, once that is committed.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- all that an update meets on its way
        self,
        house: House,
        routes: Routes,
        sender: Sender,
        turnstile: Turnstile,
        apologise: Apology,
        hush: Callable[[int], None],
        plans_changed: Callable[[], None],
    ) -> None:
        self._house = house
        self._routes = routes
        self._sender = sender
        self._turnstile = turnstile
        self._apologise = apologise
        self._hush = hush
        self._plans_changed = plans_changed
        self._in_hand: set[int] = set()
        self._sent: list[int] = []
        self._untidy = True  # a process before this one may have died before it was tidy

    def admit(self, arrived: Arrived) -> None:
        """Put an update in its person's line, unless it is in hand already."""
        if arrived.update_id in self._in_hand:
            return
        self._in_hand.add(arrived.update_id)
        self._turnstile.admit(arrived.person, lambda: self._take(arrived))

    def waiting(self, person: int) -> int:
        """How many updates of a person wait or are being handled."""
        return self._turnstile.waiting(person)

    async def _take(self, arrived: Arrived) -> None:
        try:
            if arrived.replies is not None:
                await self._answer(arrived.update_id, Call.many_from_json(arrived.replies))
                self._untidy = True  # perhaps it was a goodbye
            else:
                await self._handle(arrived)
        except Exception as error:  # noqa: BLE001 -- the row is still in the inbox: the sweep retries
            _report("an update could not be dealt with; it will be tried again", arrived, error)
        finally:
            self._in_hand.discard(arrived.update_id)

    async def _handle(self, arrived: Arrived) -> None:
        turn = await self._patiently(arrived)
        if turn is None:
            return
        if turn.erased or not turn.person.wants_messages:
            self._hush(turn.person.id)
        if turn.erased:
            self._untidy = True
        if turn.plans_changed:
            self._plans_changed()
        if calls := turn.owed():
            await self._answer(arrived.update_id, calls)
        if turn.erased:
            await self.put_away()
            await self._tidy()

    async def _patiently(self, arrived: Arrived) -> Turn | None:
        """Handle an update as soon as the database can; the person's next ones wait for it."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._once(arrived)
            except DatabaseBusy as error:
                if pause == FIRST_PAUSE:
                    log.warning(
                        "the database is busy; an update waits",
                        update_id=arrived.update_id,
                        why=str(error),
                    )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _once(self, arrived: Arrived) -> Turn | None:
        update = orjson.loads(arrived.body)
        try:
            for _ in range(OFTEN):
                with contextlib.suppress(Overtaken):
                    return await self._after_readings(arrived, update)
            return await self._after_readings(arrived, update)
        except DatabaseBusy:
            raise
        except Exception as error:  # noqa: BLE001 -- whatever goes wrong, the person is told
            _report("a handler failed", arrived, error)
            return await self._within_work(arrived, update, self._say_sorry)

    async def _after_readings(self, arrived: Arrived, update: dict[str, Any]) -> Turn | None:
        """Handle an update, once what takes long to read has been read beside it."""
        house = self._house
        for _ in range(OFTEN):
            try:
                return await self._within_work(arrived, update, self._routes.handle)
            except Unread as missing:
                # Where it may not be read any more, the handler finds that, too, and says so.
                with contextlib.suppress(NotAllowed):
                    await house.readings.read(missing, house.database, house.clock)
        return await self._within_work(arrived, update, self._routes.handle)

    async def _within_work(
        self, arrived: Arrived, update: dict[str, Any], handle: Handler
    ) -> Turn | None:
        """Handle an update in one transaction; None when it was handled before."""
        now = self._house.clock.now()
        async with self._house.database.work() as work:
            inbox = Inbox(work, self._house.vault)
            if not await inbox.claim(arrived.update_id):
                return None
            people = People(work)
            turn = Turn(update, work, now, self._house)
            if turn.kind in NOT_SAID_TO_US:
                # No reason to begin to know whom we do not know.
                who = turn.in_group.person if turn.kind == IN_GROUP else arrived.person
                person = await people.find(who) if who else None
                if person is None and turn.kind == "my_chat_member":
                    await inbox.handled(arrived, [], now)
                    return None
                turn.meet(person or Person(NOBODY, arrived.person, now))
            else:
                turn.meet(await people.greet(arrived.person, now))
            await handle(turn)
            if turn.screens and not turn.erased:
                await OpenCards(work).note(turn.person.id, turn.screens, now)
            await inbox.handled(arrived, turn.owed(), now)
        return turn

    async def _say_sorry(self, turn: Turn) -> None:
        if turn.kind != IN_GROUP:  # there, others would read it who know nothing of it
            self._apologise(turn)

    async def _answer(self, update_id: int, calls: list[Call]) -> None:
        if await self._sender.deliver(calls):
            self._sent.append(update_id)
        else:
            log.warning("Telegram cannot be reached; an answer waits", update_id=update_id)

    async def put_away(self) -> None:
        """Remove the updates whose answers have left."""
        if not self._sent:
            return
        sent, self._sent = self._sent, []
        cards, self._sender.sent_cards = self._sender.sent_cards, []
        try:
            async with self._house.database.work() as work:
                await Inbox(work, self._house.vault).sent(sent)
                if cards:
                    await OpenCards(work).note_sent(cards, self._house.clock.now())
        except Exception:
            self._sent = sent + self._sent
            self._sender.sent_cards = cards + self._sender.sent_cards
            raise

    async def sweep(self, *, everything: bool = False) -> None:
        """Take up what a crash, or a failure of the network or the database, left behind."""
        await self.put_away()
        now = self._house.clock.now()
        idle = -LEFT_OVER if everything else LEFT_OVER
        async with self._house.database.work() as work:
            inbox = Inbox(work, self._house.vault)
            await inbox.tidy(now)
            await inbox.hold([*self._in_hand, *self._sent], now)
            left = await inbox.take_up(idle, now)
        for arrived in left:
            self.admit(arrived)
        if self._untidy:
            await self._tidy()

    async def _tidy(self) -> None:
        self._untidy = not await self._house.database.tidy()

    async def forget_old(self) -> None:
        """Erase what is older than the organisation says it is kept."""
        house = self._house
        keep = house.content.organisation.keep_days
        async with house.database.work() as work:
            forgotten = await forget_old(work, house.vault, keep, house.clock.now())
        if any(forgotten.values()):
            log.info("old data is erased", **forgotten)
            await self._tidy()


def _report(what: str, arrived: Arrived, error: BaseException) -> None:
    """Log where something failed; not the error's words, which may be a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        what,
        update_id=arrived.update_id,
        error=type(error).__name__,
        where=[f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:]],
    )
