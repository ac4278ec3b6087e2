"""Every part of the bench runs for real, with so few people that it is over in a moment."""

from collections import Counter
from pathlib import Path

import pytest

from bench import broadcasts, draining, holding, planning, waiting
from bench.draining import Drained
from bench.holding import MUCH
from bench.waiting import Waits
from tests.support.databases import fresh_postgresql


@pytest.fixture
async def server() -> str:
    """A PostgreSQL server is there; else the test is skipped."""
    return await fresh_postgresql()


def numbers(table: str) -> list[list[str]]:
    """The rows of a table below its head, without the first column."""
    return [[cell.strip() for cell in line.split("|")[2:-1]] for line in table.splitlines()[2:]]


@pytest.mark.postgresql
@pytest.mark.usefixtures("server")
@pytest.mark.slow
async def test_what_is_owed_leaves_and_is_marked(tmp_path: Path) -> None:
    found = await draining.draining(1, 30, tmp_path)
    assert [each.name for each in found] == [
        "aiogram: a line of words",
        "aiogram: words and buttons like Baobab's",
        "Baobab on SQLite",
        "Baobab on PostgreSQL",
    ]
    for each in found:
        counts = [len(those) for those in (each.seconds, each.cpu, each.before, each.peak)]
        assert counts == [1, 1, 1, 1]
        assert all(peak >= before > 0 for before, peak in zip(each.before, each.peak, strict=True))


@pytest.mark.postgresql
@pytest.mark.usefixtures("server")
@pytest.mark.slow
async def test_taps_are_answered_while_deliveries_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "DELIVERIES", 300)
    monkeypatch.setattr(waiting, "TAPS", 8)
    monkeypatch.setattr(waiting, "PAUSE", 0.02)
    monkeypatch.setattr(waiting, "PACES", (0, 25))
    found = await waiting.waiting(1, tmp_path)
    assert Counter((each.name, each.pace, len(each.seconds)) for each in found) == Counter(
        {(name, pace, 8): 1 for name in ("Baobab on SQLite", "Baobab on PostgreSQL")
         for pace in (0, 25)}
    )  # fmt: skip
    assert all(seconds > 0 for each in found for seconds in each.seconds)


@pytest.mark.postgresql
@pytest.mark.usefixtures("server")
async def test_all_who_booked_are_owed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "BOOKINGS", 20)
    monkeypatch.setattr(planning, "PEOPLE", 40)
    found = await planning.planning(2, tmp_path)
    steps = {
        planning.MOVE.format(20): 2,
        planning.LOOK: 4,
        planning.REMIND.format(20): 2,
        planning.IDLE: 4,
        planning.MOVE.format(40): 2,
        planning.REMIND.format(40): 2,
    }
    assert [{what: len(took) for what, took in each.seconds.items()} for each in found] == [
        steps,
        steps,
    ]


@pytest.mark.postgresql
@pytest.mark.usefixtures("server")
@pytest.mark.slow
async def test_a_bot_with_much_to_do_later_is_measured_idle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "CROWDS", (("much", MUCH),))
    monkeypatch.setattr(holding, "PEOPLE", 20)
    monkeypatch.setattr(holding, "SETTLED", 0.0)
    monkeypatch.setattr(holding, "IDLE", 0.1)
    found = await holding.holding(1, tmp_path)
    assert [(each.name, each.holds) for each in found] == [
        (name, MUCH) for name in ("Baobab on SQLite", "Baobab on PostgreSQL")
    ]
    assert all(each.start[0] > 0 and each.memory[0] > 0 for each in found)


@pytest.mark.postgresql
@pytest.mark.usefixtures("server")
@pytest.mark.slow
async def test_a_broadcast_is_measured_from_its_freezing_to_its_last_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "DELIVERIES", 40)
    monkeypatch.setattr(waiting, "TAPS", 8)
    monkeypatch.setattr(waiting, "PAUSE", 0.02)
    monkeypatch.setattr(waiting, "PACES", (0, 25))
    found = await broadcasts.broadcasts(1, 30, tmp_path)
    steps = [
        broadcasts.RECKON,
        broadcasts.FREEZE.format(30),
        broadcasts.COUNT,
        broadcasts.PAUSE,
        broadcasts.RESUME,
        broadcasts.STOP,
        broadcasts.FIRST,
    ]
    assert [list(each.seconds) for each in found.steps] == [steps] * 2
    assert [len(each.seconds) for each in found.drained] == [1] * 4
    assert [(each.pace, len(each.seconds) > 0) for each in found.waits] == [
        (0, True), (25, True), (0, True), (25, True),
    ]  # fmt: skip


def test_a_drain_is_compared_with_both_of_aiograms() -> None:
    found = [
        Drained(name, 100, [seconds], [cpu], [50.0], [51.0])
        for name, seconds, cpu in (("bare", 1.0, 0.02), ("like", 2.0, 0.03), ("ours", 0.5, 0.01))
    ]
    assert numbers("\n".join(draining.table(found)))[2] == [
        "200", "2.00", "4.00", "200 to 200", "100 µs", "2.00", "3.00", "50 MiB", "51 MiB",
    ]  # fmt: skip


def test_waits_are_compared_with_those_while_nothing_leaves() -> None:
    still = Waits("ours", 0, [0.001] * 100, [0.0])
    busy = Waits("ours", 25, [0.002] * 50 + [0.004] * 51, [24.0])
    assert numbers("\n".join(waiting.table([still, busy])))[1] == [
        "4.0 ms", "4.0 ms", "4.00", "4.00", "24",
    ]  # fmt: skip
