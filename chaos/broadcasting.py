"""Broadcasts to very many, which volunteers pause, let go on, stop and take back as they leave."""

import asyncio
import contextlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.broadcasts.amending import Amending
from bot.broadcasts.drafting import Drafts
from bot.broadcasts.models import Stage
from bot.broadcasts.requests import CAME_BACK, TO_BE_CHANGED, WANTED, WITHDRAWN
from bot.broadcasts.running import ENDED, Progress, Running
from bot.broadcasts.sending import Sending
from bot.broadcasts.store import BroadcastStore
from bot.clock import LONDON, Clock
from bot.db import Work
from bot.delivery.models import BROADCAST, RECALL
from bot.errors import BaobabError, DatabaseBusy
from bot.people.following import Following
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from bot.sandbox import Sandbox
from bot.sandbox.world import Message
from chaos.ledger import Ledger

OF_BROADCASTS = frozenset({BROADCAST, RECALL, WANTED, WITHDRAWN, CAME_BACK, TO_BE_CHANGED, ENDED})
"""The kinds of mailings that broadcasts lead to."""
WORDS = re.compile(r"Update (\d+)\.\n")
URGENT = "It is for a trial."
LONGEST_PAUSE = 1.5  # seconds between two things that volunteers do


class Act(StrEnum):
    """What a volunteer does with a broadcast that leaves."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RECALL = "recall"


@dataclass
class Halt:
    """A broadcast was paused, stopped or taken back.

    Attributes:
        after: the last call that the sandbox had heard then.
        in_the_air: how many deliveries of it were in somebody's hands.
        until: the last call before it was to go on; None: never.
    """

    after: int
    in_the_air: int
    until: int | None = None


@dataclass
class Told:
    """One broadcast of the trial.

    Attributes:
        words: the number that stands in its text.
        number: that the bot gave it.
        message: in the volunteer's chat, where its progress is shown.
        acts: what was done with it.
        found: how it stands in the end.
    """

    words: int
    number: int
    message: int
    acts: list[Act] = field(default_factory=list)
    halts: list[Halt] = field(default_factory=list)
    found: Progress | None = None


class Broadcasting:
    """Volunteers who write, approve and meddle, through the services and in the same database.

    Args:
        sandbox: where the people are.
        ledger: of the database.
        clock: that all share.
        luck: for every choice.

    Attributes:
        told: every broadcast that has begun.
        readers: people who get broadcasts and nothing else, by their numbers at Telegram.
        chat: of the volunteer who sees how far they come.
    """

    def __init__(self, sandbox: Sandbox, ledger: Ledger, clock: Clock, luck: random.Random) -> None:
        self._sandbox = sandbox
        self._ledger = ledger
        self._clock = clock
        self._luck = luck
        self.told: list[Told] = []
        self.readers: list[int] = []
        self.chat = 0
        self._author = self._approver = 0

    async def prepare(self, readers: int, listeners: Sequence[int]) -> None:
        """Meet two volunteers and so many readers; these and the listeners agree to news."""
        volunteers = [self._meet() for _ in range(2)]
        self.readers = [self._meet() for _ in range(readers)]
        self.chat, now = volunteers[0], self._clock.now()
        async with self._ledger.database.long_work() as work:
            self._author, self._approver = [
                await self._known(work, number, now) for number in volunteers
            ]
            for who in (self._author, self._approver):
                await Roles(work).give(who, Role.ORGANISER, now)
            for number in (*self.readers, *listeners):
                await Following(work).agree(await self._known(work, number, now), "en", now)

    def _meet(self) -> int:
        """Somebody who has pressed Start; as updates, thousands of those would take minutes."""
        world = self._sandbox.world
        person = world.add_person(first_name="Reader", language_code="en")
        world.chat(self._sandbox.bot, person).started = True
        return person.id

    @staticmethod
    async def _known(work: Work, number: int, now: datetime) -> int:
        person = await People(work).greet(number, now)
        await People(work).choose_language(person.id, "en")
        return person.id

    async def go_on(self, enough: asyncio.Event) -> None:
        """Send one after the other until it is enough."""
        while not enough.is_set():
            told = await self.send()
            left = self._luck.uniform(0.9, 1.0)
            while not enough.is_set() and await self._leaves(told):
                await asyncio.sleep(self._luck.uniform(0.1, LONGEST_PAUSE))
                if told.acts[-1:] == [Act.PAUSE] or await self.share_left(told) < left:
                    left -= self._luck.uniform(0.05, 0.4)
                    await self.do(told, self._next(told))
            if Act.RECALL not in told.acts and self._luck.random() < 0.3:
                await self.do(told, Act.RECALL)

    def _next(self, told: Told) -> Act:
        if told.acts and told.acts[-1] is Act.PAUSE:
            shares = {Act.RESUME: 6, Act.STOP: 1, Act.RECALL: 1}
        else:
            shares = {Act.PAUSE: 3, Act.STOP: 1, Act.RECALL: 1}
        return self._luck.choices(list(shares), list(shares.values()))[0]

    async def send(self) -> Told:
        """Write one, ask for a second person, who approves it; from then on it leaves."""
        words, now = len(self.told) + 1, self._clock.now()
        message = self._screen()
        while True:
            with contextlib.suppress(DatabaseBusy):
                async with self._ledger.database.work() as work:
                    number = await self._approved(work, words, now)
                    await Sending(work, self._author, LONDON).show_progress_in(number, message)
                break
        self.told.append(Told(words, number, message))
        return self.told[-1]

    async def _approved(self, work: Work, words: int, now: datetime) -> int:
        drafts = Drafts(work, self._author)
        draft = await drafts.begin(now)
        draft = await drafts.change(draft, replace(draft, urgent=URGENT), now)
        draft = await drafts.write(draft, "en", f"Update {words}.", now)
        asked = await Sending(work, self._author, LONDON).send(draft.id, draft.revision, now)
        if not asked.is_approved:
            await Sending(work, self._approver, LONDON).approve(asked.id, asked.revision, now)
        return asked.id

    def _screen(self) -> int:
        """A message of the bot in the volunteer's chat."""
        bot, world = self._sandbox.bot, self._sandbox.world
        chat = world.chat(bot, world.people[self.chat])
        number = bot.next_message_id()
        data = {"message_id": number, "from": bot.user(), "chat": chat.described(),
                "date": int(world.now()), "text": "A screen"}  # fmt: skip
        world.put(chat, Message(data, outgoing=False))
        return number

    async def do(self, told: Told, act: Act) -> None:
        """Do something with one; nothing where that is not possible any more."""
        before = self._last_call()
        try:
            async with self._ledger.database.work() as work:
                sending, now = Sending(work, self._author, LONDON), self._clock.now()
                match act:
                    case Act.PAUSE:
                        await sending.pause(told.number, now)
                    case Act.RESUME:
                        await sending.resume(told.number, now)
                    case Act.STOP:
                        await sending.stop(told.number, now)
                    case Act.RECALL:
                        await Amending(work, self._author).take_back(told.number, now)
                # After a stop it is kept true until all has landed, as on the screen of a tap.
                await sending.show_progress_in(told.number, told.message)
                in_the_air = await self._ledger.in_the_air(work, told.number)
        except (BaobabError, DatabaseBusy):
            return
        told.acts.append(act)
        if act is Act.RESUME:
            for halt in told.halts:
                halt.until = before if halt.until is None else halt.until
        else:
            told.halts.append(Halt(self._last_call(), in_the_air))

    def _last_call(self) -> int:
        return self._sandbox.log.last

    async def share_left(self, told: Told) -> float:
        """Which share of one has still to leave; all of it before it has begun."""
        async with self._ledger.database.reading() as work:
            found = await BroadcastStore(work).get(told.number)
            assert found is not None
            progress = await Running(work, LONDON).progress(found)
        return progress.left / progress.total if progress.total else 1.0

    async def _leaves(self, told: Told) -> bool:
        """Whether it is still to begin, or leaves; while it is taken back, another one can."""
        async with self._ledger.database.reading() as work:
            found = await BroadcastStore(work).get(told.number)
        leaving = {Stage.SENDING, Stage.PAUSED}
        return found is not None and (found.stage in leaving or found.stage.is_open)

    async def let_go_on(self) -> None:
        """Let whatever is paused come to its end."""
        for told in self.told:
            if told.acts and told.acts[-1] is Act.PAUSE:
                await self.do(told, Act.RESUME)

    async def left(self) -> int:
        """How many have not come to their end, or their end has not been shown."""
        async with self._ledger.database.reading() as work:
            running = Running(work, LONDON)
            found = [await BroadcastStore(work).get(each.number) for each in self.told]
            to_show = await running.to_show()
        open_ones = {each.id for each in found if each is not None and each.stage.is_open}
        return len(open_ones | {each.broadcast.id for each in to_show})

    async def look(self) -> None:
        """Note how each stands in the end."""
        async with self._ledger.database.reading() as work:
            for told in self.told:
                found = await BroadcastStore(work).get(told.number)
                assert found is not None
                told.found = await Running(work, LONDON).progress(found)
