"""One process at a time, on both databases."""

import asyncio
import os
import sys
from datetime import datetime

import pytest

from bot.db import Database
from bot.delivery.lease import LENGTH, Lease
from tests.delivery.conftest import SECOND
from tests.support.post import NOW

ELSEWHERE = "machine-of-another:1:00000000"

MACHINE = Lease("delivery").holder.partition(":")[0]


async def takes(db: Database, lease: Lease, now: datetime = NOW) -> bool:
    async with db.work() as work:
        return await lease.take(work, now)


def of_process(pid: int, host: str | None = None) -> Lease:
    return Lease("delivery", f"{host or MACHINE}:{pid}:12345678")


def test_no_two_processes_have_the_same_name() -> None:
    assert Lease("delivery").holder != Lease("delivery").holder


async def test_whoever_has_it_renews_it_and_nobody_else_takes_it(db: Database) -> None:
    mine, theirs = Lease("delivery", "here:1:a"), Lease("delivery", ELSEWHERE)
    assert await takes(db, mine)
    for seconds in (0, 2, 4, 6, 8):
        assert await takes(db, mine, NOW + seconds * SECOND)
        assert not await takes(db, theirs, NOW + seconds * SECOND)
    assert not await takes(db, theirs, NOW + 8 * SECOND + LENGTH)
    assert await takes(db, theirs, NOW + 9 * SECOND + LENGTH)
    assert not await takes(db, mine, NOW + 9 * SECOND + LENGTH)


async def test_rights_of_another_name_are_apart(db: Database) -> None:
    assert await takes(db, Lease("delivery", "here:1:a"))
    assert await takes(db, Lease("another", ELSEWHERE))


async def test_of_many_who_want_it_at_once_one_has_it(db: Database) -> None:
    wanting = [Lease("delivery", f"machine{number}:1:a") for number in range(8)]
    taken = await asyncio.gather(*(takes(db, lease) for lease in wanting))
    assert sorted(taken) == [False] * 7 + [True]


async def test_what_is_given_up_is_free_at_once(db: Database) -> None:
    mine, theirs = Lease("delivery", "here:1:a"), Lease("delivery", ELSEWHERE)
    await takes(db, mine)
    async with db.work() as work:
        await theirs.end(work)
    assert not await takes(db, theirs)
    async with db.work() as work:
        await mine.end(work)
    assert await takes(db, theirs)


async def test_a_process_of_this_machine_that_has_ended_is_replaced_at_once(db: Database) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=-1)
    held = of_process(process.pid)
    assert await takes(db, held)
    assert not await takes(db, Lease("delivery"))
    await process.communicate(b"\n")
    assert await takes(db, Lease("delivery"))
    assert not await takes(db, held)


async def test_a_process_of_another_machine_may_live_whatever_its_number(db: Database) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await process.communicate()
    assert await takes(db, of_process(process.pid, "another-machine"))
    assert not await takes(db, Lease("delivery"))


async def test_a_container_that_starts_again_has_the_number_it_had(db: Database) -> None:
    assert await takes(db, of_process(os.getpid()))
    assert await takes(db, Lease("delivery"))


@pytest.mark.parametrize("holder", ["", "a", "a:b", "a:b:c:d", f"{MACHINE}:x:1"])
async def test_a_name_that_nobody_can_read_is_waited_for(db: Database, holder: str) -> None:
    assert await takes(db, Lease("delivery", holder))
    assert not await takes(db, Lease("delivery"))
    assert await takes(db, Lease("delivery"), NOW + LENGTH + SECOND)


async def test_a_process_of_somebody_else_lives(db: Database) -> None:
    assert await takes(db, of_process(1))
    assert not await takes(db, Lease("delivery"))
