"""Why a reminder that was owed is not sent after all: every reason, on both databases."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.clock import LONDON
from bot.config import HOME
from bot.delivery.models import Lane, Mailing, Owed, Settled, Skip, State
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.models import EventStatus
from bot.events.rendering import WritingDesk
from bot.i18n import Catalogues
from bot.people.boroughs import Boroughs
from bot.people.service import People
from bot.reminders.choices import ReminderChoices
from bot.reminders.feedback import Feedback
from bot.reminders.leads import NONE
from bot.reminders.planner import REMINDER, THANKS
from bot.reminders.rendering import ReminderRenderer, ThanksRenderer
from tests.reminders.conftest import STARTS_AT, Village, event_at

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
DAY_BEFORE, AFTER = STARTS_AT - DAY, STARTS_AT + 6 * HOUR
DESK = WritingDesk(Catalogues(HOME / "locales"), Boroughs.read(HOME / "content"), LONDON)
RENDERERS = {REMINDER: ReminderRenderer(DESK), THANKS: ThanksRenderer(DESK)}
Happening = Callable[[Village], Awaitable[object]]


async def said(village: Village, now: datetime) -> list[str]:
    """What becomes of all that is due: "sent", or why it is not."""
    store = DeliveryStore(village.work)
    claimed = await store.claim(Lane.NOTICE, now, 100, "me")
    people = await People(village.work).get_many(each.person_id for each in claimed)
    mailings = await store.mailings(each.mailing_id for each in claimed)
    found = []
    for each in claimed:
        mailing, owed = mailings[each.mailing_id], Owed(each, people[each.person_id])
        if mailing.kind not in RENDERERS:  # news of what happens
            continue
        renderer = RENDERERS[mailing.kind]
        written = (await renderer.render(village.work, mailing, [owed], now))[each.id]
        reason = written.reason if isinstance(written, Skip) else ""
        state = State.SKIPPED if reason else State.SENT
        await store.settle([Settled(each.id, state, reason)], "me", now)
        found.append(reason or "sent")
    return found


def changed(**changes: object) -> Happening:
    async def happens(village: Village) -> None:
        await village.hold(event_at(**changes), now=DAY_BEFORE)  # type: ignore[arg-type]

    return happens


async def gives_back(village: Village) -> None:
    await BookingDesk(village.work).cancel(1, 1, DAY_BEFORE)


async def wants_none(village: Village) -> None:
    await ReminderChoices(village.work).choose(1, NONE, "en", DAY_BEFORE)


async def hears_of_the_event(village: Village) -> None:
    store = DeliveryStore(village.work)
    news = Mailing("news", "change", 1, Lane.BROADCAST, DAY_BEFORE - HOUR, STARTS_AT)
    number = await store.add(news, DAY_BEFORE)
    assert number is not None
    await store.owe_to(number, [1])
    [claimed] = await store.claim(Lane.BROADCAST, DAY_BEFORE, 1, "me")
    await store.settle([Settled(claimed.id, State.SENT)], "me", DAY_BEFORE)


async def nothing(_: Village) -> None: ...


@pytest.mark.parametrize(
    ("happens", "now", "becomes"),
    [
        (nothing, DAY_BEFORE, "sent"),
        (changed(status=EventStatus.CANCELLED), DAY_BEFORE, "cancelled"),
        (changed(starts_at=STARTS_AT + HOUR), DAY_BEFORE, "moved"),
        (changed(status=EventStatus.POSTPONED), DAY_BEFORE, "moved"),
        (nothing, STARTS_AT, "over"),
        (gives_back, DAY_BEFORE, "not going"),
        (wants_none, DAY_BEFORE, "not wanted"),
        (hears_of_the_event, DAY_BEFORE + MINUTE, "told already"),
        (nothing, STARTS_AT - 2 * HOUR, "superseded"),
    ],
)
async def test_what_is_true_when_it_leaves_decides_on_a_reminder(
    village: Village, happens: Happening, now: datetime, becomes: str
) -> None:
    await village.hold(event_at())
    person = await village.person()
    await village.books(person)
    await village.plan(DAY_BEFORE - MINUTE)
    await said(village, DAY_BEFORE - 5 * DAY)
    await village.plan(DAY_BEFORE)
    await happens(village)
    kept = [each for each in await village.owed() if each.state == "due"]
    assert [each.kind for each in kept if each.kind == REMINDER] == [REMINDER]
    assert await said(village, now) == [becomes]


async def gave_an_answer(village: Village) -> None:
    await Feedback(village.work).give(1, 1, "good")


@pytest.mark.parametrize(
    ("happens", "becomes"),
    [
        (nothing, "sent"),
        (changed(status=EventStatus.CANCELLED), "cancelled"),
        (changed(starts_at=STARTS_AT - HOUR), "moved"),
        (gives_back, "not going"),
        (wants_none, "not wanted"),
        (gave_an_answer, "told already"),
    ],
)
async def test_what_is_true_when_it_leaves_decides_on_thanks(
    village: Village, happens: Happening, becomes: str
) -> None:
    await village.hold(event_at())
    person = await village.person()
    await village.books(person)
    await village.plan(STARTS_AT)
    await said(village, STARTS_AT)
    await village.plan(AFTER)
    await happens(village)
    assert await said(village, AFTER) == [becomes]
