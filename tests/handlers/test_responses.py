"""Nothing in the database's own files tells for long whose a response is."""

import pytest

from bot.app import Baobab
from bot.db.postgresql import PostgresWork
from tests.handlers.test_surveys import TEA
from tests.support.people import Town
from tests.support.surveys import publish

LINKED = """
SELECT responses.key FROM responses JOIN interviews ON interviews.xmin::text = responses.xmin::text
"""
AS_THEY_LIE = "SELECT key FROM responses ORDER BY ctid"


async def rows(baobab: Baobab, sql: str) -> list[str]:
    async with baobab.house.database.work() as work:
        assert isinstance(work, PostgresWork)
        return [row[0] for row in await work.connection.fetch(sql)]


@pytest.mark.postgresql
@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_responses_lie_in_no_order_and_under_nobodys_transaction(
    town: Town, baobab: Baobab
) -> None:
    await publish(baobab, TEA)
    for number in range(5):
        person = await town.newcomer(f"P{number}")
        await person.taps("Not now")
        await person.says("/survey")
        await person.taps("Tea")
        for button in ("Begin", "No", "Skip", "Send my answers"):
            await person.taps(button)
        if not number:
            assert len(await rows(baobab, LINKED)) == 1
            await baobab.handling.forget_old()
            assert await rows(baobab, LINKED) == []
    await baobab.handling.forget_old()
    assert await rows(baobab, LINKED) == []
    lie = await rows(baobab, AS_THEY_LIE)
    assert len(lie) == 5
    assert lie == sorted(lie)
    before = await rows(baobab, "SELECT ctid::text FROM responses")
    await baobab.handling.forget_old()
    assert await rows(baobab, "SELECT ctid::text FROM responses") == before
