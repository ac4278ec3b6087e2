"""Sends what is owed: claims it, has it written, keeps the pace, and notes what became of it.

Replies have their own way (sender.py) and wait for nothing here. Between a claim and its note a
crash leaves a delivery unknown, so little is claimed at a time.
"""

import asyncio
import contextlib
import itertools
import traceback
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf

import structlog

from bot.chat.context import House
from bot.chat.http import TelegramHttp
from bot.chat.ready import Ready, Stationery
from bot.db import Work
from bot.delivery.lease import LENGTH, Lease
from bot.delivery.models import (
    Delivery,
    Lane,
    Mailing,
    Owed,
    Reason,
    Renderer,
    Settled,
    Skip,
    State,
    Written,
)
from bot.delivery.outcomes import (
    FLOOD,
    LEFT_FOR_GOOD,
    WRONG_TOKEN,
    Answer,
    put_back,
    refusal,
    settled,
    stopped,
    unanswered,
)
from bot.delivery.pacing import Pacer
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy, PersonNotFound
from bot.people.models import Person
from bot.people.service import People

LOOK = 1.0  # seconds between looks at what is due; rows come from other processes, too
SHORTEST = 0.01  # seconds; less would only keep the loop busy
LOOK_AT_PLANS = 30.0  # seconds between looks at what the plans of other processes changed
WORKERS = 64  # calls under way at a time; more only queue at the other side
FIRST_REST, LONGEST_REST = 1.0, 60.0  # seconds of rest while Telegram cannot be reached
LAST_CALLS = 10.0  # seconds for what is under way when told to stop

log = structlog.get_logger(__name__)
Plan = Callable[[datetime], Awaitable[datetime | None]]
"""Owes what is due by now, and says when the next is."""


@dataclass(slots=True)
class InHand:
    """A claimed delivery, written, on its way."""

    delivery: Delivery
    person: Person
    ready: Ready
    hushed: bool = False


@dataclass(slots=True)
class Done:
    """What is to be noted of a delivery.

    Attributes:
        left: the person is gone for this reason, and gets nothing more.
        moved_to: the chat's new number.
    """

    settled: Settled
    person_id: int
    left: Reason | None = None
    moved_to: int | None = None


@dataclass(slots=True)
class _Lanes:
    """Until when each lane rests, in the loop's seconds."""

    until: dict[Lane, float] = field(default_factory=dict)

    def open(self, now: float) -> list[Lane]:
        """The lanes that may be used, the most urgent first."""
        return [lane for lane in Lane if self.until.get(lane, 0.0) <= now]

    def rests(self, now: float) -> float:
        """Seconds until the next lane opens; for ever where all are open."""
        return min((until - now for until in self.until.values() if until > now), default=inf)

    def rest(self, lane: Lane, until: float) -> None:
        """Use a lane no more until then."""
        self.until[lane] = max(until, self.until.get(lane, 0.0))


class Postman:
    """Delivers for as long as the process has the lease to.

    Args:
        house: what lives as long as the process.
        http: the session to the Bot API.
        renderers: who writes mailings of which kind.
        plan: owes what has become due.
        pacer: how fast messages may leave; shared with the sender of replies.
        took_over: called when this process has become the one on duty.
        paid: pay Telegram for going faster than it allows for nothing.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- all that a delivery meets on its way
        self,
        house: House,
        http: TelegramHttp,
        renderers: Mapping[str, Renderer],
        plan: Plan,
        pacer: Pacer,
        took_over: Callable[[], Awaitable[None]],
        *,
        paid: bool = False,
    ) -> None:
        self._house = house
        self._http = http
        self._renderers = renderers
        self._plan = plan
        self._pacer = pacer
        self._took_over = took_over
        self._stationery = Stationery(paid=paid)
        self._lease = Lease("delivery")
        self._duty_until = float("-inf")
        self._lanes = _Lanes()
        self._rest = FIRST_REST
        self._queue: deque[InHand] = deque()
        self._in_hand: dict[int, InHand] = {}
        self._hushed: set[int] = set()
        self._flying = 0
        self._done: list[Done] = []
        self._workers: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()
        self._next_plan: datetime | None = None
        self._planned_at = float("-inf")
        self._asked = self._answered = 0
        self._quiet = asyncio.Condition()
        self._closing = False

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            asked = self._asked
            try:
                wait = await self._round()
            except DatabaseBusy as error:
                log.warning("the database is busy; what is owed waits", why=str(error))
                wait = LOOK
            except Exception as error:  # noqa: BLE001 -- whatever it is, the others are still owed
                _report("deliveries could not be made", error)
                wait = LOOK
            if wait > 0:
                await self._is_quiet(asked)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._bell.wait()
            self._bell.clear()

    def ring(self) -> None:
        """Look at once: something may be due."""
        self._bell.set()

    @property
    def on_duty(self) -> bool:
        """Whether this process is the one that delivers, and fetches updates.

        Not for longer than the lease that it could renew last: then another may have it.
        """
        return _seconds() < self._duty_until

    async def keep_duty(self) -> None:
        """Take or renew the lease; what the holder before left in the middle is unknown now."""
        now, asked_at = self._house.clock.now(), _seconds()
        new, lost = False, 0
        try:
            async with self._house.database.work() as work:
                if self._closing:
                    return
                mine = await self._lease.take(work, now)
                if mine and not self.on_duty:
                    new = True
                    lost = await DeliveryStore(work).lose(self._lease.holder, now)
        except DatabaseBusy as error:
            log.warning("the lease to deliver could not be renewed", why=str(error))
            return
        if lost:
            log.warning("deliveries are unknown after a crash", deliveries=lost)
        self._duty_until = asked_at + LENGTH.total_seconds() if mine else float("-inf")
        if new:
            await self._took_over()

    def hush(self, person_id: int) -> None:
        """A person has stopped messages: what is in hand for them does not leave any more."""
        self._hushed.add(person_id)  # what is being written is as good as in hand
        for item in self._in_hand.values():
            if item.person.id == person_id:
                item.hushed = True

    async def idle(self) -> None:
        """Wait until nothing is due that can be sent now."""
        self._asked += 1
        mine = self._asked
        self._next_plan = self._house.clock.now()  # what a test has changed counts at once
        self.ring()
        async with self._quiet:
            await self._quiet.wait_for(lambda: self._answered >= mine or self._closing)

    async def _is_quiet(self, asked: int) -> None:
        if self._in_hand or self._done:
            return
        self._answered = asked
        async with self._quiet:
            self._quiet.notify_all()

    async def close(self) -> None:
        """Let what is under way end, note it, and give up the lease."""
        self._closing = True
        async with self._quiet:
            self._quiet.notify_all()
        while self._queue:
            self._finish(self._queue.popleft(), put_back)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_CALLS):
                await asyncio.gather(*self._workers, return_exceptions=True)
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        with contextlib.suppress(DatabaseBusy):
            async with self._noting(self._house.clock.now()) as work:
                await self._lease.end(work)

    async def _round(self) -> float:
        """Note what is done and claim what is next; seconds until there may be more to do."""
        now = self._house.clock.now()
        if not self.on_duty:
            if self._done:  # nobody else knows what became of what this process had in hand
                await self._note_and_claim((), now, 0)
            return LOOK
        await self._plan_if_due(now)
        lanes = self._lanes.open(_seconds())
        room = self._room
        if self._done or (room and await self._is_due(lanes, now)):
            await self._note_and_claim(lanes, now, room)
            self._employ()
        if self._in_hand:
            return LOOK  # the bell rings as soon as there is room
        return 0.0 if self._done else await self._until_due(now)

    @property
    def _room(self) -> int:
        """How many to claim: nothing, or enough at a time to be worth a transaction."""
        most = self._pacer.pace.at_once
        unsent = len(self._in_hand) - self._flying
        return most - unsent if unsent <= most // 2 else 0

    async def _plan_if_due(self, now: datetime) -> None:
        due = self._next_plan is not None and self._next_plan <= now
        if due or _seconds() - self._planned_at >= LOOK_AT_PLANS:
            try:
                self._next_plan = await self._plan(now)
            except DatabaseBusy:
                raise
            except Exception as error:  # noqa: BLE001 -- what is owed already leaves all the same
                _report("what is due could not be planned", error)
                self._next_plan = None
            self._planned_at = _seconds()

    async def _is_due(self, lanes: Sequence[Lane], now: datetime) -> bool:
        async with self._house.database.reading() as work:
            store = DeliveryStore(work)
            dues = [await store.next_due(lane) for lane in lanes]
        return any(due is not None and due <= now for due in dues)

    async def _until_due(self, now: datetime) -> float:
        """Seconds until the earliest that is known of, and never longer than a look."""
        async with self._house.database.reading() as work:
            store = DeliveryStore(work)
            dues = [await store.next_due(lane) for lane in self._lanes.open(_seconds())]
        moments = [due for due in (*dues, self._next_plan) if due is not None]
        waits = [(moment - now).total_seconds() for moment in moments]
        return min(LOOK, max(SHORTEST, min(waits, default=LOOK)), self._lanes.rests(_seconds()))

    async def _note_and_claim(self, lanes: Sequence[Lane], now: datetime, room: int) -> None:
        """Write down what is done and take what is next; a failure or an end loses neither."""
        claimed: list[Delivery] = []
        try:
            async with self._noting(now) as work:
                claimed += await self._claim(work, lanes, now, room)
            if claimed:
                await self._write(claimed, now)
        except BaseException:
            # Where the claim was rolled back, putting back changes nothing.
            self._done += [Done(put_back(each), each.person_id) for each in claimed]
            raise

    async def _claim(
        self, work: Work, lanes: Sequence[Lane], now: datetime, room: int
    ) -> list[Delivery]:
        claimed: list[Delivery] = []
        for lane in lanes:
            if room > len(claimed):
                claimed += await DeliveryStore(work).claim(
                    lane, now, room - len(claimed), self._lease.holder
                )
        return claimed

    async def _write(self, claimed: Sequence[Delivery], now: datetime) -> None:
        """Turn claimed deliveries into calls; what is not to be sent is done with."""
        by_mailing: dict[int, list[Owed]] = {}
        done: list[Done] = []
        at = _seconds()  # one moment for all: what waits for the same chat stays in order
        self._hushed.clear()
        # One message to a person at a time: what the first says may make the second needless.
        busy = {item.person.id for item in self._in_hand.values()}
        async with self._house.database.reading() as work:
            people = await People(work).get_many(each.person_id for each in claimed)
            for delivery in claimed:
                person = people.get(delivery.person_id)
                if person is None:
                    continue  # erased in this very moment, and the delivery with them
                why = self._unwanted(delivery, person, now, at)
                if why is None and person.id in busy:
                    why = put_back(delivery)
                if why is not None:
                    done.append(Done(why, person.id))
                else:
                    busy.add(person.id)
                    by_mailing.setdefault(delivery.mailing_id, []).append(Owed(delivery, person))
            mailings = await DeliveryStore(work).mailings(by_mailing)
            written: dict[int, Written | Skip] = {}
            for number, owed in by_mailing.items():
                written |= await self._written(work, mailings[number], owed, now)
        # Nothing waits from here on: either all is taken, or all is put back.
        self._done += done
        for each in itertools.chain.from_iterable(by_mailing.values()):
            self._take(each, written.get(each.delivery.id, Skip(Reason.UNRENDERED)))

    def _unwanted(
        self, delivery: Delivery, person: Person, now: datetime, at: float
    ) -> Settled | None:
        if person.blocked_at is not None:
            return Settled(delivery.id, State.SKIPPED, Reason.BLOCKED)
        if person.stopped_at is not None:
            return stopped(delivery)
        if delivery.not_after < now:
            return Settled(delivery.id, State.SKIPPED, Reason.MISSED)
        pause = self._pacer.ready_in(person.telegram_id, at)
        if pause > 0:
            return put_back(delivery, now + timedelta(seconds=pause))
        self._pacer.left(person.telegram_id, at)
        return None

    async def _written(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Mapping[int, Written | Skip]:
        renderer = self._renderers.get(mailing.kind)
        if renderer is None:
            log.error("nobody writes mailings of this kind", kind=mailing.kind)
            return {}
        try:
            return await renderer.render(work, mailing, owed, now)
        except DatabaseBusy:
            raise
        except Exception as error:  # noqa: BLE001 -- one mailing that fails holds up no other
            _report("a mailing could not be written", error, kind=mailing.kind)
            return {}

    def _take(self, owed: Owed, written: Written | Skip) -> None:
        delivery, person = owed.delivery, owed.person
        if isinstance(written, Skip):
            failed = written.reason is Reason.UNRENDERED
            state = State.FAILED if failed else State.SKIPPED
            self._done.append(Done(Settled(delivery.id, state, written.reason), person.id))
            return
        try:
            ready = self._stationery.ready(written, person.telegram_id, delivery.edits)
        except Exception as error:  # noqa: BLE001 -- one message that fails holds up no other
            _report("a message could not be made ready", error)
            self._take(owed, Skip(Reason.UNRENDERED))
            return
        item = InHand(delivery, person, ready, hushed=person.id in self._hushed)
        self._in_hand[delivery.id] = item
        self._queue.append(item)

    def _employ(self) -> None:
        for _ in range(min(len(self._queue), WORKERS - len(self._workers))):
            worker = asyncio.create_task(self._work_through())
            self._workers.add(worker)

    async def _work_through(self) -> None:
        try:
            while self._queue:
                item = self._queue.popleft()
                try:
                    await self._send(item)
                except Exception as error:  # noqa: BLE001 -- a fault of ours must not hold up the others
                    _report("a delivery could not be made", error)
                    self._finish(item, unanswered)
                if self._room or not self._in_hand:
                    self._bell.set()
        finally:
            # At once, and not in a callback: the next round may come first, and would count on a
            # worker that looks at the queue no more.
            worker = asyncio.current_task()
            if worker is not None:
                self._workers.discard(worker)

    async def _send(self, item: InHand) -> None:
        pause = self._pacer.slot(_seconds())
        if pause > 0:
            await asyncio.sleep(pause)
        if item.hushed:
            self._finish(item, stopped)
        elif not self.on_duty or item.delivery.lane not in self._lanes.open(_seconds()):
            self._finish(item, put_back)
        else:
            self._pacer.left(item.person.telegram_id, _seconds())
            self._flying += 1
            try:
                answer = await self._http.post(item.ready)
            except Exception as error:  # noqa: BLE001 -- nobody understands it; it may have arrived
                _report("an answer could not be read", error)
                answer = Answer(0)
            finally:
                self._flying -= 1
            self._judge(item, answer)

    def _judge(self, item: InHand, answer: Answer) -> None:
        lane, now = item.delivery.lane, _seconds()
        if answer.status == FLOOD:
            self._lanes.rest(lane, now + (answer.retry_after or 1))
            log.warning("told to wait", lane=lane.name, seconds=answer.retry_after)
            self._finish(item, put_back)
        elif answer.unsent or answer.status in WRONG_TOKEN:
            if lane in self._lanes.open(now):  # the first call to find out; more were under way
                for each in Lane:
                    self._lanes.rest(each, now + self._rest)
                log.warning("Telegram cannot be reached; what is owed waits", seconds=self._rest)
                self._rest = min(LONGEST_REST, self._rest * 2)
            self._finish(item, put_back)
        else:
            self._rest = FIRST_REST
            self._finish(item, lambda delivery: settled(delivery, answer, self._house.clock.now()))
            done = self._done[-1]
            done.moved_to = answer.moved_to
            if answer.accepted:
                return
            if (why := refusal(answer)) in LEFT_FOR_GOOD:
                done.left = why
            elif done.settled.state is State.FAILED:
                # The description may quote the text, so only its beginning is safe to keep.
                reason = answer.description.split('"')[0][:80]
                log.error("a delivery was refused", code=answer.status, reason=reason)

    def _finish(self, item: InHand, how: Callable[[Delivery], Settled]) -> None:
        self._in_hand.pop(item.delivery.id, None)
        self._done.append(Done(how(item.delivery), item.person.id))

    @contextlib.asynccontextmanager
    async def _noting(self, now: datetime) -> AsyncIterator[Work]:
        """A transaction that writes down what is done; if it fails, that is kept for the next."""
        done, self._done = self._done, []
        try:
            async with self._house.database.work() as work:
                if done:
                    await self._note(work, done, now)
                yield work
        except BaseException:
            self._done = done + self._done
            raise

    async def _note(self, work: Work, done: Sequence[Done], now: datetime) -> None:
        store = DeliveryStore(work)
        await store.settle([each.settled for each in done], self._lease.holder, now)
        for each in done:
            if each.left is not None:
                with contextlib.suppress(PersonNotFound):  # erased meanwhile
                    await People(work).blocked(each.person_id, now)
                await store.silence(each.person_id, each.left, now)
            if each.moved_to is not None:
                await People(work).moved(each.person_id, each.moved_to)


def _seconds() -> float:
    return asyncio.get_running_loop().time()


def _report(what: str, error: BaseException, **about: str) -> None:
    """Log where something failed; not the error's words, which may be a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        what,
        error=type(error).__name__,
        where=[f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:]],
        **about,
    )
