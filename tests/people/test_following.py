from datetime import UTC, datetime

import pytest

from bot.db import Database
from bot.errors import NewsNotWanted
from bot.people.boroughs import Boroughs
from bot.people.following import WORDING, Following, named
from bot.people.interests import Interest
from bot.people.models import Consent, Followed, FollowKind, Group, Purpose
from bot.people.service import People
from bot.people.store import ConsentStore, FollowStore
from tests.people.screens import content

NOW = datetime(2026, 10, 17, 13, 5, tzinfo=UTC)
LATER = datetime(2026, 10, 18, tzinfo=UTC)
AMINA, BEN = 7_000_000_001, 7_000_000_002


async def test_nobody_wants_news_before_they_said_so(db: Database) -> None:
    async with db.work() as work:
        amina = await People(work).greet(AMINA, NOW)
        following = Following(work)
        with pytest.raises(NewsNotWanted):
            await following.choose(amina.id, FollowKind.INTEREST, "diabetes", chosen=True)
        assert not await following.wants_news(amina.id)
        assert await following.of(amina.id) == Followed()


async def test_what_is_chosen_is_kept_until_it_is_taken_away(db: Database) -> None:
    async with db.work() as work:
        amina, ben = [await People(work).greet(each, NOW) for each in (AMINA, BEN)]
        following = Following(work)
        for person in (amina, ben):
            await following.agree(person.id, "so", NOW)
        for kind, key in (
            (FollowKind.INTEREST, "diabetes"),
            (FollowKind.INTEREST, "men"),
            (FollowKind.BOROUGH, "ealing"),
            (FollowKind.GROUP, "think tank"),
        ):
            for _ in range(2):
                await following.choose(amina.id, kind, key, chosen=True)
        for _ in range(2):
            await following.choose(amina.id, FollowKind.INTEREST, "men", chosen=False)
        assert await following.of(amina.id) == Followed(
            frozenset({Interest.DIABETES}), frozenset({"ealing"}), frozenset({Group.THINK_TANK})
        )
        assert await following.of(ben.id) == Followed()


async def test_who_withdraws_follows_nothing_and_the_ledger_says_when(db: Database) -> None:
    async with db.work() as work:
        amina = await People(work).greet(AMINA, NOW)
        following = Following(work)
        await following.agree(amina.id, "so", NOW)
        await following.choose(amina.id, FollowKind.GROUP, "circles", chosen=True)
        assert await following.withdraw(amina.id, LATER)
        assert not await following.withdraw(amina.id, LATER)
        await following.agree(amina.id, "ar", LATER)
        assert await following.of(amina.id) == Followed()
        assert await ConsentStore(work).all_of(amina.id) == [
            Consent(Purpose.NEWS, WORDING, "so", given=True, at=NOW),
            Consent(Purpose.NEWS, WORDING, "so", given=False, at=LATER),
            Consent(Purpose.NEWS, WORDING, "ar", given=True, at=LATER),
        ]


async def test_a_topic_that_is_no_more_is_left_out(db: Database) -> None:
    async with db.work() as work:
        amina = await People(work).greet(AMINA, NOW)
        await FollowStore(work).add(amina.id, FollowKind.INTEREST, "leeches")
        assert await Following(work).of(amina.id) == Followed()


@pytest.fixture
def boroughs() -> Boroughs:
    return content().boroughs


def test_a_button_names_a_topic_a_borough_or_a_group(boroughs: Boroughs) -> None:
    assert named(("interest", "diabetes", 1), boroughs) == (FollowKind.INTEREST, "diabetes", True)
    assert named(("borough", "ealing", 0), boroughs) == (FollowKind.BOROUGH, "ealing", False)
    assert named(("group", "circles", 1), boroughs) == (FollowKind.GROUP, "circles", True)


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("interest", "diabetes"),
        ("interest", "diabetes", 2),
        ("interest", "diabetes", "yes"),
        ("interest", "ealing", 1),
        ("borough", "atlantis", 1),
        ("role", "admin", 1),
        (1, 1, 1),
    ],
)
def test_a_forged_button_names_nothing(args: tuple[str | int, ...], boroughs: Boroughs) -> None:
    assert named(args, boroughs) is None
