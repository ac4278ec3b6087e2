"""Nothing about a person is kept that /mydata does not tell and /delete does not erase."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.models import Mark
from bot.broadcasts.store import BroadcastStore
from bot.chat.context import House, Turn
from bot.chat.inbox import Arrived, Inbox
from bot.chat.interviews import Interviews
from bot.chat.keepers import keepers_of, privacy_of
from bot.clock import Clock
from bot.config import HOME, Settings
from bot.db import Database, Work
from bot.db.postgresql import PostgresWork
from bot.db.sqlite import SqliteWork
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import EventDraft, EventKind
from bot.events.open_cards import OpenCards
from bot.forms import engine
from bot.i18n import Catalogues
from bot.message import Shown
from bot.people.acts import Acts
from bot.people.content import Content
from bot.people.following import Following
from bot.people.models import Act, FollowKind, Person, Purpose, Role
from bot.people.needs_form import FORM
from bot.people.privacy import OUTLIVES, PERSONAL_COLUMNS, PeopleKeeper, unclaimed
from bot.people.roles import Roles
from bot.people.service import AccessNeeds, Consents, People
from bot.people.vault import Vault
from bot.reminders.choices import ReminderChoices
from bot.reminders.feedback import Feedback
from bot.reminders.leads import USUAL
from bot.surveys.desk import SurveyDesk
from bot.surveys.drafts import DraftStore
from bot.surveys.models import Audience, Edition, Source

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
AMINA, BEN = 7_000_000_001, 7_000_000_002
VAULT = Vault(bytes(32))


@pytest.fixture
def house(db: Database, clock: Clock) -> House:
    return House(
        Settings(_env_file=None),  # type: ignore[call-arg]  # a pydantic-settings argument
        clock,
        db,
        Catalogues(HOME / "locales"),
        Content.read(HOME / "content"),
        VAULT,
        "baobab_demo_bot",
    )


def turn_of(house: House, work: Work, person: Person, update_id: int) -> Turn:
    chat = {"id": person.telegram_id, "type": "private"}
    user = {"id": person.telegram_id, "is_bot": False, "first_name": "Amina"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": "/delete"}
    turn = Turn({"update_id": update_id, "message": message}, work, NOW, house)
    turn.meet(person)
    return turn


async def rows(work: Work, sql: str) -> list[tuple[Any, ...]]:
    if isinstance(work, SqliteWork):
        return [tuple(row) for row in work.connection.execute(sql)]
    assert isinstance(work, PostgresWork)
    return [tuple(row) for row in await work.connection.fetch(sql)]


async def schema(work: Work) -> dict[str, list[str]]:
    """The columns of every table of the real database."""
    columns = (
        "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' ORDER BY m.name, c.cid"
        if isinstance(work, SqliteWork)
        else "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
    )
    tables: dict[str, list[str]] = {}
    for table, column in await rows(work, columns):
        tables.setdefault(table, []).append(column)
    return tables


async def traces(work: Work, person: Person) -> set[str]:
    """The tables in which anything still names the person."""
    found = set()
    for table, columns in (await schema(work)).items():
        for row in await rows(work, f"SELECT * FROM {table}"):  # noqa: S608 -- the schema's names
            named = any(
                column in PERSONAL_COLUMNS and value == person.id
                for column, value in zip(columns, row, strict=True)
            )
            if named or any(str(person.telegram_id) in str(value) for value in row):
                found.add(table)
    return found


async def settled(work: Work, telegram_id: int) -> Person:
    """Somebody about whom every table that can hold something does."""
    people = People(work)
    person = await people.greet(telegram_id, NOW, "poster")
    await people.choose_place(person.id, "brent", "NW10")
    person = await people.choose_language(person.id, "so")
    await Consents(work).give(person.id, Purpose.NEEDS, "needs-1", "so", NOW)
    await Following(work).agree(person.id, "so", NOW)
    await Following(work).choose(person.id, FollowKind.INTEREST, "diabetes", chosen=True)
    await AccessNeeds(work, VAULT).remember_needs(person.id, ["bsl"], "a note", NOW)
    await Roles(work).give(person.id, Role.VOLUNTEER, NOW)
    await Acts(work).note(person.id, Act.INVITE_REVOKED, "invite 1", NOW)
    step = engine.begin(FORM)
    await Interviews(work, VAULT).save(person.id, step.interview, "", NOW)
    await BookingDesk(work).book(1, person.id, NOW, "poster")
    await ReminderChoices(work).choose(person.id, USUAL, "so", NOW)
    await Feedback(work).give(person.id, 1, "good")
    await OpenCards(work).note(person.id, {7: Shown(1, "")}, NOW)
    mailing = Mailing(f"change {telegram_id - AMINA}", "change", 1, Lane.NOTICE, NOW, NOW)
    number = await DeliveryStore(work).add(mailing, NOW)
    await DeliveryStore(work).owe_to(number or 0, [person.id])
    await DraftStore(work).add(person.id, "file", "form.xlsx", NOW)
    edition = Edition({"en": "A form"}, ("en",), (), 1, Source("<h:html/>", {}), digest="1")
    form = f"form {telegram_id - AMINA}"
    await SurveyDesk(work).publish_edition(form, edition, Audience.EVERYONE, NOW, by=person.id)
    broadcast = await BroadcastStore(work).add(person.id, NOW)
    await BroadcastStore(work).show_in(broadcast, person.id, 7)
    await CrowdStore(work).mark(broadcast, person.id, Mark.OPENED, NOW)
    await CrowdStore(work).trust(person.id, NOW)
    await Inbox(work, VAULT).put([Arrived(telegram_id - AMINA + 1, telegram_id, "{}")], NOW)
    return person


@pytest.fixture
async def event(db: Database) -> None:
    draft = EventDraft(
        uid="sample-1",
        kind=EventKind.EXPO,
        title={"en": "Sample health day"},
        starts_at=NOW + timedelta(days=7),
        ends_at=NOW + timedelta(days=7, hours=5),
        capacity=2,
    )
    async with db.work() as work:
        await EventCatalogue(work).take_in([draft], NOW)


async def test_every_table_that_names_a_person_has_a_keeper(db: Database, house: House) -> None:
    async with db.work() as work:
        person = await People(work).greet(AMINA, NOW)
        keepers = (PeopleKeeper(work, VAULT), *keepers_of(turn_of(house, work, person, 1)))
        tables = await schema(work)
    claimed = {table for keeper in keepers for table in keeper.tables}
    assert claimed <= tables.keys()
    assert unclaimed(tables, claimed) == set()


async def test_a_person_fills_every_such_table_and_is_told_of_each(
    db: Database, house: House, event: None
) -> None:
    async with db.work() as work:
        person = await settled(work, AMINA)
        tables = await schema(work)
        personal = {name for name, columns in tables.items() if PERSONAL_COLUMNS & {*columns}}
        assert await traces(work, person) == personal
        held = await privacy_of(turn_of(house, work, person, 3)).held_about(person.id)
    assert set(held) == {
        "person",
        "consents",
        "news_about",
        "needs",
        "roles",
        "what_others_did_about_your_roles",
        "what_you_did_with_your_roles",
        "bookings",
        "conversations",
        "updates_in_hand",
        "messages_sent_by_the_bot",
        "open_cards",
        "reminders",
        "drafts_of_surveys",
        "surveys_changed_last",
        "said_how_these_events_were",
        "broadcasts_worked_on",
        "done_with_broadcasts",
        "may_send_without_a_limit",
    }
    assert all(held.values())


async def test_after_delete_only_the_log_has_their_number_and_nobody_gets_it(
    db: Database, house: House, event: None
) -> None:
    async with db.work() as work:
        amina, ben = await settled(work, AMINA), await settled(work, BEN)
        before = await traces(work, ben)
        await privacy_of(turn_of(house, work, amina, 3)).erase(amina.id, NOW)
    async with db.reading() as work:
        assert await traces(work, amina) == OUTLIVES
        assert await traces(work, ben) == before
        assert (await EventCatalogue(work).get(1)).going == 1
        acts = [(each.act, each.subject) for each in await Acts(work).of(amina.id)]
        assert acts == [
            (Act.ROLE_GIVEN, f"person {amina.id}"),
            (Act.INVITE_REVOKED, "invite 1"),
            (Act.ROLES_LEFT, f"person {amina.id}"),
        ]
    async with db.work() as work:
        await privacy_of(turn_of(house, work, ben, 4)).erase(ben.id, NOW)
        again = await People(work).greet(AMINA, NOW)
        assert again.id > max(amina.id, ben.id)
