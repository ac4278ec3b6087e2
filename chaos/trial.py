"""One trial: people talk, messages are owed, Telegram fails, and the bot is killed and killed."""

import asyncio
import json
import random
import socket
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bot.clock import Clock
from bot.sandbox import Sandbox
from chaos.broadcasting import Broadcasting
from chaos.claims import broken
from chaos.crowd import Crowd
from chaos.evidence import Evidence, gather
from chaos.ledger import Ledger
from chaos.outcomes import gather_broadcasts
from chaos.owing import Owing
from chaos.process import Bot
from chaos.trouble import Trouble
from tests.support.people import Town

READY = 30.0  # seconds within which a bot must be at work
DRAIN = 180.0  # seconds within which all that is owed must be done in the end
PACES = ("25", "100", "400", "0")  # messages a second
MOST = 200  # kills, of a trial that was to have fewer
EARLY = 0.15  # of the kills strike while the bot is still starting


@dataclass(frozen=True)
class Plan:
    """How much of everything."""

    kills: int = 200
    seed: int = 1
    talkers: int = 40
    listeners: int = 120
    backlog: int = 400
    readers: int = 5000
    longest_life: float = 2.5  # seconds at work


@dataclass
class Outcome:
    """What a trial has shown.

    Attributes:
        in_hand: how many deliveries each killed process had claimed.
        paces: the pace of each of these, messages a second; "0" for no limit.
        starts: seconds from each start until the process was at work.
        ended_alone: exit codes of processes that nobody killed.
    """

    plan: Plan
    evidence: Evidence = field(default_factory=Evidence)
    in_hand: list[int] = field(default_factory=list)
    paces: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    ended_alone: list[int] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)
    moves: int = 0
    seconds: float = 0.0

    @property
    def broken(self) -> list[str]:
        """What does not hold."""
        alone = [f"the bot ended by itself with {code}" for code in self.ended_alone]
        return alone + broken(self.evidence)


class Trial:
    """A plan carried out on one database.

    Args:
        plan: how much of everything.
        database_url: of an empty, migrated database.
        folder: for the clock that all share.
        told: hears how many kills there were, after each.
    """

    def __init__(
        self,
        plan: Plan,
        database_url: str,
        folder: Path,
        told: Callable[[int], None] = lambda _kills: None,
    ) -> None:
        self.plan = plan
        self._told = told
        self.outcome = Outcome(plan)
        self._url = database_url
        self._clock_file = folder / "clock"
        self._said = folder / "said.txt"
        self._clock = Clock(self._clock_file)
        self._luck = random.Random(plan.seed)
        self._claimed: set[int] = set()

    async def run(self) -> Outcome:
        """Everything, from the first start to the verdict."""
        begun = asyncio.get_running_loop().time()
        sandbox = Sandbox(clock=self._clock, log_size=10**7)
        await sandbox.start()
        async with AsyncExitStack() as stack:
            stack.push_async_callback(sandbox.stop)
            self._sandbox = sandbox
            self._town = await stack.enter_async_context(Town(sandbox))
            self._ledger = await stack.enter_async_context(Ledger.open(self._url))
            await self._carry_out()
        self.outcome.seconds = asyncio.get_running_loop().time() - begun
        return self.outcome

    async def _carry_out(self) -> None:
        plan, town = self.plan, self._town
        crowd = Crowd(town)
        await crowd.settle(plan.talkers, plan.listeners, self._own_luck("crowd"))
        await self._until_all_are_known()
        owing = Owing(self._ledger, self._clock, self._own_luck("owing"))
        silent = await town.person("Somebody who never wrote")
        await owing.prepare([*crowd.talkers, *crowd.listeners], silent.id)
        broadcasting = Broadcasting(
            self._sandbox, self._ledger, self._clock, self._own_luck("broadcasting")
        )
        await broadcasting.prepare(plan.readers, crowd.listeners)
        self._broadcasting = broadcasting
        trouble = Trouble(town, crowd.listeners, self._own_luck("trouble"))
        enough = asyncio.Event()
        async with asyncio.TaskGroup() as busy:
            for who in crowd.talkers:
                busy.create_task(crowd.talk(who, self._own_luck(f"talker {who}"), enough))
            busy.create_task(owing.owe(plan.backlog, enough))
            busy.create_task(broadcasting.go_on(enough))
            busy.create_task(trouble.brew(enough))
            try:
                for number in range(plan.kills):
                    await self._live_and_die()
                    await crowd.leave_some((number + 1) / plan.kills)
                    self._told(number + 1)
                # On a machine that is busy with other work, a few kills may all strike a bot that
                # has nothing in its hands. Then there was nothing to lose.
                while not any(self.outcome.in_hand) and len(self.outcome.in_hand) < MOST:
                    await self._live_and_die()
            finally:
                enough.set()
        await owing.mail_strangers()  # whatever died before, this is refused
        await broadcasting.let_go_on()
        unfinished = await self._drain()
        await broadcasting.look()
        evidence = await gather(self._sandbox, crowd, owing, trouble.made, self._claimed)
        evidence.broadcasts = gather_broadcasts(
            self._sandbox, broadcasting, trouble.made, await self._ledger.rows(), self._claimed,
            crowd.left,
        )  # fmt: skip
        evidence.unfinished = unfinished
        evidence.printed, evidence.errors = self._read()
        self.outcome.evidence, self.outcome.moves = evidence, owing.moves

    def _own_luck(self, name: str) -> random.Random:
        """Each task throws its own dice, so that they do not depend on whose turn it is."""
        return random.Random(f"{self.plan.seed} {name}")

    async def _until_all_are_known(self) -> None:
        bot = await self._start("polling", "0")
        await self._sandbox.until_fetched()
        while await self._ledger.inbox():
            await asyncio.sleep(0.05)
        await self._part(bot)

    async def _start(self, way: str, pace: str) -> Bot:
        self.outcome.ways[way] += 1
        settings = {
            "CLOCK": str(self._clock_file),
            "LOG_FORMAT": "json",
            "MESSAGES_PER_SECOND": pace,
            "MESSAGES_PER_CHAT_PER_SECOND": "0" if pace == "0" else "30",
        }
        if way == "webhook":
            with socket.create_server(("127.0.0.1", 0)) as free:
                address = f"127.0.0.1:{free.getsockname()[1]}"
            settings |= {
                "WEBHOOK_URL": f"http://{address}",
                "WEBHOOK_SECRET": "a-secret-of-the-trial",
                "LISTEN": address,
            }
        return await Bot(self._sandbox, self._url, self._said, **settings).start()

    async def _live_and_die(self) -> None:
        luck = self._luck
        pace = luck.choice(PACES)
        bot = await self._start(luck.choice(["polling", "webhook"]), pace)
        early, moment = luck.random() < EARLY, luck.random()
        if early:
            await asyncio.sleep(moment)
        else:
            await self._at_work(bot)
            await asyncio.sleep(moment * self.plan.longest_life)
        if bot.running:
            await bot.kill()
        else:
            self.outcome.ended_alone.append(await bot.stop())
        in_hand = await self._ledger.in_hand()
        self._claimed |= in_hand
        self.outcome.in_hand.append(len(in_hand))
        self.outcome.paces.append(pace)

    async def _at_work(self, bot: Bot) -> None:
        """Wait until the bot may deliver, which is when it has taken over."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while f":{bot.pid}:" not in await self._ledger.holder():
            if not bot.running:
                return
            if loop.time() - begun > READY:
                await bot.kill()
                raise TimeoutError(f"the bot did not come: {self._said.read_text()[-2000:]}")
            await asyncio.sleep(0.03)
        self.outcome.starts.append(loop.time() - begun)

    async def _part(self, bot: Bot) -> None:
        """End a bot that nobody kills: it must have run until now, and end well."""
        ran = bot.running
        code = await bot.stop()
        if code or not ran:
            self.outcome.ended_alone.append(code)

    def _read(self) -> tuple[list[str], Counter[str]]:
        """What the bots printed that is no log entry, and the errors they logged."""
        printed, errors = [], Counter[str]()
        for line in self._said.read_text(errors="replace").splitlines():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                printed.append(line)
                continue
            if entry["level"] == "error":
                errors[entry["event"]] += 1
        return printed, errors

    async def _drain(self) -> dict[str, int]:
        """Let a last bot do all that is left; what it did not do in time."""
        bot = await self._start("polling", "0")
        loop = asyncio.get_running_loop()
        end = loop.time() + DRAIN
        while True:
            left = {
                "updates were never fetched": self._sandbox.bot.updates.count(),
                "updates are in the inbox": await self._ledger.inbox(),
                # Word of their end is owed in the moment in which they end.
                "broadcasts have not ended": await self._broadcasting.left(),
                "deliveries are not over": await self._ledger.to_deliver(),
            }
            if not any(left.values()) or loop.time() > end:
                break
            # what is to be tried again later is so now
            await self._town.ask("POST", "/clock", json={"seconds": 60})
            await asyncio.sleep(0.5)
        await self._part(bot)
        return left
