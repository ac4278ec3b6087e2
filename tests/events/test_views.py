"""What people see of events: whole texts in English, and limits in every language."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.chat import callback_data
from bot.config import HOME
from bot.errors import BookingNotFound, EventCancelled, EventFull, EventNotFound, EventOver
from bot.events.browse import Filters, Loosening, Nearby, Page, When
from bot.events.links import EventLink, parse_payload
from bot.events.look import ONLINE, Look
from bot.events.models import (
    AccessFact,
    Activity,
    ActivityKind,
    Booking,
    BookingState,
    Event,
    EventKind,
    EventStatus,
    Position,
)
from bot.events.views import bookings, cards, filters, lists, share
from bot.events.views.access import ask_organisers
from bot.events.views.labels import Onlooker
from bot.events.views.lengths import clip, parts, units
from bot.i18n import LANGUAGES, Catalogues
from bot.message import Message, Tap
from bot.people.boroughs import Boroughs
from bot.people.models import Needs
from tests.events.conftest import NOW, london

BOROUGHS = Boroughs.read(HOME / "content")
BRENT = Look.around("brent", BOROUGHS)


@cache
def catalogues() -> Catalogues:
    return Catalogues(HOME / "locales")


def looking(language: str = "en") -> Onlooker:
    return Onlooker(catalogues().translator(language), BOROUGHS, NOW)


def expo(**changes: object) -> Event:
    """A day as they are: 300 places, checks, a talk, stalls."""
    talk_at = london("2026-10-17 12:00")
    event = Event(
        uid="expo",
        id=12,
        kind=EventKind.EXPO,
        title={"en": "Brent health day", "so": "Maalinta caafimaadka Brent"},
        description={"en": "Free checks & talks.", "so": "Baaritaan lacag la'aan ah."},
        starts_at=london("2026-10-17 11:00"),
        ends_at=london("2026-10-17 16:00"),
        venue="Sample hall",
        borough="brent",
        outcode="HA9",
        position=Position(51.556, -0.2796),
        organisation="Sample group",
        capacity=300,
        going=288,
        access=frozenset({AccessFact.STEP_FREE, AccessFact.BSL}),
        languages=frozenset({"en", "so"}),
        activities=(
            Activity(
                "bp",
                ActivityKind.HEALTH_CHECK,
                {"en": "Blood pressure"},
                organisation="Sample group 1",
                slot_minutes=15,
            ),
            Activity(
                "talk",
                ActivityKind.TALK,
                {"en": "Living with diabetes"},
                organisation="Sample group 2",
                starts_at=talk_at,
                ends_at=talk_at + timedelta(minutes=30),
            ),
            Activity("s1", ActivityKind.STALL, {"en": "Stall one"}, organisation="Sample group 3"),
            Activity("s2", ActivityKind.STALL, {"en": "Stall two"}),
        ),
    )
    return replace(event, **changes)  # type: ignore[arg-type]  # a test names real fields


def taps(message: Message) -> dict[str, object]:
    """What each button does, by its label."""
    return {button.label: button.action for row in message.buttons for button in row}


def labels(message: Message) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]


# The card


def test_a_card_says_what_when_where_who_and_what_can_be_done() -> None:
    card = cards.card(looking(), expo(), BRENT, booked=False)

    assert card.text == (
        "Health expo\n"
        "<b>Brent health day</b>\n"
        "\n"
        "<b>When:</b> Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "<b>Where:</b> Sample hall, Brent, HA9\n"
        "<b>Who runs it:</b> Sample group\n"
        "<b>Languages spoken there:</b> English, Somali\n"
        "<b>Access:</b> Step-free access, British Sign Language\n"
        "<b>Places:</b> 12 places left of 300\n"
        "\n"
        "Free checks &amp; talks.\n"
        "\n"
        "<b>Health checks:</b> Blood pressure\n"
        "<b>Talks:</b> 12:00 Living with diabetes\n"
        "There are 2 stalls.\n"
        "3 organisations take part."
    )
    assert labels(card) == [
        ["Book"],
        ["Calendar file", "Directions"],
        ["Who will be there"],
        ["Share"],
        ["Back to the list"],
    ]
    assert taps(card)["Book"] == Tap("book", (12, BRENT.code(BOROUGHS)))
    assert taps(card)["Back to the list"] == Tap("list", (BRENT.code(BOROUGHS),))


def test_a_card_of_a_sample_says_so_first() -> None:
    card = cards.card(looking(), expo(sample=True), BRENT, booked=False)

    assert card.text.split("\n")[0] == "This is a sample. It is not a real event."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_says_itself_that_it_is_a_sample_says_so_once(language: str) -> None:
    eyes = looking(language)
    note = eyes.t.plain("This is a sample. It is not a real event.")
    event = expo(sample=True, description={"en": "?", language: f"{note} Come and see."})

    card = cards.card(eyes, event, BRENT, booked=False)
    document = bookings.calendar(eyes, event, booked=False).document

    assert card.text.count(note) == 1
    assert "\n\nCome and see." in card.text
    assert document is not None
    told = Calendar.from_ical(document.content).walk("VEVENT")[0]["DESCRIPTION"]
    assert str(told) == f"{note}\n\nCome and see."


@pytest.mark.parametrize(
    ("changes", "first", "can_book"),
    [
        (
            {"status": EventStatus.CANCELLED},
            "<b>This event is cancelled.</b> It will not happen.",
            False,
        ),
        (
            {"status": EventStatus.POSTPONED},
            "<b>This event is postponed.</b> The date below is the old one.",
            True,
        ),
        (
            {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=1)},
            "<b>This event has begun.</b> You cannot book a place now.",
            False,
        ),
        (
            {
                "starts_at": NOW - timedelta(hours=1),
                "ends_at": NOW + timedelta(hours=1),
                "capacity": None,
            },
            "<b>This event is on now.</b>",
            False,
        ),
        (
            {"starts_at": NOW - timedelta(hours=2), "ends_at": NOW - timedelta(hours=1)},
            "<b>This event is over.</b>",
            False,
        ),
    ],
)
def test_what_must_be_read_first_stands_first(
    changes: dict[str, object], first: str, *, can_book: bool
) -> None:
    card = cards.card(looking(), expo(**changes), BRENT, booked=False)

    assert card.text.split("\n")[0] == first
    assert ("Book" in taps(card)) is can_book


@pytest.mark.parametrize(
    ("capacity", "going", "line"),
    [
        (300, 299, "<b>Places:</b> 1 place left of 300"),
        (300, 300, "<b>Places:</b> Full. Somebody may cancel, so look again later."),
        (None, 5, None),
    ],
)
def test_places_left_are_never_misleading(
    capacity: int | None, going: int, line: str | None
) -> None:
    card = cards.card(looking(), expo(capacity=capacity, going=going), BRENT, booked=False)

    found = [each for each in card.text.split("\n") if each.startswith("<b>Places:")]
    assert found == ([line] if line else [])
    assert ("Book" in taps(card)) is (going != 300)


def test_who_has_a_place_sees_the_link_and_can_give_the_place_back() -> None:
    webinar = expo(
        venue="", borough=None, outcode="", position=None, activities=(),
        online_link="https://example.org/join?a=1&b=2",
    )  # fmt: skip
    stranger = cards.card(looking(), webinar, BRENT, booked=False)
    guest = cards.card(looking(), webinar, BRENT, booked=True)

    assert "example.org" not in stranger.text
    assert "<b>Online:</b> You get the link when you book." in stranger.text.split("\n")
    assert guest.text.split("\n")[0] == "<b>You have a place.</b>"
    assert "<b>Online:</b> Join here: https://example.org/join?a=1&amp;b=2" in guest.text.split(
        "\n"
    )
    assert labels(guest)[:2] == [["Cancel my place"], ["Join online"]]


@pytest.mark.parametrize(
    ("starts", "ends", "when"),
    [
        (
            "2026-10-17 11:00",
            "2026-10-18 16:30",
            (
                "Saturday 17 October 2026 (17/10/2026), 11:00, "
                "to Sunday 18 October 2026 (18/10/2026), 16:30, UK time"
            ),
        ),
        ("2026-10-17 00:00", "2026-10-18 00:00", "Saturday 17 October 2026 (17/10/2026), all day"),
        (
            "2026-10-17 18:00",
            "2026-10-18 00:00",
            "Saturday 17 October 2026 (17/10/2026), 18:00 to 24:00, UK time",
        ),
        (  # the clocks go back an hour in this night
            "2026-10-24 22:00",
            "2026-10-25 05:00",
            (
                "Saturday 24 October 2026 (24/10/2026), 22:00, "
                "to Sunday 25 October 2026 (25/10/2026), 05:00, UK time"
            ),
        ),
    ],
)
def test_times_are_written_as_clocks_show_them(starts: str, ends: str, when: str) -> None:
    event = expo(starts_at=london(starts), ends_at=london(ends))

    card = cards.card(looking(), event, BRENT, booked=False)

    assert f"<b>When:</b> {when}" in card.text.split("\n")


def test_times_of_another_zone_name_its_city() -> None:
    event = expo(timezone="Africa/Mogadishu")

    card = cards.card(looking(), event, BRENT, booked=False)

    assert (
        "<b>When:</b> Saturday 17 October 2026 (17/10/2026), 13:00 to 18:00, time in Mogadishu"
        in card.text.split("\n")
    )


def test_text_without_a_translation_is_shown_in_english_with_a_note() -> None:
    translated = cards.card(looking("so"), expo(), BRENT, booked=False)
    not_translated = cards.card(looking("fr"), expo(), BRENT, booked=False)
    note = catalogues().translator("fr")("The organisers wrote this in English only.")

    assert "Maalinta caafimaadka Brent" in translated.text
    assert note not in translated.text
    assert not_translated.text.endswith(note)


def test_a_long_description_ends_with_a_sentence_and_goes_on_elsewhere() -> None:
    long = " ".join(f"This is sentence number {number}." for number in range(1, 201))
    event = expo(description={"en": long})

    card = cards.card(looking(), event, BRENT, booked=False)
    about = cards.about(looking(), event, BRENT, 1)

    [shown] = [line for line in card.text.split("\n") if line.startswith("This is sentence")]
    assert shown == " ".join(f"This is sentence number {number}." for number in range(1, 33))
    assert taps(card)["Read more"] == Tap("about", (12, 1, BRENT.code(BOROUGHS)))
    assert about.text.startswith("<b>Brent health day</b>\n\nThis is sentence number 1. ")
    assert labels(about) == [["Next page ▶"], ["Back to the event"]]


def test_who_will_be_there_is_told_by_kind() -> None:
    who = cards.who(looking(), expo(), BRENT, 1)

    assert who.text == (
        "<b>Who will be there: Brent health day</b>\n"
        "\n"
        "<b>Health checks</b>\n"
        "\n"
        "Blood pressure\n"
        "Sample group 1, 15 minutes each\n"
        "\n"
        "<b>Talks</b>\n"
        "\n"
        "Living with diabetes\n"
        "12:00 to 12:30, Sample group 2\n"
        "\n"
        "<b>Stalls</b>\n"
        "\n"
        "Stall one\n"
        "Sample group 3\n"
        "\n"
        "Stall two"
    )
    assert labels(who) == [["Back to the event"]]


def test_directions_are_a_place_on_the_map() -> None:
    message = cards.directions(looking(), expo())

    assert message is not None
    assert message.place is not None
    assert (message.place.title, message.place.address) == (
        "Brent health day",
        "Sample hall, Brent, HA9",
    )
    assert cards.directions(looking(), expo(position=None)) is None


# Lists


def test_a_list_shows_each_event_in_a_few_lines_with_a_button() -> None:
    webinar = expo(
        id=13, kind=EventKind.WEBINAR, title={"en": "Sleep <well>"}, capacity=None,
        venue="", borough=None, outcode="", online_link="https://example.org", sample=True,
    )  # fmt: skip
    page = lists.event_list(looking(), Page((expo(), webinar), 2, 3, 12), BRENT)

    code = BRENT.on_page(2).code(BOROUGHS)
    assert page.text == (
        "<b>Next events</b>\n"
        "You see: Brent, nearby and online\n"
        "\n"
        "<b>6. Brent health day</b>\n"
        "Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "Health expo, Brent, 12 places left of 300\n"
        "\n"
        "<b>7. Sleep &lt;well&gt;</b>\n"
        "Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "Webinar, Online, Sample\n"
        "\n"
        "Page 2 of 3. 12 events in all."
    )
    assert [[(button.label, button.action) for button in row] for row in page.buttons] == [
        [("6. Brent health day", Tap("event", (12, code)))],
        [("7. Sleep <well>", Tap("event", (13, code)))],
        [
            ("Earlier ◀", Tap("list", (BRENT.on_page(1).code(BOROUGHS),))),
            ("Later ▶", Tap("list", (BRENT.on_page(3).code(BOROUGHS),))),
        ],
        [("Change what you see", Tap("narrow", (code,)))],
        [("Back", Tap("home"))],
    ]


def test_arrows_point_as_the_readers_pages_turn() -> None:
    t = catalogues().translator("ar")
    page = lists.event_list(looking("ar"), Page((expo(),), 2, 3, 11), BRENT)

    assert labels(page)[1] == [f"{t.plain('Earlier')} ▶", f"{t.plain('Later')} ◀"]


def test_an_empty_list_says_what_to_give_up() -> None:
    narrow = Filters(borough="brent", kind=EventKind.WEBINAR)
    ways = [
        Loosening("with_neighbours", replace(narrow, with_neighbours=True), 2),
        Loosening("kind", replace(narrow, kind=None), 7),
    ]

    message = lists.nothing_found(looking(), Look(narrow), ways)

    assert message.text == (
        "<b>Next events</b>\n"
        "You see: Brent, Webinar\n"
        "\n"
        "We found no event for this.\n"
        "\n"
        "You can make your search wider:"
    )
    assert labels(message) == [
        ["Add places nearby (2)"],
        ["All kinds (7)"],
        ["Change what you see"],
        ["Back"],
    ]
    assert taps(message)["All kinds (7)"] == Tap("list", (Look(ways[1].filters).code(BOROUGHS),))


def test_where_only_everything_finds_something_it_is_offered() -> None:
    look = Look(Filters(borough="brent", kind=EventKind.WEBINAR, language="fr"))

    message = lists.nothing_found(looking(), look, [Loosening("everything", Filters(), 22)])

    assert labels(message) == [["All events (22)"], ["Change what you see"], ["Back"]]
    assert taps(message)["All events (22)"] == Tap("list", (Look().code(BOROUGHS),))


def test_words_that_find_nothing_are_repeated() -> None:
    look = Look.for_words("blod presure")

    message = lists.nothing_found(looking(), look, [Loosening("words", Filters(), 20)])

    assert message.text == (
        "<b>Events with “blod presure”</b>\n"
        "\n"
        "We found no event with these words. Check how they are written.\n"
        "\n"
        "You can make your search wider:"
    )
    assert labels(message) == [["All events (20)"], ["Change what you see"], ["Back"]]


def test_no_event_is_said_to_be_exactly_where_somebody_is() -> None:
    message = lists.near_list(looking(), [Nearby(expo(), 0.0)])

    assert "0.1 miles away" in message.text
    assert "0.0" not in message.text


def test_distances_are_miles_and_the_location_is_not_kept() -> None:
    message = lists.near_list(looking(), [Nearby(expo(), 3.2)])

    assert message.text == (
        "<b>Events near you</b>\n"
        "\n"
        "<b>1. Brent health day</b>\n"
        "Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "Health expo, Brent, 12 places left of 300, 2.0 miles away\n"
        "\n"
        "Distances are in a straight line. We did not keep your location."
    )
    assert taps(message)["1. Brent health day"] == Tap("open", (12, Look().code(BOROUGHS)))


# Filters


def test_the_filters_show_what_is_chosen() -> None:
    look = Look(
        Filters(
            borough="brent",
            kind=EventKind.WEBINAR,
            when=When.WEEKEND,
            language="so",
            access=frozenset({AccessFact.BSL}),
        )
    )

    assert labels(filters.narrow(looking(), look)) == [
        ["Area: Brent"],
        ["Kind: Webinar"],
        ["When: The weekend"],
        ["Language: Somali"],
        ["Access: British Sign Language"],
        ["Near me"],
        ["Show all events"],
        ["Back to the list"],
    ]


def test_each_area_can_be_chosen() -> None:
    screen = filters.choose_area(looking(), Look(Filters(kind=EventKind.EXPO)), "brent")
    chosen = {
        label: found.filters
        for label, action in taps(screen).items()
        if isinstance(action, Tap)
        and action.verb == "list"
        and (found := Look.read(action.args[0], BOROUGHS))
    }

    assert chosen["My area only"] == Filters(borough="brent", kind=EventKind.EXPO)
    assert chosen["My area, nearby and online"] == Filters(
        borough="brent", with_neighbours=True, or_online=True, kind=EventKind.EXPO
    )
    assert chosen["Online"] == Filters(borough=ONLINE, or_online=True, kind=EventKind.EXPO)
    assert chosen["Everywhere"] == Filters(kind=EventKind.EXPO)
    assert {chosen[each.button].borough for each in BOROUGHS} == {each.key for each in BOROUGHS}


def test_access_facts_can_be_added_and_taken_away() -> None:
    look = Look(Filters(access=frozenset({AccessFact.BSL})))
    screen = filters.choose_access(looking(), look, 1)

    def access(label: str) -> frozenset[AccessFact] | None:
        action = taps(screen)[label]
        assert isinstance(action, Tap)
        found = Look.read(action.args[0], BOROUGHS)
        return found.filters.access if found else None

    assert access("Hearing loop") == {AccessFact.BSL, AccessFact.HEARING_LOOP}
    assert access("Not needed: British Sign Language") == frozenset()
    assert access("Any access") == frozenset()


def test_every_access_fact_is_on_one_of_the_screens() -> None:
    shown = {
        label
        for page in range(1, 5)
        for label in taps(filters.choose_access(looking(), Look(), page))
    }

    assert len(shown - {"Back", "Next page ▶", "Previous page ◀"}) == len(AccessFact)


# Codes in buttons

some_filters = st.builds(
    Filters,
    borough=st.sampled_from([None, *(each.key for each in BOROUGHS)]),
    kind=st.sampled_from([None, *EventKind]),
    when=st.sampled_from(When),
    language=st.sampled_from([None, "en", "so", "bfi"]),
    access=st.frozensets(st.sampled_from(AccessFact)),
).flatmap(
    lambda filters: st.builds(
        lambda around, online: replace(
            filters,
            with_neighbours=around and filters.borough is not None,
            or_online=online and filters.borough is not None,
        ),
        st.booleans(),
        st.booleans(),
    )
)
looks = st.one_of(
    st.builds(Look, some_filters, st.integers(1, 999)),
    st.builds(Look.for_words, st.text(min_size=1)),
    st.builds(
        lambda source: Look(source=source), st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True)
    ),
)


@given(look=looks)
def test_a_look_comes_back_from_its_code(look: Look) -> None:
    assert Look.read(look.code(BOROUGHS), BOROUGHS) == look


def test_online_alone_comes_back_from_its_code() -> None:
    look = Look(Filters(borough=ONLINE, or_online=True))

    assert Look.read(look.code(BOROUGHS), BOROUGHS) == look


@given(code=st.text() | st.integers())
def test_any_other_code_is_harmless(code: str | int) -> None:
    found = Look.read(code, BOROUGHS)

    assert found is None or len(found.code(BOROUGHS).encode()) <= 50


def test_words_are_cut_after_a_whole_word() -> None:
    assert Look.for_words(
        "  blood   pressure: check for my whole family please "
    ).filters.words == ("blood pressure check for my whole family")


@given(source=st.from_regex(r"[A-Za-z0-9_-]{0,40}", fullmatch=True), event=st.integers(1, 10**15))
def test_a_link_comes_back_from_its_payload(source: str, event: int) -> None:
    link = EventLink(event, source)

    assert parse_payload(link.payload) == link
    assert len(link.payload) <= 64


@pytest.mark.parametrize("payload", ["", "e", "e0", "e01", "x12", "e12-", "e12 ", "e12\n", "e١٢"])
def test_what_is_no_link_is_refused(payload: str) -> None:
    assert parse_payload(payload) is None


# Bookings


def test_a_booking_says_what_matters_and_how_to_undo_it() -> None:
    message = bookings.booked(looking(), expo(), BRENT)

    assert message.text == (
        "<b>You have a place.</b>\n"
        "\n"
        "<b>Brent health day</b>\n"
        "<b>When:</b> Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "<b>Where:</b> Sample hall, Brent, HA9\n"
        "\n"
        "If you cannot come, please cancel. Then somebody else can have your place."
    )
    assert labels(message) == [["Undo", "Calendar file"], ["My bookings"], ["Back to the event"]]
    assert taps(message)["Undo"] == Tap("unbook", (12, BRENT.code(BOROUGHS)))


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (
            EventFull(),
            (
                "Sorry, all places at <b>Brent health day</b> are taken.\n\n"
                "Somebody may cancel, so look again later. Or choose another event."
            ),
        ),
        (EventCancelled(), "Sorry, <b>Brent health day</b> is cancelled. It will not happen."),
        (EventOver(), "Sorry, <b>Brent health day</b> has begun. You cannot book it any more."),
        (EventNotFound(), "We do not have this event any more. Other events may suit you."),
    ],
)
def test_a_refused_booking_says_why_and_what_to_do(why: Exception, text: str) -> None:
    message = bookings.not_booked(looking(), expo(), BRENT, why)  # type: ignore[arg-type]  # one of ours

    assert message.text == text
    assert "Find events" in taps(message)


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (BookingNotFound(), "You have no place at <b>Brent health day</b>."),
        (EventOver(), "<b>Brent health day</b> has begun, so your place stays as it is."),
    ],
)
def test_a_place_that_cannot_be_given_back(why: Exception, text: str) -> None:
    assert bookings.not_cancelled(looking(), expo(), BRENT, why).text == text  # type: ignore[arg-type]  # one of ours


def held(*events: Event) -> list[tuple[Booking, Event]]:
    at = datetime(2026, 10, 1, tzinfo=UTC)
    return [(Booking(1, event.id, 1, BookingState.GOING, at), event) for event in events]


def test_a_place_given_back_can_be_booked_again() -> None:
    message = bookings.cancelled(looking(), expo(), BRENT)

    assert message.text == (
        "You gave back your place at <b>Brent health day</b>.\n"
        "\n"
        "Somebody else can have it now. Changed your mind? You can book again."
    )
    assert labels(message) == [["Book again"], ["My bookings"], ["Find events"]]


def test_a_place_at_a_cancelled_event_helps_nobody_and_cannot_be_booked_again() -> None:
    message = bookings.cancelled(looking(), expo(status=EventStatus.CANCELLED), BRENT)

    assert message.text == "You gave back your place at <b>Brent health day</b>."
    assert labels(message) == [["My bookings"], ["Find events"]]


def test_a_cancelled_event_has_no_places_to_count() -> None:
    held, called_off = (
        lists.block(looking(), 1, expo(status=status)).split("\n")[-1]
        for status in (EventStatus.PLANNED, EventStatus.CANCELLED)
    )

    assert held == "Health expo, Brent, 12 places left of 300"
    assert called_off == "Health expo, Brent"


def test_whoever_has_a_place_need_not_look_for_one_again() -> None:
    card = cards.card(looking(), expo(capacity=288, going=288), BRENT, booked=True)

    assert "<b>Places:</b> Full" in card.text.split("\n")


def test_my_bookings_can_be_opened_and_cancelled_one_by_one() -> None:
    gone = expo(id=13, title={"en": "Circle"}, status=EventStatus.CANCELLED)
    message = bookings.my_bookings(looking(), held(expo(), gone), 1)

    assert message.text == (
        "<b>My bookings</b>\n"
        "\n"
        "<b>1. Brent health day</b>\n"
        "Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "Health expo, Brent, 12 places left of 300\n"
        "\n"
        "<b>2. Circle</b>\n"
        "<b>Cancelled.</b> It will not happen.\n"
        "Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "Health expo, Brent"
    )
    assert labels(message) == [
        ["1. Brent health day", "Cancel 1"],
        ["2. Circle", "Cancel 2"],
        ["What I need to take part"],
        ["Back"],
    ]


def test_no_bookings_lead_to_events() -> None:
    message = bookings.my_bookings(looking(), [], 1)

    assert message.text == (
        "You have no bookings now.\nFind an event, press Book, and it appears here."
    )
    assert labels(message) == [["Find events"], ["What I need to take part"], ["Back"]]


def test_what_an_event_does_not_list_is_said_kindly() -> None:
    needs = Needs(frozenset({"bsl", "hearing_loop", "lip_speaker", "other"}), "tea", NOW)

    assert ask_organisers(looking(), expo(), needs) == [
        (
            "<b>Brent health day</b> does not say that it has: Lip speaker, Hearing loop.\n"
            "Please ask Sample group before you come. They may be able to help."
        ),
        "You keep your place.",
    ]
    assert ask_organisers(looking(), expo(), Needs(frozenset({"bsl"}), "", NOW)) == []


def test_at_home_nobody_needs_a_ramp() -> None:
    webinar = expo(venue="", online_link="https://example.org", access=frozenset())
    needs = Needs(frozenset({"step_free", "seating"}), "", NOW)

    assert ask_organisers(looking(), webinar, needs) == []


# Sharing


def test_a_shared_card_leads_back_to_the_event() -> None:
    [card] = share.shared(looking(), [expo()], lambda payload: f"https://t.me/bot?start={payload}")

    assert (card.title, card.description) == ("Brent health day", "Sat 17 Oct, Brent")
    assert card.message.text == (
        "<b>Brent health day</b>\n"
        "Saturday 17 October 2026 (17/10/2026), 11:00 to 16:00, UK time\n"
        "Health expo, Brent"
    )
    [[button]] = card.message.buttons
    assert (button.label, getattr(button.action, "url", "")) == (
        "See and book",
        "https://t.me/bot?start=e12-share",
    )


# Limits

words = st.text(min_size=1, max_size=400).filter(str.strip)  # importers take no blank text
titles = st.one_of(
    st.just({"en": "🎪" * 300}),
    st.dictionaries(st.sampled_from(["so", "ar", "fr"]), words, max_size=3).flatmap(
        lambda texts: st.builds(lambda title: {"en": title} | texts, words)
    ),
)
long_texts = st.one_of(
    st.just({}), st.just({"en": "word. " * 2000}), st.just({"ar": "كلمة" * 3000}), titles
)
activities = st.builds(
    Activity,
    uid=st.just("a"),
    kind=st.sampled_from(ActivityKind),
    title=titles,
    description=long_texts,
    organisation=words,
    starts_at=st.sampled_from([None, NOW]),
    ends_at=st.sampled_from([None, NOW + timedelta(hours=1)]),
    slot_minutes=st.sampled_from([None, 1, 15]),
)
events = st.builds(
    Event,
    uid=st.just("e"),
    id=st.integers(1, 2**33),
    kind=st.sampled_from(EventKind),
    title=titles,
    description=long_texts,
    starts_at=st.just(london("2026-10-17 11:00")),
    ends_at=st.sampled_from([london("2026-10-17 16:00"), london("2026-10-20 00:00")]),
    timezone=st.sampled_from(["Europe/London", "America/Argentina/Buenos_Aires"]),
    venue=st.just("") | words,
    borough=st.sampled_from([None, "brent", "hammersmith-fulham", "gone"]),
    outcode=st.sampled_from(["", "NW10"]),
    position=st.sampled_from([None, Position(51.5, -0.2)]),
    online_link=st.just("") | words.map(lambda text: f"https://example.org/{text}"),
    organisation=st.just("") | words,
    capacity=st.none() | st.integers(0, 10**6),
    going=st.integers(0, 10**6),
    access=st.frozensets(st.sampled_from(AccessFact)),
    languages=st.frozensets(st.sampled_from(["en", "so", "ar", "fr", "bfi", "xx", "zh"])),
    status=st.sampled_from(EventStatus),
    sample=st.booleans(),
    activities=st.lists(activities, max_size=40).map(tuple),
)


def visible(text: str) -> str:
    """The text as Telegram counts it: without tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def within_limits(message: Message, most_buttons: int = 8) -> None:
    assert len(visible(message.text).strip()) > 0
    assert units(visible(message.text)) <= 4096
    buttons = [button for row in message.buttons for button in row]
    assert len(buttons) <= most_buttons
    for button in buttons:
        assert 0 < units(button.label) <= 64
        if isinstance(button.action, Tap):
            assert callback_data.read(callback_data.write(button.action)) == button.action


@pytest.mark.parametrize("language", ["en", "so", "ar", "fr"])
@settings(max_examples=40)
@given(five=st.lists(events, min_size=1, max_size=5), look=looks, page=st.integers(0, 99))
def test_no_screen_is_ever_too_much(
    language: str, five: list[Event], look: Look, page: int
) -> None:
    eyes, event = looking(language), five[0]
    within_limits(cards.card(eyes, event, look, booked=False))
    within_limits(cards.card(eyes, event, look, booked=True))
    within_limits(cards.about(eyes, event, look, page))
    within_limits(cards.who(eyes, event, look, page))
    within_limits(lists.event_list(eyes, Page(tuple(five), 2, 3, 11), look))
    within_limits(lists.nothing_found(eyes, look, []))
    within_limits(lists.near_list(eyes, [Nearby(each, 12.34) for each in five]))
    within_limits(bookings.booked(eyes, event, look))
    within_limits(bookings.cancelled(eyes, event, look))
    within_limits(bookings.not_booked(eyes, event, look, EventFull()))
    within_limits(bookings.my_bookings(eyes, held(*five), page))
    within_limits(filters.narrow(eyes, look))
    within_limits(filters.choose_area(eyes, look, "brent"), most_buttons=13)
    within_limits(filters.choose_kind(eyes, look))
    within_limits(filters.choose_when(eyes, look))
    within_limits(filters.choose_language(eyes, look, ["en", "so", "ar", "fr", "bfi", "xx", "zh"]))
    within_limits(filters.choose_access(eyes, look, page))
    [card] = share.shared(eyes, [event], lambda payload: f"https://t.me/bot?start={payload}")
    within_limits(card.message)
    assert units(card.title) <= 256
    if place := cards.directions(eyes, event):
        assert place.place is not None
        assert place.place.title
        assert place.place.address


@given(text=st.text(max_size=600), most=st.integers(4, 200))
def test_clipped_text_fits_on_one_line(text: str, most: int) -> None:
    short = clip(text, most)

    assert units(short) <= most
    assert "\n" not in short


@given(text=st.text(max_size=2000), most=st.integers(4, 300))
def test_parts_fit_and_together_hold_every_word(text: str, most: int) -> None:
    found = parts(text, most)

    assert all(0 < units(part) <= most for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())
