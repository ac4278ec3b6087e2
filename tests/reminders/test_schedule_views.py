"""The screens of volunteers fit into a message, whatever stands on them."""

import html
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat import callback_data
from bot.clock import LONDON
from bot.config import HOME
from bot.delivery.models import Reason, State
from bot.delivery.store import Count
from bot.events.models import Event, EventKind
from bot.i18n import LANGUAGES, Catalogues
from bot.message import Message, Tap
from bot.people.needs_form import LANGUAGE_LENGTH, OTHER_LENGTH, PRESENCE, SENSES
from bot.reminders.answers import Tally
from bot.reminders.leads import BEFORE, NONE, Lead
from bot.reminders.needs import NeededThere
from bot.reminders.outlook import Coming
from bot.reminders.schedule import EVENTS_PER_PAGE, Ahead, Answered, EventsPage
from bot.reminders.views import needs, schedule
from bot.reminders.views.reminding import ANSWERS

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
CATALOGUES = Catalogues(HOME / "locales")
LONG = {"en": "A very long title of a sample event & <more> " * 10}
MANY = 1_000_000
LIMIT = 4096  # of the Bot API, in UTF-16 units
EVENT = Event(
    id=2**62, uid="x", kind=EventKind.EXPO, title=LONG, starts_at=NOW,
    ends_at=NOW + timedelta(days=2), sample=True,
)  # fmt: skip
ALL_WHYS = tuple(
    Count(state, reason, MANY)
    for reason in Reason
    for state in (State.UNKNOWN if reason in {Reason.CRASH, Reason.NO_ANSWER} else State.FAILED,)
    if reason in schedule.WHYS
)


def units(message: Message) -> int:
    seen = html.unescape(re.sub(r"<[^>]*>", "", message.text))
    return len(seen.encode("utf-16-le")) // 2


def coming(at: datetime, kind: str = "reminder", lead: Lead = Lead.WEEK) -> Coming:
    return Coming(at, kind, lead, EVENT.id, LONG, MANY)


def fits(message: Message) -> None:
    assert units(message) <= LIMIT
    for row in message.buttons:
        for button in row:
            assert isinstance(button.action, Tap)
            callback_data.write(button.action)  # at most 64 bytes
            assert len(button.label) <= 64


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_fullest_pages_fit(code: str) -> None:
    t = CATALOGUES.translator(code)
    late = tuple(coming(NOW - timedelta(days=day), "card", NONE) for day in range(1, 7))
    fits(schedule.ahead(t, Ahead(late, (), (), ALL_WHYS), 1, NOW, LONDON))
    later = tuple(coming(NOW + timedelta(days=day)) for day in range(1, 20))
    fits(schedule.ahead(t, Ahead((), (), later, ALL_WHYS), 1, NOW, LONDON))
    fits(schedule.ahead(t, Ahead((), (), later, ALL_WHYS), 2, NOW, LONDON))
    fits(schedule.events(t, EventsPage((EVENT,) * EVENTS_PER_PAGE, 2, 1000)))
    how_it_was = dict.fromkeys(ANSWERS, MANY)
    answered = Answered(EVENT, Tally(MANY, MANY, MANY, MANY), how_it_was, shows_needs=True)
    fits(schedule.answers(t, answered, 1000, NOW + timedelta(days=3)))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("sign", ["n", '"', "&", "\N{BLACK HEART SUIT}", "\N{HERB}"])
def test_all_that_people_need_fits_into_pages(code: str, sign: str) -> None:
    t = CATALOGUES.translator(code)
    there = NeededThere(
        EVENT,
        told=MANY,
        things=dict.fromkeys((*SENSES, *PRESENCE), MANY),
        languages=tuple((f"L{n:02}{sign * (LANGUAGE_LENGTH - 3)}", MANY) for n in range(90)),
        notes=tuple(f"N{n:02}{sign * (OTHER_LENGTH - 3)}" for n in range(30)),
        unreadable=MANY,
    )
    pages, number = [needs.needed(t, there, 1000, 1)], 1
    while len(pages) < 2 or pages[-1] != pages[-2]:
        number += 1
        pages.append(needs.needed(t, there, 1000, number))
    for page in pages:
        fits(page)
    seen = html.unescape("".join(page.text for page in pages[:-1]))
    assert all(seen.count(note) == 1 for note in there.notes)
    assert all(seen.count(language) == 1 for language, _ in there.languages)
    assert seen.count(t.plain("British Sign Language")) == 1


@pytest.mark.parametrize("lead", BEFORE)
def test_every_reminder_says_how_long_before(lead: Lead) -> None:
    t = CATALOGUES.translator("en")
    ahead = Ahead((), (), (coming(NOW + timedelta(hours=1), lead=lead),), ())
    text = schedule.ahead(t, ahead, 1, NOW, LONDON).text
    assert re.search(r"• 15:05: Reminder \(\d+ (days?|hours?) before\), to 1000000 people", text)


def test_what_no_words_are_known_for_is_still_shown() -> None:
    t = CATALOGUES.translator("en")
    other = Coming(NOW + timedelta(hours=1), "letter", NONE, 0, {}, 1)
    ahead = Ahead((), (), (other,), (Count(State.FAILED, "new reason", 1),))
    text = schedule.ahead(t, ahead, 1, NOW, LONDON).text
    assert "• 15:05: Message, to 1 person" in text
    assert "• 1 message: nobody knows why" in text


def test_another_zone_is_named() -> None:
    t = CATALOGUES.translator("en")
    text = schedule.ahead(t, Ahead((), (), (), ()), 1, NOW, ZoneInfo("Africa/Nairobi")).text
    assert "Now it is Saturday 17 October 2026 (17/10/2026), 16:05, time in Nairobi." in text
