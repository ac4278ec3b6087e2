from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import Baobab
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.store import BroadcastStore
from bot.chat.interviews import Interviews
from bot.chat.retention import forget_old
from bot.clock import Clock
from bot.config import Settings
from bot.db import Database, Work
from bot.delivery.models import BROADCAST, Lane, Mailing
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import EventDraft, EventKind
from bot.forms import engine
from bot.people.models import Person
from bot.people.needs_form import FORM
from bot.people.organisation import KeepDays
from bot.people.service import AccessNeeds, People
from bot.people.vault import Vault
from bot.sandbox import Sandbox
from tests.support.databases import fresh_sqlite

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
DAY = timedelta(days=1)
KEEP = KeepDays(bookings=90, conversations=30, needs=365)
NOTHING = {"bookings": 0, "conversations": 0, "needs": 0}
VAULT = Vault(bytes(32))


async def settled(work: Work) -> Person:
    """Somebody who booked an event that ends a day from now, and told what they need."""
    draft = EventDraft("uid", EventKind.EXPO, {"en": "Sample day"}, NOW + DAY / 2, NOW + DAY)
    await EventCatalogue(work).take_in([draft], NOW)
    person = await People(work).greet(7, NOW)
    await BookingDesk(work).book(1, person.id, NOW)
    await AccessNeeds(work, VAULT).remember_needs(person.id, ["bsl"], "", NOW)
    await Interviews(work, VAULT).save(person.id, engine.begin(FORM).interview, "", NOW)
    return person


async def test_each_kind_of_data_goes_on_its_own_day(db: Database) -> None:
    async with db.work() as work:
        person = await settled(work)
        gone = [
            (days, kind)
            for days in range(400)
            for kind, count in (await forget_old(work, VAULT, KEEP, NOW + days * DAY)).items()
            if count
        ]
        assert gone == [(31, "conversations"), (92, "bookings"), (366, "needs")]
        assert await BookingDesk(work).held_about(person.id) == {"bookings": []}
        assert await AccessNeeds(work, VAULT).needs_of(person.id) is None


async def test_a_broadcast_keeps_nothing_from_being_forgotten(db: Database) -> None:
    async with db.work() as work:
        await settled(work)
        deliveries, broadcasts = DeliveryStore(work), BroadcastStore(work)
        mailing = Mailing("b", BROADCAST, 1, Lane.BROADCAST, NOW, NOW + DAY)
        number = await deliveries.add(mailing, NOW)
        assert number is not None
        await broadcasts.ask(await added(work), Stage.SCHEDULED, 1, NOW)
        assert await broadcasts.begin(1, NOW)
        await broadcasts.set_mailing(1, number, 1)
        assert await forget_old(work, VAULT, KEEP, NOW + 1000 * DAY) == dict.fromkeys(NOTHING, 1)
        assert await forget_old(work, VAULT, KEEP, NOW + 1000 * DAY) == NOTHING


async def added(work: Work) -> Broadcast:
    store = BroadcastStore(work)
    found = await store.get(await store.add(1, NOW))
    assert found is not None
    return found


async def test_forgetting_twice_changes_nothing(db: Database) -> None:
    async with db.work() as work:
        await settled(work)
        later = NOW + 1000 * DAY
        assert await forget_old(work, VAULT, KEEP, later) == dict.fromkeys(NOTHING, 1)
        assert await forget_old(work, VAULT, KEEP, later) == NOTHING


async def test_what_was_confirmed_again_stays(db: Database) -> None:
    async with db.work() as work:
        person = await settled(work)
        await AccessNeeds(work, VAULT).remember_needs(person.id, ["bsl"], "", NOW + 300 * DAY)
        assert (await forget_old(work, VAULT, KEEP, NOW + 400 * DAY))["needs"] == 0


async def test_the_running_bot_forgets_by_its_clock(tmp_path: Path, clock: Clock) -> None:
    sandbox = Sandbox(clock=clock)
    await sandbox.start()
    settings = Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database_url=await fresh_sqlite(tmp_path),
    )
    async with Baobab(settings, clock) as baobab:
        needs = ["bsl"]
        async with baobab.house.database.work() as work:
            person = await People(work).greet(7, clock.now())
            desk = AccessNeeds(work, baobab.house.vault)
            await desk.remember_needs(person.id, needs, "", clock.now())
        for days, kept in ((364, frozenset(needs)), (2, None)):
            clock.forward(days * DAY)
            await baobab.handling.forget_old()
            async with baobab.house.database.reading() as work:
                known = await AccessNeeds(work, baobab.house.vault).needs_of(person.id)
            assert (known and known.keys) == kept
    await sandbox.stop()
