"""Carries written deliveries to Telegram, at the pace it allows, and says what became of each."""

import asyncio
import contextlib
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from math import inf

import structlog

from bot.chat.connections import Withheld
from bot.chat.http import TelegramHttp
from bot.chat.ready import TAKING_AWAY, Ready, Stationery
from bot.delivery.models import (
    Delivery,
    Lane,
    Owed,
    Reason,
    Settled,
    Skip,
    State,
    TakenAway,
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
from bot.people.models import Person

AT_A_TIME = 64  # calls under way; more only queue at the other side
FIRST_REST, LONGEST_REST = 1.0, 60.0  # seconds of rest while Telegram cannot be reached
LAST_CALLS = 10.0  # seconds for what is under way when told to stop

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class InHand:
    """A claimed delivery, written, on its way."""

    delivery: Delivery
    person: Person
    ready: Ready
    hushed: bool = False

    @property
    def takes_away(self) -> bool:
        """Whether it is no message, but the end of one: done for those who stopped, too."""
        return self.ready.method in TAKING_AWAY


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
class Lanes:
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


class Carriers:
    """What is in hand, and who carries it.

    Args:
        http: the session to the Bot API.
        pacer: how fast messages may leave; shared with the sender of replies.
        now: tells the time.
        may: whether this process may deliver.
        paid: pay Telegram for going faster than it allows for nothing.

    Attributes:
        lanes: which rest.
        done: what became of deliveries, to be noted by whoever notes it.
        flying: how many calls are under way.
        bell: set when there is room for more, or nothing is in hand any more.
    """

    def __init__(
        self,
        http: TelegramHttp,
        pacer: Pacer,
        now: Callable[[], datetime],
        may: Callable[[], bool],
        *,
        paid: bool = False,
    ) -> None:
        self._http = http
        self._pacer = pacer
        self._now = now
        self._may = may
        self._stationery = Stationery(paid=paid)
        self.lanes = Lanes()
        self.done: list[Done] = []
        self.flying = 0
        self.bell = asyncio.Event()
        self._rest = FIRST_REST
        self._queue: deque[InHand] = deque()
        self._in_hand: dict[int, InHand] = {}
        self._hushed: set[int] = set()
        self._workers: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> set[int]:
        """The people for whom something is in hand."""
        return {item.person.id for item in self._in_hand.values()}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in hand."""
        return not self._in_hand

    @property
    def room(self) -> int:
        """How many more to take: nothing, or enough at a time to be worth a transaction."""
        most = self._pacer.pace.at_once
        unsent = len(self._in_hand) - self.flying
        return most - unsent if unsent <= most // 2 else 0

    def listen(self) -> None:
        """Remember from now on who stops messages: what is being written for them is hushed too."""
        self._hushed.clear()

    def hush(self, person_id: int) -> None:
        """A person has stopped messages: what is in hand for them does not leave any more."""
        self._hushed.add(person_id)
        for item in self._in_hand.values():
            if item.person.id == person_id and not item.takes_away:
                item.hushed = True

    def take(self, owed: Owed, written: Written | Skip | TakenAway) -> None:
        """Take a written delivery in hand; one that is not to be sent is done."""
        delivery, person = owed.delivery, owed.person
        if isinstance(written, Skip):
            failed = written.reason is Reason.UNRENDERED
            state = State.FAILED if failed else State.SKIPPED
            self.done.append(Done(Settled(delivery.id, state, written.reason), person.id))
            return
        try:
            ready = self._ready(delivery, person, written)
        except Exception as error:  # noqa: BLE001 -- one message that fails holds up no other
            report("a message could not be made ready", error)
            self.take(owed, Skip(Reason.UNRENDERED))
            return
        item = InHand(delivery, person, ready)
        item.hushed = person.id in self._hushed and not item.takes_away
        self._in_hand[delivery.id] = item
        self._queue.append(item)

    def _ready(self, delivery: Delivery, person: Person, written: Written | TakenAway) -> Ready:
        if isinstance(written, TakenAway):
            return self._stationery.taking_away(delivery, person.telegram_id)
        return self._stationery.ready(written, person.telegram_id, delivery.edits)

    def employ(self) -> None:
        """See to it that everything in hand is carried."""
        for _ in range(min(len(self._queue), AT_A_TIME - len(self._workers))):
            worker = asyncio.create_task(self._work_through())
            self._workers.add(worker)

    async def _work_through(self) -> None:
        try:
            while self._queue:
                item = self._queue.popleft()
                try:
                    await self._send(item)
                except Exception as error:  # noqa: BLE001 -- a fault of ours must not hold up the others
                    report("a delivery could not be made", error)
                    self._finish(item, unanswered)
                if self.room or not self._in_hand:
                    self.bell.set()
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
        elif not self._may() or item.delivery.lane not in self.lanes.open(_seconds()):
            self._finish(item, put_back)
        else:
            self._pacer.left(item.person.telegram_id, _seconds())
            self.flying += 1
            left_at = self._now()  # a clock that a demo moves may have moved when the answer comes
            try:
                answer = await self._http.post(item.ready, lambda: item.hushed)
            except Withheld:  # they stopped messages while it waited for a connection
                self._finish(item, stopped)
                return
            except Exception as error:  # noqa: BLE001 -- nobody understands it; it may have arrived
                report("an answer could not be read", error)
                answer = Answer(0)
            finally:
                self.flying -= 1
            self._judge(item, answer, left_at)

    def _judge(self, item: InHand, answer: Answer, left_at: datetime) -> None:
        lane, now = item.delivery.lane, _seconds()
        if answer.status == FLOOD:
            self.lanes.rest(lane, now + (answer.retry_after or 1))
            log.warning("told to wait", lane=lane.name, seconds=answer.retry_after)
            self._finish(item, put_back)
        elif answer.unsent or answer.status in WRONG_TOKEN:
            if lane in self.lanes.open(now):  # the first call to find out; more were under way
                for each in Lane:
                    self.lanes.rest(each, now + self._rest)
                log.warning("Telegram cannot be reached; what is owed waits", seconds=self._rest)
                self._rest = min(LONGEST_REST, self._rest * 2)
            self._finish(item, put_back)
        else:
            self._rest = FIRST_REST
            how = partial(settled, answer=answer, now=self._now())
            self._finish(item, how, left_at if answer.accepted else None)
            done = self.done[-1]
            done.moved_to = answer.moved_to
            if answer.accepted:
                return
            if (why := refusal(answer)) in LEFT_FOR_GOOD:
                done.left = why
            elif done.settled.state is State.FAILED:
                # The description may quote the text, so only its beginning is safe to keep.
                reason = answer.description.split('"')[0][:80]
                log.error("a delivery was refused", code=answer.status, reason=reason)

    def _finish(
        self, item: InHand, how: Callable[[Delivery], Settled], at: datetime | None = None
    ) -> None:
        self._in_hand.pop(item.delivery.id, None)
        settled_now = replace(how(item.delivery), at=at or self._now())
        self.done.append(Done(settled_now, item.person.id))

    async def end(self) -> None:
        """Let what is under way come to its end; what has not begun is put back."""
        while self._queue:
            self._finish(self._queue.popleft(), put_back)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_CALLS):
                await asyncio.gather(*self._workers, return_exceptions=True)
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)


def _seconds() -> float:
    return asyncio.get_running_loop().time()


def report(what: str, error: BaseException, **about: str) -> None:
    """Log where something failed; not the error's words, which may be a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        what,
        error=type(error).__name__,
        where=[f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:]],
        **about,
    )
