"""What is owed, in both databases."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.delivery.models import Lane, Reason, Settled, State
from bot.delivery.outcomes import put_back
from bot.delivery.store import Count, DeliveryStore, Waiting
from tests.delivery.conftest import HOUR, ME, OTHER, QUERIES, SECOND, Office
from tests.support.databases import opened
from tests.support.post import DAY, NEWS, NOW, Row, mailing


async def test_a_mailing_is_kept_as_it_is_and_once(office: Office) -> None:
    told = mailing(details={"was": {"venue": "Kilburn “Hall”", "starts_at": 1}})
    async with office.db.work() as work:
        store = DeliveryStore(work)
        number = await store.add(told, NOW)
        assert await store.add(mailing(subject=2), NOW) is None
        kept = await store.named("update")
        assert kept is not None
        assert kept.id == number
        assert (kept.details, kept.subject, kept.lane) == (told.details, 1, Lane.NOTICE)
        assert (kept.due_at, kept.not_after) == (told.due_at, told.not_after)
        assert await store.mailings([kept.id, 999]) == {kept.id: kept}
        assert await store.named("another") is None


async def test_nobody_is_owed_a_mailing_twice(office: Office) -> None:
    first, second, third = await office.people(3)
    number = await office.owes(mailing(), [first, second, first])
    async with office.db.work() as work:
        assert await DeliveryStore(work).owe_to(number, [first, second, third]) == 1
    assert await office.rows([first, second, third]) == [Row("due")] * 3


async def test_what_is_due_first_is_claimed_first_and_never_more_than_wanted(
    office: Office,
) -> None:
    people = await office.people(4)
    for number, person in enumerate(people):
        await office.owes(mailing(f"{number}", due_at=NOW - number * SECOND), [person])
    claimed = await office.claims(3)
    assert [each.person_id for each in claimed] == [people[3], people[2], people[1]]
    assert [each.attempts for each in claimed] == [1, 1, 1]
    assert [each.person_id for each in await office.claims(3)] == [people[0]]
    assert await office.claims(3) == []
    assert [row.claimed_by for row in await office.rows(people)] == [ME] * 4


@pytest.mark.parametrize("analysed", [1, 2, 3, 20])
async def test_no_more_are_claimed_than_wanted_whatever_plan_the_database_makes(
    office: Office, analysed: int
) -> None:
    people = await office.people(20)
    number = await office.owes(mailing(), people[:analysed])
    async with office.db.work() as work:
        await work.runner(QUERIES).analyse()
        await DeliveryStore(work).owe_to(number, people)
    assert [each.person_id for each in await office.claims(2)] == people[:2]
    assert [each.person_id for each in await office.claims(3)] == people[2:5]


async def test_a_lane_is_claimed_for_itself(office: Office) -> None:
    notice, broadcast = await office.people(2)
    await office.owes(mailing("b", lane=Lane.BROADCAST, due_at=NOW - DAY), [broadcast])
    await office.owes(mailing("n"), [notice])
    assert [each.person_id for each in await office.claims(lane=Lane.NOTICE)] == [notice]
    assert [each.person_id for each in await office.claims(lane=Lane.BROADCAST)] == [broadcast]


async def test_what_is_not_due_yet_is_left_and_named(office: Office) -> None:
    person = (await office.people(1))[0]
    await office.owes(mailing("later", due_at=NOW + HOUR), [person])
    await office.owes(mailing("soon", due_at=NOW + SECOND), [person])
    async with office.db.reading() as work:
        assert await DeliveryStore(work).next_due(Lane.NOTICE) == NOW + SECOND
        assert await DeliveryStore(work).next_due(Lane.BROADCAST) is None
    assert await office.claims() == []
    assert len(await office.claims(now=NOW + SECOND)) == 1
    assert len(await office.claims(now=NOW + HOUR)) == 1


async def test_many_who_claim_at_once_never_claim_the_same(database_url: str) -> None:
    async with AsyncExitStack() as stack:
        offices = [Office(await stack.enter_async_context(opened(database_url))) for _ in range(2)]
        people = await offices[0].people(200)
        await offices[0].owes(mailing(), people)

        async def claims_all(office: Office, holder: str) -> list[int]:
            mine: list[int] = []
            while taken := await office.claims(7, holder=holder):
                assert len(taken) <= 7
                mine += [each.person_id for each in taken]
            return mine

        shares = await asyncio.gather(
            *(claims_all(offices[each % 2], f"{each}") for each in range(8))
        )
        assert sorted(person for share in shares for person in share) == people
        assert await offices[0].rows(people) == [
            Row("claimed", attempts=1, claimed_by=f"{holder}")
            for person in people
            for holder in range(8)
            if person in shares[holder]
        ]


async def test_what_was_sent_is_noted_with_its_message(office: Office) -> None:
    people = await office.people(1)
    await office.owes(mailing(), people)
    [mine] = await office.claims()
    await office.settles(Settled(mine.id, State.SENT, message_id=77), now=NOW + SECOND)
    [row] = await office.rows(people)
    assert row == Row("sent", attempts=1, message_id=77, settled_at=NOW + SECOND)
    await office.settles(Settled(mine.id, State.FAILED, Reason.REFUSED))
    assert await office.rows(people) == [row]


async def test_only_whoever_claimed_it_notes_what_became_of_it(office: Office) -> None:
    people = await office.people(1)
    await office.owes(mailing(), people)
    [mine] = await office.claims()
    await office.settles(Settled(mine.id, State.SENT), holder=OTHER)
    assert await office.rows(people) == [Row("claimed", attempts=1, claimed_by=ME)]


async def test_what_is_put_back_is_as_it_was(office: Office) -> None:
    people = await office.people(1)
    await office.owes(mailing(), people)
    [first] = await office.claims()
    await office.settles(put_back(first))
    [row] = await office.rows(people)
    assert row == Row("due", settled_at=row.settled_at)
    [second] = await office.claims()
    assert second == first
    await office.settles(Settled(first.id, State.RETRY, due_at=NOW + HOUR))
    [third] = await office.claims(now=NOW + HOUR)
    assert third.attempts == 2
    await office.settles(put_back(third))
    [row] = await office.rows(people)
    assert row == Row("retry", attempts=1, due_at=NOW + HOUR, settled_at=row.settled_at)
    assert await office.claims(now=NOW + HOUR - SECOND) == []


async def test_what_somebody_else_left_in_the_middle_is_unknown(office: Office) -> None:
    theirs, mine, waiting = people = await office.people(3)
    await office.owes(mailing(), people)
    await office.claims(1, holder=OTHER)
    await office.claims(1)
    async with office.db.work() as work:
        assert await DeliveryStore(work).lose(ME, NOW + HOUR) == 1
        assert await DeliveryStore(work).lose(ME, NOW + HOUR) == 0
    assert await office.rows([theirs, mine, waiting]) == [
        Row("unknown", "crash", 1, settled_at=NOW + HOUR, claimed_by=OTHER),
        Row("claimed", attempts=1, claimed_by=ME),
        Row("due"),
    ]
    assert [each.person_id for each in await office.claims(now=NOW + DAY)] == [waiting]


async def test_what_takes_messages_away_is_due_again_after_a_crash(office: Office) -> None:
    people = await office.people(2)
    first = await office.owes(mailing(), people)
    await office.settles(*(
        Settled(each.id, State.SENT, message_id=each.id) for each in await office.claims()
    ))  # fmt: skip
    recall = await office.owes(mailing("away"), [])
    async with office.db.work() as work:
        assert await DeliveryStore(work).owe_again(recall, first) == 2
    assert [each.edits for each in await office.claims(holder=OTHER)] == [1, 2]
    async with office.db.work() as work:
        assert await DeliveryStore(work).lose(ME, NOW + HOUR) == 0
        assert await DeliveryStore(work).counts(recall) == [Count(State.RETRY, "", 2)]
    assert [each.attempts for each in await office.claims()] == [2, 2]


async def test_what_changes_messages_keeps_to_a_pause_and_a_stop_after_a_crash(
    office: Office,
) -> None:
    people = await office.people(1)
    first = await office.owes(mailing(), people)
    await office.settles(*(
        Settled(each.id, State.SENT, message_id=each.id) for each in await office.claims()
    ))  # fmt: skip
    paused, stopped = [await office.owes(mailing(name), []) for name in ("first", "second")]
    async with office.db.work() as work:
        for each in (paused, stopped):
            await DeliveryStore(work).owe_again(each, first)
    for _ in range(2):  # one person gets one thing at a time
        await office.claims(holder=OTHER)
    async with office.db.work() as work:
        store = DeliveryStore(work)
        await store.pause(paused)
        await store.call_off(stopped, NOW)
        await store.lose(ME, NOW + HOUR)
        assert await store.counts(paused) == [Count(State.HELD, "", 1)]
        assert await store.counts(stopped) == [Count(State.SKIPPED, "called off", 1)]


@pytest.mark.parametrize(
    ("settled", "row"),
    [
        (Settled(1, State.SENT, message_id=5), Row("sent", "", 1, message_id=5, settled_at=NOW)),
        (Settled(1, State.DUE, due_at=NOW, untried=True), Row("due", settled_at=NOW)),
    ],
)
async def test_whoever_was_thought_dead_knows_better(
    office: Office, settled: Settled, row: Row
) -> None:
    people = await office.people(1)
    await office.owes(mailing(), people)
    await office.claims(holder=OTHER)
    async with office.db.work() as work:
        await DeliveryStore(work).lose(ME, NOW)
    await office.settles(settled, holder="a third one")
    assert [each.state for each in await office.rows(people)] == ["unknown"]
    await office.settles(settled, holder=OTHER)
    assert await office.rows(people) == [row]


async def test_nothing_that_waits_is_left_for_somebody_who_is_silenced(office: Office) -> None:
    person, other = await office.people(2)
    await office.owes(mailing("sent"), [person])
    [sent] = await office.claims()
    await office.settles(Settled(sent.id, State.SENT))
    await office.owes(mailing("retried"), [person])
    [retried] = await office.claims()
    await office.settles(Settled(retried.id, State.RETRY, due_at=NOW + HOUR))
    await office.owes(mailing("flying"), [person])
    await office.claims()
    await office.owes(mailing("waiting", due_at=NOW + DAY), [person, other])
    async with office.db.work() as work:
        await DeliveryStore(work).silence(person, Reason.STOPPED, NOW + SECOND)
    stopped = [
        (row.state, row.reason, row.settled_at) for row in await office.rows([person, other])
    ]
    assert stopped == [
        ("sent", "", NOW),
        ("skipped", "stopped", NOW + SECOND),
        ("claimed", "", None),
        ("skipped", "stopped", NOW + SECOND),
        ("due", "", None),
    ]


async def test_an_album_is_known_though_it_is_put_back(office: Office) -> None:
    [person] = await office.people(1)
    await office.owes(mailing("sent"), [person])
    [sent] = await office.claims()
    await office.settles(Settled(sent.id, State.SENT, message_id=7, album=(7, 8)))
    async with office.db.work() as work:
        store = DeliveryStore(work)
        number = await store.add(mailing("taken back"), NOW)
        assert number is not None
        await store.owe_again(number, sent.mailing_id)
    for _ in range(2):
        [taken] = await office.claims()
        assert taken.album == (7, 8)
        await office.settles(put_back(taken))


async def test_who_was_told_about_something_lately(office: Office) -> None:
    sent, unknown, skipped, waiting, long_ago = people = await office.people(5)
    await office.owes(mailing("old"), [long_ago])
    [old] = await office.claims()
    await office.settles(Settled(old.id, State.SENT), now=NOW - DAY)
    await office.owes(mailing("new"), [sent, unknown, skipped])
    ends = (State.SENT, State.UNKNOWN, State.SKIPPED)
    claimed = await office.claims()
    await office.settles(
        *(Settled(each.id, state) for each, state in zip(claimed, ends, strict=True))
    )
    await office.owes(mailing("later", due_at=NOW + DAY), [waiting])
    async with office.db.reading() as work:
        store, about = DeliveryStore(work), (NEWS,)
        assert await store.told_since(people, 1, about, NOW - HOUR) == {sent, unknown}
        assert await store.told_since([sent, waiting], 1, about, NOW - HOUR) == {sent}
        assert await store.told_since(people, 2, about, NOW - HOUR) == set()
        assert await store.told_since(people, 1, about, NOW) == set()
        assert await store.told_since(people, 1, ("else",), NOW - HOUR) == set()


async def test_what_failed_and_what_nobody_knows_is_counted(office: Office) -> None:
    people = await office.people(6)
    await office.owes(mailing(), people)
    claimed = await office.claims(5)
    ends = (
        (State.FAILED, Reason.REFUSED),
        (State.FAILED, Reason.CHAT_NOT_FOUND),
        (State.FAILED, Reason.REFUSED),
        (State.UNKNOWN, Reason.NO_ANSWER),
        (State.SENT, ""),
    )
    await office.settles(*(Settled(each.id, *how) for each, how in zip(claimed, ends, strict=True)))
    async with office.db.reading() as work:
        assert await DeliveryStore(work).outcomes() == [
            Count(State.FAILED, "chat not found", 1),
            Count(State.FAILED, "refused", 2),
            Count(State.UNKNOWN, "no answer", 1),
        ]


async def test_what_is_still_to_leave_is_counted_by_mailing_and_time(office: Office) -> None:
    people = await office.people(3)
    await office.owes(mailing("too late", not_after=NOW), people)
    await office.owes(mailing("next", subject=7, due_at=NOW + HOUR), people)
    await office.owes(mailing("now", due_at=NOW - SECOND, details={"lead": 4}), people)
    [claimed] = await office.claims(1)
    await office.settles(Settled(claimed.id, State.RETRY, due_at=NOW + DAY - SECOND))
    async with office.db.reading() as work:
        assert await DeliveryStore(work).waiting(NOW) == [
            Waiting("news", 1, {"lead": 4}, NOW - SECOND, 2),
            Waiting("news", 7, {}, NOW + HOUR, 3),
            Waiting("news", 1, {"lead": 4}, NOW + DAY - SECOND, 1),
        ]


async def test_what_is_of_no_use_any_more_is_forgotten_but_not_what_is_under_way(
    office: Office,
) -> None:
    sent, flying = await office.people(2)
    await office.owes(mailing("old", not_after=NOW), [sent, flying])
    first, _ = await office.claims()
    await office.settles(Settled(first.id, State.SENT))
    await office.owes(mailing("new"), [sent])
    await office.owes(mailing("empty", not_after=NOW), [])
    async with office.db.work() as work:
        store = DeliveryStore(work)
        assert await store.forget_before(NOW) == 0
        assert await store.forget_before(NOW + SECOND) == 1
        names = await work.runner(QUERIES).mailing_names()
        assert [row["name"] for row in names] == ["old", "new"]
    assert [row.state for row in await office.rows([sent, flying])] == ["due", "claimed"]


async def test_somebody_who_is_erased_takes_everything_along(office: Office) -> None:
    person, other = await office.people(2)
    await office.owes(mailing(), [person, other])
    [flying] = await office.claims(1)
    async with office.db.work() as work:
        await DeliveryStore(work).erase(person)
    await office.settles(Settled(flying.id, State.SENT))
    assert await office.rows([person, other]) == [Row("due")]
