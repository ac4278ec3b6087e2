"""Has written what is claimed, as things are when it leaves, for whoever still wants it."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.chat.carriers import Carriers, Done, report
from bot.chat.context import House
from bot.db import Work
from bot.delivery.models import (
    RECALL,
    Delivery,
    Hold,
    Mailing,
    Owed,
    Reason,
    Renderer,
    Settled,
    Skip,
    State,
    TakenAway,
    Written,
)
from bot.delivery.outcomes import put_back, stopped
from bot.delivery.pacing import Pacer
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy
from bot.people.models import Person
from bot.people.service import People

log = structlog.get_logger(__name__)


class Writing:
    """From claimed deliveries to calls in hand.

    Args:
        house: what lives as long as the process.
        renderers: who writes mailings of which kind.
        pacer: how fast messages may leave; shared with the sender of replies.
        carriers: who take in hand what is written.
    """

    def __init__(
        self, house: House, renderers: Mapping[str, Renderer], pacer: Pacer, carriers: Carriers
    ) -> None:
        self._house = house
        self._renderers = renderers
        self._pacer = pacer
        self._carriers = carriers

    async def write(self, claimed: Sequence[Delivery], now: datetime) -> None:
        """Have deliveries written and taken in hand; what is not to be sent is done with.

        If it fails, none of them is.
        """
        by_mailing: dict[int, list[Owed]] = {}
        done: list[Done] = []
        at = _seconds()  # one moment for all: what waits for the same chat stays in order
        self._carriers.listen()
        # One message to a person at a time: what the first says may make the second needless.
        busy = self._carriers.busy
        async with self._house.database.reading() as work:
            people = await People(work).get_many(each.person_id for each in claimed)
            mailings = await DeliveryStore(work).mailings({each.mailing_id for each in claimed})
            for delivery in claimed:
                person = people.get(delivery.person_id)
                if person is None:
                    continue  # erased in this very moment, and the delivery with them
                mailing = mailings[delivery.mailing_id]
                if person.id in busy or mailing.hold is not Hold.NONE:  # held since it was taken
                    why: Settled | None = put_back(delivery)
                else:
                    why = self._unwanted(delivery, mailing, person, now, at)
                if why is not None:
                    done.append(Done(why, person.id))
                else:
                    busy.add(person.id)
                    by_mailing.setdefault(delivery.mailing_id, []).append(Owed(delivery, person))
            written: dict[int, Written | Skip | TakenAway] = {}
            for number, owed in by_mailing.items():
                written |= await self._written(work, mailings[number], owed, now)
        # Nothing waits from here on: either all is taken, or all is put back.
        self._carriers.done += done
        for each in itertools.chain.from_iterable(by_mailing.values()):
            self._carriers.take(each, written.get(each.delivery.id, Skip(Reason.UNRENDERED)))

    def _unwanted(
        self, delivery: Delivery, mailing: Mailing, person: Person, now: datetime, at: float
    ) -> Settled | None:
        if person.blocked_at is not None:
            return Settled(delivery.id, State.SKIPPED, Reason.BLOCKED)
        if person.stopped_at is not None and mailing.kind != RECALL:
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
    ) -> Mapping[int, Written | Skip | TakenAway]:
        renderer = self._renderers.get(mailing.kind)
        if renderer is None:
            log.error("nobody writes mailings of this kind", kind=mailing.kind)
            return {}
        try:
            return await renderer.render(work, mailing, owed, now)
        except DatabaseBusy:
            raise
        except Exception as error:  # noqa: BLE001 -- one mailing that fails holds up no other
            report("a mailing could not be written", error, kind=mailing.kind)
            return {}


def _seconds() -> float:
    return asyncio.get_running_loop().time()
