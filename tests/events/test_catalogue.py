from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bot.events.browse import Filters, Loosening, Page, When
from bot.events.catalogue import EventCatalogue, kilometres
from bot.events.models import (
    AccessFact,
    EventKind,
    EventStatus,
    Position,
)
from bot.people.boroughs import Boroughs
from tests.events.conftest import FULL, NOW, Town, draft, london


async def test_what_is_over_or_cancelled_is_not_listed_but_found_by_its_card(town: Town) -> None:
    over, off, running = await town.events(
        draft("over", starts_at=NOW - timedelta(hours=5)),
        draft("off", status=EventStatus.CANCELLED),
        draft("running", starts_at=NOW - timedelta(hours=4)),
    )

    assert await town.found(Filters()) == ["running"]
    async with town.db.reading() as work:
        catalogue = EventCatalogue(work)
        assert [(await catalogue.get(event.id)).uid for event in (over, off, running)] == [
            "over",
            "off",
            "running",
        ]


async def test_pages_are_full_in_order_and_end(town: Town) -> None:
    events = await town.events(
        *(draft(f"{n}", starts_at=NOW + timedelta(days=9 - n)) for n in range(7))
    )
    soonest_first = list(reversed(events))

    async with town.db.reading() as work:
        catalogue = EventCatalogue(work)
        pages = [await catalogue.upcoming(Filters(), NOW, page, 3) for page in (1, 2, 3, 9, 0, -1)]
        nothing = await catalogue.upcoming(Filters(borough="harrow"), NOW, page=4)

    assert pages[0] == Page(tuple(soonest_first[:3]), 1, 3, 7)
    assert pages[1] == Page(tuple(soonest_first[3:6]), 2, 3, 7)
    assert pages[2] == pages[3] == Page(tuple(soonest_first[6:]), 3, 3, 7)
    assert pages[4] == pages[5] == pages[0]
    assert nothing == Page((), 1, 1, 0)


async def test_filters_let_through_what_they_name(town: Town, boroughs: Boroughs) -> None:
    await town.events(
        draft("brent", borough="brent", languages=frozenset({"so", "en"})),
        draft(
            "ealing",
            borough="ealing",
            kind=EventKind.THINK_TANK,
            access=frozenset({AccessFact.BSL, AccessFact.CRECHE, AccessFact.STEP_FREE}),
        ),
        draft("hillingdon", borough="hillingdon", languages=frozenset({"ar"})),
        draft("online", kind=EventKind.WEBINAR, online_link="https://example.org/a"),
    )
    facts = frozenset

    for filters, uids in (
        (Filters(), ["brent", "ealing", "hillingdon", "online"]),
        (Filters(borough="brent"), ["brent"]),
        (Filters(borough="brent", or_online=True), ["brent", "online"]),
        (Filters(kind=EventKind.THINK_TANK), ["ealing"]),
        (Filters(language="so"), ["brent"]),
        (Filters(language="s"), []),
        (Filters(access=facts({AccessFact.STEP_FREE, AccessFact.BSL})), ["ealing"]),
        (Filters(access=facts({AccessFact.STEP_FREE, AccessFact.QUIET_SPACE})), []),
        (Filters(borough="ealing", language="so"), []),
    ):
        assert await town.found(filters) == uids, filters

    async with town.db.reading() as work:
        around = await EventCatalogue(work, boroughs).upcoming(
            Filters(borough="brent", with_neighbours=True), NOW
        )
    assert [event.uid for event in around.events] == ["brent", "ealing"]


async def test_an_empty_list_says_what_to_loosen(town: Town, boroughs: Boroughs) -> None:
    await town.events(
        draft("a", borough="ealing", languages=frozenset({"so"})),
        draft("b", borough="hounslow", languages=frozenset({"so"})),
        draft("c", borough="brent", languages=frozenset({"ar"})),
    )
    wanted = Filters(borough="brent", language="so", words="expo")

    async with town.db.reading() as work:
        catalogue = EventCatalogue(work, boroughs)
        assert (await catalogue.upcoming(wanted, NOW)).total == 0
        ways = await catalogue.loosened(wanted, NOW)

    assert [(way.given_up, way.total) for way in ways] == [
        ("with_neighbours", 1),
        ("borough", 2),
        ("language", 1),
    ]
    assert ways[2].filters == replace(wanted, language=None)


async def test_where_giving_up_one_thing_does_not_help_everything_is_offered(
    town: Town, boroughs: Boroughs
) -> None:
    await town.events(draft("a", borough="ealing"), draft("b", borough="hounslow"))
    wanted = Filters(borough="brent", kind=EventKind.WEBINAR, language="fr")

    async with town.db.reading() as work:
        ways = await EventCatalogue(work, boroughs).loosened(wanted, NOW)

    assert ways == (Loosening("everything", Filters(), 2),)


async def test_where_there_is_no_event_nothing_is_offered(town: Town, boroughs: Boroughs) -> None:
    async with town.db.reading() as work:
        catalogue = EventCatalogue(work, boroughs)
        assert await catalogue.loosened(Filters(borough="brent"), NOW) == ()
        assert await catalogue.loosened(Filters(), NOW) == ()


@pytest.mark.parametrize(
    ("now", "when", "first", "after"),
    [
        # Saturday 24 October 2026, 23:30 in London; the clocks go back the next night.
        ("2026-10-24 23:30", When.TODAY, "2026-10-24 23:30", "2026-10-25 00:00"),
        ("2026-10-25 00:30", When.TODAY, "2026-10-25 00:30", "2026-10-26 00:00"),
        ("2026-10-24 23:30", When.WEEKEND, "2026-10-24 23:30", "2026-10-26 00:00"),
        ("2026-10-25 12:00", When.WEEKEND, "2026-10-25 12:00", "2026-10-26 00:00"),
        ("2026-10-21 12:00", When.WEEKEND, "2026-10-24 00:00", "2026-10-26 00:00"),
        ("2026-10-26 00:00", When.WEEKEND, "2026-10-31 00:00", "2026-11-02 00:00"),
        ("2026-10-21 12:00", When.THIS_WEEK, "2026-10-21 12:00", "2026-10-26 00:00"),
        ("2026-10-25 23:59", When.THIS_WEEK, "2026-10-25 23:59", "2026-10-26 00:00"),
        ("2026-10-01 00:00", When.MONTH, "2026-10-01 00:00", "2026-11-01 00:00"),
        ("2026-12-31 23:00", When.MONTH, "2026-12-31 23:00", "2027-01-01 00:00"),
        ("2027-03-27 12:00", When.TODAY, "2027-03-27 12:00", "2027-03-28 00:00"),
        ("2027-03-28 12:00", When.TODAY, "2027-03-28 12:00", "2027-03-29 00:00"),
    ],
)
def test_when_is_what_people_mean_by_the_wall_clock(
    now: str, when: When, first: str, after: str
) -> None:
    since, until = when.window(london(now))
    assert (since, until) == (london(first), london(after))


def test_the_day_the_clocks_go_back_has_25_hours_and_the_other_23() -> None:
    for day, hours in (("2026-10-25", 25), ("2027-03-28", 23), ("2026-10-24", 24)):
        midnight = london(f"{day} 00:00")
        since, until = When.TODAY.window(midnight)
        assert until is not None
        assert until.astimezone(UTC) - since == timedelta(hours=hours)


async def test_an_event_late_on_the_long_day_is_today_and_this_weekend(town: Town) -> None:
    await town.events(
        draft("late", starts_at=london("2026-10-25 23:00"), ends_at=london("2026-10-25 23:59")),
        draft("monday", starts_at=london("2026-10-26 00:00")),
        draft("early", starts_at=london("2026-10-24 23:00"), ends_at=london("2026-10-25 00:10")),
    )
    morning = london("2026-10-25 00:05")

    for when in (When.TODAY, When.WEEKEND, When.THIS_WEEK):
        assert await town.found(Filters(when=when), morning) == ["early", "late"], when


async def test_typed_words_must_all_match_in_any_language_without_case_and_accents(
    town: Town,
) -> None:
    await town.events(
        FULL,
        draft(
            "dakar",
            title={"en": "Sample women's circle", "fr": "Cercle d'écoute à Sample"},
            venue="Sample library, Harlesden",
        ),
    )
    for words, uids in (
        ("EXPO health", ["full"]),
        ("ecoute", ["dakar"]),
        ("Écoute sample", ["dakar"]),
        ("womens", ["dakar"]),
        ("women’s", ["dakar"]),
        ("harles", ["dakar"]),
        ("pressure clinic", ["full"]),
        ("brent", ["full"]),
        ("صِحّي", ["full"]),
        ("المعرض", ["full"]),
        ("والمعرض", ["full"]),
        ("resure", []),
        ("webinar harlesden", []),
        ("%", ["full", "dakar"]),
        ("sam_le", []),
        ('"]', ["full", "dakar"]),
        ("", ["full", "dakar"]),
    ):
        assert await town.found(Filters(words=words)) == uids, words


async def test_nearest_goes_by_distance_and_then_by_time(town: Town, boroughs: Boroughs) -> None:
    wembley, southall, heathrow = (
        Position(51.5560, -0.2796),
        Position(51.5061, -0.3760),
        Position(51.4700, -0.4543),
    )
    await town.events(
        draft("far", position=heathrow),
        draft("later", position=wembley, starts_at=NOW + timedelta(days=20)),
        draft("sooner", position=wembley),
        draft("middle", position=southall),
        draft("online", online_link="https://example.org/a"),
        draft("off", position=wembley, status=EventStatus.CANCELLED),
        draft("somewhere in Hillingdon", borough="hillingdon"),
    )

    async with town.db.reading() as work:
        near = await EventCatalogue(work, boroughs).nearest(Position(51.5565, -0.28), NOW, 9)

    assert [each.event.uid for each in near] == [
        "sooner",
        "later",
        "middle",
        "somewhere in Hillingdon",
        "far",
    ]
    assert round(near[0].kilometres, 2) == 0.06


def test_a_distance_is_that_of_a_map() -> None:
    # Charing Cross to the Eiffel Tower; published as about 341 km.
    assert round(kilometres(Position(51.5074, -0.1278), Position(48.8584, 2.2945))) == 341
    assert kilometres(Position(51.5, -0.1), Position(51.5, -0.1)) == 0
