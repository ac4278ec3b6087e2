import asyncio
from collections.abc import Awaitable, Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.turnstile import SHARE, Turnstile


def recording(
    seen: list[tuple[int, int]], person: int, number: int
) -> Callable[[], Awaitable[None]]:
    async def job() -> None:
        for _ in range(number % 3):
            await asyncio.sleep(0)
        seen.append((person, number))

    return job


@settings(max_examples=50)
@given(people=st.lists(st.integers(min_value=1, max_value=5), max_size=40))
def test_each_person_is_served_in_order(people: list[int]) -> None:
    async def story() -> list[tuple[int, int]]:
        seen: list[tuple[int, int]] = []
        turnstile = Turnstile(at_once=3)
        for number, person in enumerate(people):
            turnstile.admit(person, recording(seen, person, number))
        await turnstile.idle()
        assert turnstile.lines == 0
        return seen

    seen = asyncio.run(story())
    for person in set(people):
        assert [number for who, number in seen if who == person] == [
            number for number, who in enumerate(people) if who == person
        ]


async def test_one_busy_person_holds_up_nobody_else() -> None:
    turnstile = Turnstile(at_once=2)
    release = asyncio.Event()

    async def long() -> None:
        await release.wait()

    for _ in range(50):
        turnstile.admit(1, long)
    served = asyncio.Event()

    async def short() -> None:
        served.set()

    turnstile.admit(2, short)
    await served.wait()
    release.set()
    await turnstile.idle()


async def test_one_persons_flood_takes_no_room_from_others() -> None:
    turnstile = Turnstile(at_once=1, room=SHARE + 1)
    release = asyncio.Event()

    async def long() -> None:
        await release.wait()

    for _ in range(10 * SHARE):
        turnstile.admit(1, long)
    assert turnstile.waiting(1) == 10 * SHARE
    await asyncio.wait_for(turnstile.room(), 10)
    turnstile.admit(2, long)
    full = asyncio.ensure_future(turnstile.room())
    await asyncio.sleep(0)
    assert not full.done()
    release.set()
    await full
    await turnstile.idle()
    assert turnstile.waiting(1) == 0
    for person in range(SHARE):
        turnstile.admit(person, long)
    await asyncio.wait_for(turnstile.room(), 10)
    await turnstile.idle()


async def test_no_more_is_fetched_than_there_is_room_for() -> None:
    turnstile = Turnstile(at_once=1, room=2)
    release = asyncio.Event()

    async def long() -> None:
        await release.wait()

    turnstile.admit(1, long)
    turnstile.admit(2, long)
    waiting = asyncio.ensure_future(turnstile.room())
    await asyncio.sleep(0)
    assert not waiting.done()
    release.set()
    await waiting
    await turnstile.idle()
