import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock, from_micros, to_micros

moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones())  # noqa: DTZ001 -- hypothesis takes naive bounds and adds the zones


@given(moments)
def test_a_moment_survives_the_database(moment: datetime) -> None:
    kept = from_micros(to_micros(moment))
    assert kept == moment.astimezone(UTC)
    assert kept.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a moment needs a time zone"):
        to_micros(datetime(2026, 10, 17, 11))  # noqa: DTZ001 -- that is the point


def test_time_goes_on_and_moves_forward_alone() -> None:
    clock = Clock()
    before = clock.now()
    assert clock.forward(timedelta(days=7)) - before >= timedelta(days=7)
    assert clock.offset == timedelta(days=7)
    with pytest.raises(ValueError, match="time only moves forward"):
        clock.forward(timedelta(microseconds=-1))
    assert clock.offset == timedelta(days=7)


def test_clocks_of_one_file_agree_at_once_in_two_processes(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    ours = Clock(file)
    ours.forward(timedelta(days=1))
    move = (
        "from datetime import timedelta\nfrom pathlib import Path\nfrom bot.clock import Clock\n"
        f"Clock(Path({str(file)!r})).forward(timedelta(hours=2))"
    )
    subprocess.run([sys.executable, "-c", move], check=True)  # noqa: S603 -- our own words
    assert ours.offset == timedelta(days=1, hours=2)
    assert Clock(file).offset == ours.offset


def test_a_clock_without_a_file_is_nobody_elses() -> None:
    Clock().forward(timedelta(days=1))
    assert Clock().offset == timedelta()
