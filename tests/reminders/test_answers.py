"""Who is still coming, and whose place may be offered on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.clock import LONDON
from bot.db import Database
from bot.delivery.models import Lane, Reason, Settled, State
from bot.delivery.store import DeliveryStore
from bot.errors import EventNotFound
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import EventDraft, EventKind, EventStatus
from bot.people.service import People
from bot.reminders.answers import Answers, Tally
from bot.reminders.choices import ReminderChoices
from bot.reminders.leads import USUAL, Lead
from bot.reminders.planner import Planner

STARTS = datetime(2026, 10, 17, 11, tzinfo=LONDON)
BOOKED = STARTS - timedelta(days=20)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
EXPO = EventDraft(
    uid="expo",
    kind=EventKind.EXPO,
    title={"en": "Sample health day"},
    starts_at=STARTS,
    ends_at=STARTS + 5 * HOUR,
)
HOLDER = "a test"


@dataclass
class Hall:
    """One event, and the people who booked it, by the order in which they did."""

    db: Database
    event_id: int = 1

    async def take_in(self, draft: EventDraft, now: datetime = BOOKED) -> None:
        async with self.db.work() as work:
            await EventCatalogue(work).take_in([draft], now)

    async def books(self, number: int, now: datetime = BOOKED, leads: Lead = USUAL) -> int:
        """A person of this number books the event; their id."""
        async with self.db.work() as work:
            person = await People(work).greet(number, now)
            await BookingDesk(work).book(self.event_id, person.id, now)
            await ReminderChoices(work).choose(person.id, leads, "en", now)
            return person.id

    async def sends(
        self, now: datetime, state: State = State.SENT, reason: str = "", most: int = 100
    ) -> int:
        """What is due is sent, or ends otherwise; how much that was."""
        async with self.db.work() as work:
            await Planner(work, LONDON).plan(now)
            store = DeliveryStore(work)
            claimed = await store.claim(Lane.NOTICE, now, most, HOLDER)
            ended = [Settled(each.id, state, reason) for each in claimed]
            await store.settle(ended, HOLDER, now)
            return len(claimed)

    async def tally(self) -> Tally:
        async with self.db.reading() as work:
            return await Answers(work).tally(self.event_id)

    async def to_offer(self, now: datetime) -> list[tuple[int, datetime]]:
        async with self.db.reading() as work:
            offered = await Answers(work).may_be_offered(self.event_id, now)
        return [(each.booking.person_id, each.asked_at) for each in offered]


@pytest.fixture
async def hall(db: Database) -> Hall:
    hall = Hall(db)
    await hall.take_in(EXPO)
    return hall


async def test_an_event_that_does_not_exist_has_no_answers(db: Database) -> None:
    async with db.reading() as work:
        with pytest.raises(EventNotFound):
            await Answers(work).tally(7)
        with pytest.raises(EventNotFound):
            await Answers(work).may_be_offered(7, BOOKED)


async def test_nobody_booked(hall: Hall) -> None:
    assert await hall.tally() == Tally(0, 0, 0, 0)
    assert await hall.to_offer(BOOKED) == []


async def test_a_reminder_a_week_before_is_no_question_yet(hall: Hall) -> None:
    await hall.books(1)
    asked = STARTS - 7 * DAY + MINUTE
    assert await hall.sends(asked) == 1
    assert await hall.tally() == Tally(going=1, coming=0, unanswered=0, gave_up=0)
    assert (await hall.tally()).not_asked == 1
    assert await hall.to_offer(asked) == []


async def test_a_day_before_each_is_asked_and_answers_are_counted(hall: Hall) -> None:
    silent, comes, leaves = [await hall.books(each) for each in (1, 2, 3)]
    await hall.books(4, leads=Lead.WEEK)
    asked = STARTS - DAY + MINUTE
    assert await hall.sends(asked) == 4  # three of a day before, and one of a week before, late
    assert await hall.tally() == Tally(going=4, coming=0, unanswered=3, gave_up=0)
    async with hall.db.work() as work:
        await BookingDesk(work).confirm(1, comes, asked + HOUR)
        await BookingDesk(work).cancel(1, leaves, asked + HOUR)
    assert await hall.tally() == Tally(going=3, coming=1, unanswered=1, gave_up=1)
    assert (await hall.tally()).not_asked == 1
    assert await hall.to_offer(asked + 2 * HOUR) == [(silent, asked)]


async def test_the_longest_asked_comes_first_and_counts_from_the_first_question(
    hall: Hall,
) -> None:
    late = await hall.books(1, leads=Lead.TWO_HOURS)
    early = await hall.books(2, leads=Lead.DAY | Lead.TWO_HOURS)
    day_before, hours_before = STARTS - DAY + MINUTE, STARTS - 2 * HOUR + MINUTE
    assert await hall.sends(day_before) == 1
    assert await hall.sends(hours_before) == 2
    assert await hall.to_offer(hours_before) == [(early, day_before), (late, hours_before)]


@pytest.mark.parametrize("state", [State.UNKNOWN, State.FAILED, State.SKIPPED])
async def test_whoever_was_not_reached_was_not_asked(hall: Hall, state: State) -> None:
    await hall.books(1)
    asked = STARTS - DAY + MINUTE
    await hall.sends(asked, state, Reason.NOT_WANTED)
    assert await hall.to_offer(asked) == []
    assert (await hall.tally()).not_asked == 1


async def test_whoever_was_told_by_another_message_was_asked_by_that(hall: Hall) -> None:
    person = await hall.books(1)
    asked = STARTS - DAY + MINUTE
    await hall.sends(asked, State.SKIPPED, Reason.TOLD)
    assert await hall.to_offer(asked) == [(person, asked)]


async def test_an_event_that_moves_asks_anew(hall: Hall) -> None:
    person = await hall.books(1)
    asked = STARTS - DAY + MINUTE
    await hall.sends(asked)
    moved = asked + HOUR
    await hall.take_in(
        replace(EXPO, starts_at=STARTS + 3 * DAY, ends_at=STARTS + 3 * DAY + HOUR), moved
    )
    assert await hall.to_offer(moved) == []
    again = STARTS + 2 * DAY + MINUTE
    await hall.sends(again)
    assert await hall.to_offer(again) == [(person, again)]
    # and back to where it was: what was asked before the move says nothing now
    await hall.take_in(EXPO, asked + 2 * HOUR)
    assert await hall.to_offer(asked + 2 * HOUR) == []


async def test_whoever_books_again_is_not_held_to_an_old_question(hall: Hall) -> None:
    person = await hall.books(1)
    asked = STARTS - DAY + MINUTE
    await hall.sends(asked)
    async with hall.db.work() as work:
        await BookingDesk(work).cancel(1, person, asked + HOUR)
        await BookingDesk(work).book(1, person, asked + 2 * HOUR)
    assert await hall.to_offer(asked + 3 * HOUR) == []
    assert await hall.tally() == Tally(going=1, coming=0, unanswered=0, gave_up=0)


async def test_nothing_is_offered_once_the_event_has_begun_or_does_not_happen(hall: Hall) -> None:
    person = await hall.books(1)
    asked = STARTS - 2 * HOUR + MINUTE
    await hall.sends(asked)
    assert await hall.to_offer(STARTS - MINUTE) == [(person, asked)]
    assert await hall.to_offer(STARTS) == []
    await hall.take_in(replace(EXPO, status=EventStatus.CANCELLED), asked + MINUTE)
    assert await hall.to_offer(asked + 2 * MINUTE) == []
