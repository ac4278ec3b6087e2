"""Which reminder is owed when, to whom, and never twice."""

from datetime import datetime, timedelta

from bot.clock import LONDON
from bot.events.models import EventStatus
from bot.people.service import People
from bot.reminders.leads import NONE, USUAL, Lead
from tests.reminders.conftest import STARTS_AT, Owed, Village, event_at

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WEEK_BEFORE, DAY_BEFORE, HOURS_BEFORE = STARTS_AT - 7 * DAY, STARTS_AT - DAY, STARTS_AT - 2 * HOUR
AFTER = STARTS_AT + 6 * HOUR


def due(person: int, kind: str = "reminder", event: int = 1) -> Owed:
    return Owed(person, kind, event, "due", "")


def missed(person: int, kind: str = "reminder", event: int = 1) -> Owed:
    return Owed(person, kind, event, "skipped", "missed")


async def test_each_is_owed_once_at_its_moment_and_the_next_moment_is_told(
    village: Village,
) -> None:
    await village.hold(event_at())
    person = await village.person()
    await village.books(person)

    longest = STARTS_AT - 14 * DAY  # looked at for whoever wants it
    assert await village.plan(longest - MINUTE) == longest
    assert await village.owed() == []
    assert await village.plan(WEEK_BEFORE - MINUTE) == WEEK_BEFORE
    assert await village.owed() == []
    for moment, owed in (
        (WEEK_BEFORE, [due(person)]),
        (WEEK_BEFORE, [due(person)]),
        (DAY_BEFORE - MINUTE, [due(person)]),
        (DAY_BEFORE, [due(person)] * 2),
        (HOURS_BEFORE, [due(person)] * 3),
        (HOURS_BEFORE + MINUTE, [due(person)] * 3),
        (AFTER, [*[due(person)] * 3, due(person, "thanks")]),
        (AFTER + DAY, [*[due(person)] * 3, due(person, "thanks")]),
    ):
        await village.plan(moment)
        assert await village.owed() == owed
    assert await village.plan(AFTER + 30 * DAY) is None


async def test_only_who_wants_it_and_has_a_place_and_hears_messages_is_owed(
    village: Village,
) -> None:
    await village.hold(event_at())
    wants = await village.person()
    never_answered = await village.person(None)
    wants_none = await village.person(NONE)
    wants_another = await village.person(Lead.DAY)
    stopped = await village.person()
    for each in (wants, never_answered, wants_none, wants_another, stopped):
        await village.books(each)
    await People(village.work).stop(stopped, WEEK_BEFORE - HOUR)
    await village.person()  # wants reminders and has no place

    await village.plan(WEEK_BEFORE)

    assert await village.owed() == [due(wants)]


async def test_who_books_after_the_moment_is_not_owed_it(village: Village) -> None:
    await village.hold(event_at())
    early, late = await village.person(), await village.person()
    await village.books(early)
    await village.books(late, at=WEEK_BEFORE + MINUTE)

    await village.plan(WEEK_BEFORE + 2 * MINUTE)
    assert await village.owed() == [due(early)]
    await village.plan(DAY_BEFORE)
    assert await village.owed() == [due(early), due(early), due(late)]


async def test_after_a_time_away_what_is_still_of_use_is_owed_and_the_rest_is_missed(
    village: Village,
) -> None:
    """Of several that are due, only the nearest comes, each person's own."""
    await village.hold(event_at())
    usual, only_week = await village.person(), await village.person(Lead.WEEK)
    await village.books(usual)
    await village.books(only_week)

    await village.plan(DAY_BEFORE + HOUR)

    assert await village.owed() == [missed(usual), due(usual), due(only_week)]


async def test_after_a_time_away_past_the_event_all_is_missed_but_the_thanks(
    village: Village,
) -> None:
    await village.hold(event_at())
    person = await village.person()
    await village.books(person)

    await village.plan(AFTER + DAY)

    assert await village.owed() == [missed(person)] * 3 + [due(person, "thanks")]


async def test_an_event_that_moves_takes_its_reminders_along(village: Village) -> None:
    await village.hold(event_at())
    person = await village.person()
    await village.books(person)
    await village.plan(WEEK_BEFORE)
    before = await village.owed()
    later = STARTS_AT + 8 * DAY

    await village.hold(event_at(later, sequence=1), now=WEEK_BEFORE + HOUR)

    change = Owed(person, "change", 1, "due", "")
    assert await village.plan(WEEK_BEFORE + 2 * HOUR) == later - 14 * DAY
    await village.plan(DAY_BEFORE)
    assert await village.owed() == [*before, change]
    await village.plan(later - 7 * DAY)
    assert await village.owed() == [*before, change, due(person)]


async def test_what_would_have_been_due_before_the_event_moved_is_not_owed(
    village: Village,
) -> None:
    """The news of the change has told them; a reminder of a moment long past would only confuse."""
    await village.hold(event_at(STARTS_AT + 20 * DAY))
    person = await village.person()
    await village.books(person)

    await village.hold(event_at(sequence=1), now=DAY_BEFORE + HOUR)
    await village.plan(DAY_BEFORE + 2 * HOUR)

    assert [each.kind for each in await village.owed()] == ["change"]
    await village.plan(HOURS_BEFORE)
    assert [each.kind for each in await village.owed()] == ["change", "reminder"]


async def test_a_cancelled_or_postponed_event_has_no_reminders(village: Village) -> None:
    for uid, status in (("a", EventStatus.CANCELLED), ("b", EventStatus.POSTPONED)):
        await village.hold(event_at(uid=uid))
        person = await village.person()
        await village.books(person, village.people)
        await village.hold(event_at(uid=uid, status=status, sequence=1))

    assert await village.plan(WEEK_BEFORE) is None
    assert {each.kind for each in await village.owed()} == {"change"}


async def test_two_leads_moved_to_the_same_moment_are_owed_as_one(village: Village) -> None:
    """Both 2 hours and 1 hour before 8:30 would be in the night."""
    early = datetime(2026, 12, 12, 8, 30, tzinfo=LONDON)
    await village.hold(event_at(early))
    both = await village.person(Lead.TWO_HOURS | Lead.HOUR)
    two = await village.person(Lead.TWO_HOURS)
    await village.books(both)
    await village.books(two)

    await village.plan(datetime(2026, 12, 11, 20, tzinfo=LONDON))

    assert await village.owed() == [missed(both), due(both), due(two)]


async def test_reminders_over_a_change_of_the_clocks(village: Village) -> None:
    """The day before 10:00 is 10:00, though it is 25 hours or 23."""
    for uid, day in (("autumn", datetime(2026, 10, 25)), ("spring", datetime(2027, 3, 28))):  # noqa: DTZ001 -- made aware below
        starts_at = day.replace(hour=10, tzinfo=LONDON)
        booked_at = starts_at - 3 * DAY
        await village.hold(event_at(starts_at, uid), now=booked_at)
        person = await village.person(USUAL & ~Lead.AFTER)
        await village.books(person, village.people, booked_at)
        eve = starts_at - DAY  # wall arithmetic: 10:00 on the day before
        await village.plan(eve - MINUTE)
        held = len(await village.owed())
        await village.plan(eve)
        assert len(await village.owed()) == held + 1
