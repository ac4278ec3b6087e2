"""The process dies while a broadcast leaves: nobody gets it twice, and everybody is counted."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from bot.broadcasts.models import Stage
from bot.clock import Clock
from bot.sandbox import Sandbox
from chaos.broadcasting import Broadcasting
from chaos.ledger import Ledger
from chaos.outcomes import gather_broadcasts
from chaos.process import Bot
from tests.handlers.conftest import both_databases
from tests.support.databases import fresh_url

READERS = 40
PACE = "25"  # messages a second: two are in hand at a time
PATIENCE = 60  # seconds; a hang fails here


@both_databases
async def test_a_kill_in_the_middle_of_a_broadcast_doubles_nothing(
    sandbox: Sandbox, clock: Clock, dialect: str, tmp_path: Path
) -> None:
    url = await fresh_url(dialect, tmp_path)
    async with Ledger.open(url) as ledger:
        broadcasting = Broadcasting(sandbox, ledger, clock, random.Random(3))  # noqa: S311 -- no secret
        await broadcasting.prepare(READERS, [])
        told = await broadcasting.send()
        said = tmp_path / "said.txt"
        bot = await Bot(sandbox, url, said, MESSAGES_PER_SECOND=PACE).start()
        async with asyncio.timeout(PATIENCE):
            while await broadcasting.share_left(told) > 0.8:  # noqa: ASYNC110 -- another process delivers
                await asyncio.sleep(0.02)
        await bot.kill()
        assert 0 < await broadcasting.share_left(told) < 1
        in_hand = await ledger.in_hand()
        bot = await Bot(sandbox, url, said, MESSAGES_PER_SECOND=PACE).start()
        async with asyncio.timeout(PATIENCE):
            while await broadcasting.left():  # noqa: ASYNC110 -- another process delivers
                await asyncio.sleep(0.05)
        assert await bot.stop() == 0
        await broadcasting.look()
        rows = await ledger.rows()
    assert told.found is not None
    assert told.found.broadcast.stage is Stage.DONE
    found = gather_broadcasts(sandbox, broadcasting, {}, rows, in_hand, {})
    assert found.misshown == []
    ends = Counter((each.state, each.reason) for each in found.deliveries)
    lost = len(in_hand)
    assert ends == +Counter({("sent", ""): READERS - lost, ("unknown", "crash"): lost})
    assert {each.id for each in found.deliveries if each.state == "unknown"} == in_hand
    assert {each.received for each in found.deliveries if each.state == "sent"} == {1}
    assert max(each.received for each in found.deliveries) == 1
