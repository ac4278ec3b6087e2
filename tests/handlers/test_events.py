"""Finding events, as people do it."""

import re
from datetime import timedelta

import pytest

from bot.app import Baobab
from bot.events.models import (
    AccessFact,
    Activity,
    ActivityKind,
    EventKind,
    EventStatus,
    Position,
)
from tests.handlers.conftest import Traces, both_databases
from tests.support.events import book_for_strangers, draft, hold, in_days
from tests.support.people import Resident, Town


def titles(amina: Resident) -> list[str]:
    """The titles in the newest list."""
    return re.findall(r"^\d+\. (.+)$", amina.last.text, re.MULTILINE)


@both_databases
async def test_the_list_turns_its_pages_in_place(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(baobab, *(draft(now, f"e{n}", n + 1, title={"en": f"Day {n}"}) for n in range(7)))

    await amina.says("/events")
    first = amina.last
    await amina.taps("Later ▶")

    assert first.buttons == [
        "1. Day 0", "2. Day 1", "3. Day 2", "4. Day 3", "5. Day 4",
        "Later ▶", "Change what you see", "Back",
    ]  # fmt: skip
    assert amina.last.id == first.id
    assert titles(amina) == ["Day 5", "Day 6"]
    assert amina.last.text.split("\n")[-1] == "Page 2 of 2. 7 events in all."
    await amina.taps("Earlier ◀")
    assert titles(amina) == ["Day 0", "Day 1", "Day 2", "Day 3", "Day 4"]


async def test_the_first_list_is_around_the_persons_area_and_online(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(
        baobab,
        draft(now, "here", 1, title={"en": "Here"}),
        draft(now, "nearby", 2, title={"en": "Nearby"}, borough="ealing"),
        draft(now, "far", 3, title={"en": "Far"}, borough="hillingdon"),
        draft(now, "web", 4, title={"en": "Web"}, borough=None, online_link="https://example.org"),
    )

    await amina.says("/events")

    assert titles(amina) == ["Here", "Nearby", "Web"]
    assert amina.last.text.split("\n")[:2] == ["Next events", "You see: Brent, nearby and online"]


async def test_filters_are_chosen_with_buttons_and_lead_back_to_the_list(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(
        baobab,
        draft(now, "expo", 1, title={"en": "Expo"}, languages=frozenset({"so"})),
        draft(now, "circle", 2, title={"en": "Circle"}, kind=EventKind.LISTENING_CIRCLE),
        draft(
            now, "web", 3, title={"en": "Web"}, kind=EventKind.WEBINAR, borough=None, venue="",
            online_link="https://example.org", access=frozenset({AccessFact.CAPTIONS}),
        ),
        draft(now, "far", 60, title={"en": "Far"}, borough="hillingdon"),
    )  # fmt: skip

    async def choose(what: str, *choices: str) -> list[str]:
        await amina.taps("Change what you see")
        await amina.taps(f"…{what}: ")
        for choice in choices:
            await amina.taps(choice)
        return titles(amina)

    await amina.says("/events")
    assert await choose("Area", "Everywhere") == ["Expo", "Circle", "Web", "Far"]
    assert await choose("Area", "Hillingdon") == ["Far"]
    assert await choose("Area", "Online") == ["Web"]
    assert await choose("Area", "My area only") == ["Expo", "Circle"]
    assert await choose("Kind", "Listening Circle") == ["Circle"]
    assert await choose("Kind", "All kinds") == ["Expo", "Circle"]
    assert await choose("Language", "Somali") == ["Expo"]
    assert await choose("Language", "Any language") == ["Expo", "Circle"]
    assert await choose("Area", "Everywhere") == ["Expo", "Circle", "Web", "Far"]
    assert await choose("Access", "Next page ▶", "Captions") == ["Web"]
    assert await choose("Access", "Any access") == ["Expo", "Circle", "Web", "Far"]
    await amina.taps("Change what you see")
    await amina.taps("Show all events")
    assert titles(amina) == ["Expo", "Circle", "Web", "Far"]


async def test_an_empty_list_offers_a_way_out(town: Town, baobab: Baobab, amina: Resident) -> None:
    await hold(baobab, draft(baobab.house.clock.now(), days=2))
    await amina.says("/events")
    await amina.taps("Change what you see")
    await amina.taps("…Kind: ")
    await amina.taps("Webinar")

    assert amina.last.buttons == ["All kinds (1)", "Change what you see", "Back"]
    await amina.taps("All kinds (1)")

    assert titles(amina) == ["Brent health day"]


@pytest.mark.parametrize(
    "data",
    ["list", "list:", "list:...", "list:?.", "list:~x", "list:9999999+@.zz.xx.???.0", "list:5"],
)
async def test_a_forged_or_old_list_button_shows_the_first_list(
    town: Town, baobab: Baobab, amina: Resident, data: str
) -> None:
    await hold(baobab, draft(baobab.house.clock.now()))
    await amina.says("/events")

    await amina.presses(amina.last.id, data)

    assert titles(amina) == ["Brent health day"]


@pytest.mark.parametrize(
    "data",
    ["event", "event:0", "event:x", "event:999", "about:999:1", "who:999:1", "calendar:999",
     "directions:999", "book:999", "unbook:999", "book", "unbook:"],
)  # fmt: skip
async def test_a_button_of_an_event_we_do_not_have_gets_a_kind_answer(
    town: Town, amina: Resident, data: str
) -> None:
    await amina.says("/events")

    await amina.presses(amina.last.id, data)

    assert amina.last.text == "We do not have this event any more. Other events may suit you."
    assert amina.last.buttons == ["Find events", "Back"]


async def test_a_card_opens_in_the_place_of_the_list_and_leads_back_to_it(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    stalls = tuple(
        Activity(f"s{n}", ActivityKind.STALL, {"en": f"Stall {n}"}, organisation="Sample group")
        for n in range(20)
    )
    await hold(
        baobab,
        draft(now, activities=stalls, description={"en": "A sentence. " * 200}),
        *(draft(now, f"e{n}", n + 8) for n in range(5)),
    )
    await amina.says("/events")
    await amina.taps("Later ▶")
    await amina.taps("Earlier ◀")
    listed = amina.last
    await amina.taps("1. Brent health day")
    assert amina.last.id == listed.id
    assert amina.last.buttons == [
        "Book", "Calendar file", "Read more", "Who will be there", "Share", "Back to the list",
    ]  # fmt: skip
    await amina.taps("Who will be there")
    await amina.taps("Next page ▶")
    assert "Stall 19" in amina.last.text.split("\n")
    await amina.taps("Back to the event")
    await amina.taps("Read more")
    await amina.taps("Back to the event")
    await amina.taps("Back to the list")

    assert (amina.last.id, amina.last.text, amina.last.rows) == (
        listed.id, listed.text, listed.rows,
    )  # fmt: skip


async def test_a_link_opens_the_card_and_the_booking_remembers_it(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now()))
    await amina.opens(f"e{event.id}-poster")
    assert amina.last.text.split("\n")[1] == "Brent health day"

    await amina.taps("Book")
    await amina.says("/mydata")

    held = (await town.bytes_of(amina.documents[-1])).decode()
    assert '"source": "poster"' in held


async def test_a_cancelled_event_is_not_listed_but_its_card_says_so(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(baobab, draft(now))
    await amina.says("/events")
    await hold_changed(baobab, draft(now, status=EventStatus.CANCELLED, sequence=1))

    await amina.taps("1. Brent health day")

    assert amina.last.text.split("\n")[0] == "This event is cancelled. It will not happen."
    assert amina.last.buttons == ["Back to the list"]
    await amina.taps("Back to the list")
    assert titles(amina) == []


async def hold_changed(baobab: Baobab, *drafts: object) -> None:
    """Take in what is not listed afterwards."""
    with pytest.raises(KeyError):
        await hold(baobab, *drafts)  # type: ignore[arg-type]  # drafts


async def test_the_calendar_file_holds_the_link_for_guests_only(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    link = "https://example.org/join"
    await hold(baobab, draft(baobab.house.clock.now(), online_link=link, capacity=None))
    await amina.says("/events")
    await amina.taps("1. Brent health day")
    await amina.taps("Calendar file")
    stranger = (await town.bytes_of(amina.documents[-1])).decode()
    await amina.taps("Book")
    await amina.taps("Calendar file")
    guest = (await town.bytes_of(amina.documents[-1])).decode()

    assert (link in stranger, link in guest) == (False, True)
    assert "SUMMARY:Brent health day" in guest
    assert amina.documents[-1].mime_type == "text/calendar"


async def test_a_shared_location_finds_what_is_near_and_is_not_kept(
    town: Town, baobab: Baobab, amina: Resident, traces: Traces
) -> None:
    now = baobab.house.clock.now()
    await hold(
        baobab,
        draft(now, "far", 1, title={"en": "Far"}, position=Position(51.5441, -0.4760)),
        draft(now, "near", 2, title={"en": "Near"}, position=Position(51.5600, -0.2800)),
        draft(now, "web", 3, borough=None, online_link="https://example.org", venue=""),
    )
    await amina.says("/events")
    await amina.taps("Change what you see")
    await amina.taps("Near me")
    assert amina.last.buttons == ["Share where I am"]

    await amina.shares_location(51.5612345, -0.2798765)
    near = amina.last

    assert titles(amina) == ["Near", "Far"]
    assert near.text.split("\n")[-1] == (
        "Distances are in a straight line. We did not keep your location."
    )
    assert await traces("51.56123") == []
    assert await traces("-0.27987") == []
    await amina.taps("1. Near")
    assert [each.id for each in amina.messages if each.id == near.id] == [near.id]
    assert amina.last.text.split("\n")[1] == "Near"


async def test_directions_send_the_place(town: Town, baobab: Baobab, amina: Resident) -> None:
    await hold(baobab, draft(baobab.house.clock.now(), position=Position(51.556, -0.2796)))
    await amina.says("/events")
    await amina.taps("1. Brent health day")

    await amina.taps("Directions")

    venue = amina.last.raw["venue"]
    assert (venue["title"], venue["address"]) == ("Brent health day", "Sample hall, Brent, HA9")


async def test_a_full_event_has_no_button_to_book(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), capacity=1))
    await book_for_strangers(baobab, event, 1)
    await amina.says("/events")
    await amina.taps("1. Brent health day")

    assert "Places: Full. Somebody may cancel, so look again later." in (
        amina.last.text.split("\n")
    )
    assert "Book" not in amina.last.buttons


async def test_an_event_that_is_over_is_gone_from_the_list(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    now = baobab.house.clock.now()
    await hold(baobab, draft(now, starts_at=in_days(now, 1), ends_at=in_days(now, 1, 12)))
    await amina.says("/events")
    assert titles(amina) == ["Brent health day"]

    await town.forward(timedelta(days=2))
    await amina.says("/events")

    assert amina.last.text.split("\n")[-1] == "Please look again in a few days."
