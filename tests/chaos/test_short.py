"""The short version of `make chaos`: the same trial, with twenty kills."""

from pathlib import Path

import pytest

from chaos.claims import order_of
from chaos.trial import Plan, Trial

SHORT = Plan(kills=20, seed=3, talkers=12, listeners=40, backlog=200, readers=100, longest_life=0.7)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_nothing_is_lost_doubled_or_out_of_order_whenever_the_process_dies(
    database_url: str, tmp_path: Path
) -> None:
    outcome = await Trial(SHORT, database_url, tmp_path).run()
    assert outcome.broken == []
    assert len(outcome.in_hand) >= SHORT.kills
    # it has tried what it was to try
    owed = (*outcome.evidence.numbered, *outcome.evidence.broadcasts.deliveries)
    states = {each.state for each in owed}
    assert states == {"sent", "skipped", "failed", "unknown"}
    assert len(outcome.evidence.broadcasts.deliveries) > SHORT.readers
    assert order_of(list(outcome.evidence.updates.values())).done > SHORT.talkers
    assert outcome.evidence.struck.keys() == {"429", "5xx", "drop", "drop_after", "slow"}
