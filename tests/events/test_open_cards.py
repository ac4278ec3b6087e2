"""Which messages show an event, on both databases."""

from datetime import timedelta

from bot.db import Database
from bot.delivery.store import DeliveryStore
from bot.events.open_cards import OpenCards, SentCard
from bot.message import Shown
from bot.people.service import People
from tests.events.conftest import NOW, Town, draft

HOUR = timedelta(hours=1)


async def of(db: Database, person: int) -> list[tuple[int, int]]:
    """Messages and events of a person's open cards."""
    async with db.reading() as work:
        cards = await OpenCards(work).of_person(person)
    return [(each["message"], each["event"]) for each in cards]


async def test_a_message_shows_the_newest_thing_it_was_made_to_show(
    town: Town, db: Database
) -> None:
    first, second = await town.events(draft("a"), draft("b"))
    person, other = await town.people(2)
    async with db.work() as work:
        cards = OpenCards(work)
        await cards.note(person, {1: Shown(first.id, "x"), 2: Shown(first.id, "y")}, NOW)
        await cards.note(other, {1: Shown(first.id, "z")}, NOW)
    assert await of(db, person) == [(1, first.id), (2, first.id)]
    async with db.work() as work:
        cards = OpenCards(work)
        await cards.note(person, {1: Shown(second.id, "w"), 2: None, 3: None}, NOW)
        assert await cards.showing(first.id, [person, other]) == {(other, 1): "z"}
        assert await cards.showing(second.id, [person, other]) == {(person, 1): "w"}
        assert await cards.showing(second.id, [other]) == {}


async def test_a_message_that_was_sent_is_noted_unless_it_shows_something_else_by_now(
    town: Town, db: Database
) -> None:
    first, second = await town.events(draft("a"), draft("b"))
    async with db.work() as work:
        person = await People(work).greet(77, NOW)
        cards = OpenCards(work)
        await cards.note(person.id, {2: Shown(second.id, "y")}, NOW)
        await cards.note_sent(
            [
                SentCard(77, 1, Shown(first.id, "x")),
                SentCard(77, 2, Shown(first.id, "x")),
                SentCard(77, 3, Shown(999, "x")),  # no such event any more
                SentCard(78, 4, Shown(first.id, "x")),  # nobody we know
            ],
            NOW,
        )
        await cards.note_sent([], NOW)
    assert await of(db, person.id) == [(1, first.id), (2, second.id)]


async def test_cards_go_with_the_person_and_with_time(town: Town, db: Database) -> None:
    [event] = await town.events(draft())
    person, other = await town.people(2)
    async with db.work() as work:
        cards = OpenCards(work)
        await cards.note(person, {1: Shown(event.id, "")}, NOW - HOUR)
        await cards.note(person, {2: Shown(event.id, "")}, NOW)
        await cards.note(other, {1: Shown(event.id, "")}, NOW)
        assert await cards.forget_before(NOW) == 1
    assert await of(db, person) == [(2, event.id)]
    async with db.work() as work:
        await OpenCards(work).erase(person)
    assert await of(db, person) == []
    assert await of(db, other) == [(1, event.id)]


async def test_every_open_card_is_owed_its_own_change(town: Town, db: Database) -> None:
    event, another = await town.events(draft("a"), draft("b"))
    person, other, stopped = await town.people(3)
    async with db.work() as work:
        cards = OpenCards(work)
        await cards.note(person, {1: Shown(event.id, ""), 2: Shown(event.id, "")}, NOW)
        await cards.note(other, {3: Shown(another.id, "")}, NOW)
        await cards.note(stopped, {4: Shown(event.id, "")}, NOW)
        await People(work).stop(stopped, NOW)
    await town.events(draft("a", description={"en": "New words."}), draft("b"))
    async with db.reading() as work:
        rows = [
            (row["person_id"], row["kind"], row["edits"], row["state"])
            for each in (person, other, stopped)
            for row in await DeliveryStore(work).of_person(each)
        ]
    assert rows == [(person, "card", 1, "due"), (person, "card", 2, "due")]
