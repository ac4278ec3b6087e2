"""The sample events that ship: complete, in every language, and found by every filter."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.config import HOME
from bot.db import Database
from bot.events.browse import Filters, When
from bot.events.catalogue import EventCatalogue
from bot.events.importing import ImportedFile, read_samples
from bot.events.models import AccessFact, ActivityKind, EventKind
from bot.people.boroughs import Boroughs

FOLDER = HOME / "content" / "events"
MONDAY = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
LANGUAGES = {"en", "so", "ar", "fr"}
SAMPLE = {"en": "sample", "so": "tusaale", "ar": "نموذج|تجريب|مثال", "fr": "exemple"}


@pytest.fixture(scope="module")
def samples(boroughs: Boroughs) -> ImportedFile:
    return read_samples(FOLDER, now=MONDAY, boroughs=boroughs)


def test_every_event_says_in_every_language_that_it_is_a_sample(samples: ImportedFile) -> None:
    for draft in samples.drafts:
        assert draft.sample
        assert "Sample" in draft.title["en"]
        assert set(draft.title) == set(draft.description) == LANGUAGES
        for language, word in SAMPLE.items():
            first_sentence = draft.description[language].partition(".")[0]
            assert re.search(word, first_sentence), (draft.uid, language)
        assert draft.organisation.startswith("Sample ")
        assert not draft.venue or draft.venue.startswith("Sample ")
        for activity in draft.activities:
            assert set(activity.title) == LANGUAGES
            assert activity.organisation.startswith("Sample ")


def test_nothing_about_them_needs_a_look(samples: ImportedFile) -> None:
    assert samples.notes == ()


def test_the_big_day_is_as_big_as_real_ones(samples: ImportedFile) -> None:
    [day] = [draft for draft in samples.drafts if draft.uid == "sample-brent-day"]
    assert (day.borough, day.capacity) == ("brent", 300)
    assert Counter(activity.kind for activity in day.activities) == {
        ActivityKind.STALL: 30,
        ActivityKind.HEALTH_CHECK: 6,
        ActivityKind.TALK: 6,
    }
    for activity in day.activities:
        if activity.kind is ActivityKind.HEALTH_CHECK:
            assert activity.slot_minutes
            assert activity.capacity


def test_every_kind_borough_access_fact_and_shipped_language_is_there(
    samples: ImportedFile, boroughs: Boroughs
) -> None:
    drafts = samples.drafts
    assert {draft.kind for draft in drafts} == set(EventKind)
    assert {draft.borough for draft in drafts} == {each.key for each in boroughs} | {None}
    assert {fact for draft in drafts for fact in draft.access} == set(AccessFact)
    assert {code for draft in drafts for code in draft.languages} >= LANGUAGES


@pytest.mark.parametrize("days", range(7))
async def test_whenever_they_are_loaded_people_find_something(
    db: Database, boroughs: Boroughs, days: int
) -> None:
    now = MONDAY + timedelta(days=days)
    async with db.work() as work:
        catalogue = EventCatalogue(work, boroughs)
        drafts = read_samples(FOLDER, now=now, boroughs=boroughs).drafts
        assert (await catalogue.take_in(drafts, now)).new == len(drafts)
        for filters in (
            *(Filters(when=when) for when in When),
            *(Filters(borough=each.key) for each in boroughs),
        ):
            assert (await catalogue.upcoming(filters, now)).total, filters
        tomorrow = now + timedelta(days=1)
        again = read_samples(FOLDER, now=tomorrow, boroughs=boroughs).drafts
        assert (await catalogue.take_in(again, tomorrow)).new == 0
