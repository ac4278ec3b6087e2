"""Two processes on one PostgreSQL: one is on duty, the other takes over, and nobody hears twice."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import pytest

from bot.clock import Clock
from bot.db.work import plain_url
from bot.sandbox import Sandbox
from chaos.broadcasting import Act, Broadcasting, Told
from chaos.claims import broken
from chaos.crowd import Crowd
from chaos.evidence import Evidence, gather
from chaos.ledger import Ledger
from chaos.outcomes import gather_broadcasts
from chaos.owing import Owing
from chaos.process import Bot
from tests.support.databases import fresh_postgresql
from tests.support.people import Town

OWED = 500  # deliveries, at least
READERS = 250  # of broadcasts, besides
PACE = "150"  # messages a second
PATIENCE = 90  # seconds; a hang fails here
ONE, OTHER = "one", "other"
IN_THE_MIDDLE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = $1
  AND state = 'idle in transaction' AND query LIKE '%UPDATE deliveries%'
"""

pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.timeout(240)]


@dataclass
class Pair:
    """Two bots, people who talk to them, and what is owed."""

    sandbox: Sandbox
    crowd: Crowd
    owing: Owing
    broadcasting: Broadcasting
    url: str
    clock_file: Path
    bots: dict[str, Bot] = field(default_factory=dict)

    @property
    def ledger(self) -> Ledger:
        return self.owing.ledger

    async def start(self, name: str) -> None:
        """Start a bot whose connections carry its name."""
        self.bots[name] = await Bot(
            self.sandbox,
            f"{self.url}?application_name={name}",
            self.clock_file.with_name("said.txt"),
            CLOCK=str(self.clock_file),
            MESSAGES_PER_SECOND=PACE,
            MESSAGES_PER_CHAT_PER_SECOND="30",
        ).start()

    async def on_duty(self, name: str) -> str:
        """Wait until a bot has the lease; the name under which it holds it."""
        async with asyncio.timeout(PATIENCE):
            while f":{self.bots[name].pid}:" not in (holder := await self.ledger.holder()):  # noqa: ASYNC110 -- another process takes it
                await asyncio.sleep(0.05)
        return holder

    async def until_left(self, most: int) -> None:
        """Wait until no more than so many deliveries are still to leave."""
        async with asyncio.timeout(PATIENCE):
            while await self.ledger.to_deliver() > most:  # noqa: ASYNC110 -- another process delivers
                await asyncio.sleep(0.02)

    async def until_share_left(self, told: Told, most: float) -> None:
        """Wait until no more than this share of a broadcast is still to leave."""
        async with asyncio.timeout(PATIENCE):
            while await self.broadcasting.share_left(told) > most:  # noqa: ASYNC110 -- another process delivers
                await asyncio.sleep(0.02)

    async def freeze(self, name: str) -> None:
        """Stop a process in the middle of a transaction that has locked deliveries."""
        connection = await asyncpg.connect(plain_url(self.url))
        try:
            while True:
                self.bots[name].tell(signal.SIGSTOP)
                await asyncio.sleep(0.02)  # until the server has done what it was told before
                if await connection.fetchval(IN_THE_MIDDLE, name):
                    return
                self.bots[name].tell(signal.SIGCONT)
                await asyncio.sleep(0.003)
                if await self.ledger.to_deliver() < OWED // 4:
                    await self.owing.mail()
        finally:
            await connection.close()

    @asynccontextmanager
    async def talk(self) -> AsyncIterator[None]:
        """People talk in this block, and much is owed to them."""
        enough = asyncio.Event()
        async with asyncio.TaskGroup() as busy:
            for who in self.crowd.talkers:
                busy.create_task(self.crowd.talk(who, random.Random(who), enough))  # noqa: S311 -- no secret
            while len(self.owing.owed) < OWED:
                await self.owing.mail()
            try:
                yield
            finally:
                enough.set()

    async def judge(self, claimed_by: str = "") -> Evidence:
        """Stop, once all is done, and look."""
        await self.until_left(0)
        async with asyncio.timeout(PATIENCE):
            while (  # noqa: ASYNC110 -- other processes work
                self.sandbox.bot.updates.count()
                or await self.ledger.inbox()
                or await self.broadcasting.left()
                or await self.ledger.to_deliver()  # such as word that a broadcast has ended
            ):
                await asyncio.sleep(0.05)
        ends = {name: await bot.stop() for name, bot in self.bots.items() if bot.running}
        assert set(ends.values()) == {0}
        rows = await self.ledger.rows()
        claimed = {row["id"] for row in rows if claimed_by and row["claimed_by"] == claimed_by}
        await self.broadcasting.look()
        evidence = await gather(self.sandbox, self.crowd, self.owing, {}, claimed)
        evidence.broadcasts = gather_broadcasts(
            self.sandbox, self.broadcasting, {}, rows, claimed, self.crowd.left
        )
        return evidence


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    clock = Clock(tmp_path / "clock")
    url = await fresh_postgresql()
    sandbox = Sandbox(clock=clock, log_size=10**6)
    await sandbox.start()
    async with Town(sandbox) as town, Ledger.open(url) as ledger:
        luck = random.Random(5)  # noqa: S311 -- no secret
        crowd = Crowd(town)
        await crowd.settle(8, 40, luck)
        owing = Owing(ledger, clock, luck)
        broadcasting = Broadcasting(sandbox, ledger, clock, luck)
        pair = Pair(sandbox, crowd, owing, broadcasting, url, tmp_path / "clock")
        await broadcasting.prepare(READERS, crowd.listeners)
        await broadcasting.send()
        await pair.start(ONE)
        await pair.on_duty(ONE)
        await sandbox.until_fetched()
        silent = await town.person("Somebody who never wrote")
        await owing.prepare([*crowd.talkers, *crowd.listeners], silent.id)
        await pair.start(OTHER)
        yield pair
        for bot in pair.bots.values():
            if bot.running:
                bot.tell(signal.SIGCONT)
                await bot.kill()
    await sandbox.stop()


async def test_the_other_takes_over_at_once_when_the_one_on_duty_is_killed(pair: Pair) -> None:
    holder = await pair.on_duty(ONE)
    async with pair.talk():
        [told] = pair.broadcasting.told
        await pair.until_share_left(told, 0.8)
        await pair.bots[ONE].kill()
        await pair.broadcasting.do(told, Act.PAUSE)
        await pair.on_duty(OTHER)
        await pair.start(ONE)  # as the one that waits
        await pair.broadcasting.do(told, Act.RESUME)
        await pair.until_share_left(told, 0.6)
        await pair.broadcasting.do(told, Act.RECALL)
    evidence = await pair.judge(holder)
    assert broken(evidence) == []
    assert told.acts == [Act.PAUSE, Act.RESUME, Act.RECALL]
    assert {each.sent for each in evidence.broadcasts.taken_back} >= {"sent", "skipped"}
    # what the dead process had in its hands, and no more: most has arrived
    unknown = sum(each.state == "unknown" for each in evidence.numbered)
    assert unknown < OWED // 8


async def test_one_that_wakes_up_after_the_other_took_over_doubles_nothing(pair: Pair) -> None:
    await pair.on_duty(ONE)
    async with pair.talk():
        await pair.until_left(OWED // 2)
        await pair.freeze(ONE)
        await pair.on_duty(OTHER)
        await pair.until_left(OWED // 8)
        pair.bots[ONE].tell(signal.SIGCONT)
        await pair.until_left(0)
    # whoever had them in hand when it fell asleep knows what became of them
    async with asyncio.timeout(PATIENCE):
        while any(row["state"] == "unknown" for row in await pair.ledger.rows()):  # noqa: ASYNC110 -- another process notes it
            await asyncio.sleep(0.05)
    assert broken(await pair.judge()) == []
