import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import LONDON
from bot.events.importing.cells import (
    Cell,
    CellProblem,
    Reading,
    WallTime,
    date_in,
    degrees_in,
    items_in,
    london_moment,
    time_in,
    whole_number_in,
)

PLAIN = Reading()
SAMPLE = Reading(counted_from=date(2026, 10, 14))  # a Wednesday


@pytest.mark.parametrize(
    "cell",
    [
        "17/10/2026",
        "17/10/26",
        "17.10.2026",
        "17-10-2026",
        "2026-10-17",
        "2026-10-17 00:00:00",
        "17 October 2026",
        "17 Oct 2026",
        "17 Oct. 2026",
        "17-Oct-26",
        "17th October 2026",
        "17th of October, 2026",
        "Saturday 17 October 2026",
        "Sat, 17 Oct 2026",
        "Saturday 17/10/2026",
        "October 17, 2026",
        "  17\u00a0October  2026 ",
        "١٧/١٠/٢٠٢٦",
        date(2026, 10, 17),
        datetime(2026, 10, 17),  # noqa: DTZ001 -- as spreadsheets give a day
    ],
)
def test_a_date_is_read_as_people_in_britain_write_it(cell: Cell) -> None:
    assert date_in(cell, PLAIN) == date(2026, 10, 17)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("10/17/2026", "There is no such day as “10/17/2026”. The day comes first, then"),
        ("31/02/2026", "There is no such day as “31/02/2026”. Write it as 17/10/2026"),
        ("17 October", "“17 October” has no year."),
        ("Sunday 17 October 2026", "“Sunday 17 October 2026”: that day is a Saturday."),
        ("17 Oktober 2026", "“17 Oktober 2026” is not a date."),
        ("soon", "“soon” is not a date."),
        ("17/10/1026", "“17/10/1026” is in the year 1026."),
        ("17/10-2026", "“17/10-2026” is not a date."),
        (46312, "“46312” is not a date."),
        (datetime(2026, 10, 17, 9), "“2026-10-17 09:00” holds a time as well."),  # noqa: DTZ001
        ("+12 Saturday", "“+12 saturday” counts from today, which only sample files may."),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_do(cell: Cell, said: str) -> None:
    with pytest.raises(CellProblem, match="^" + re.escape(said)):
        date_in(cell, PLAIN)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("+0", date(2026, 10, 14)),
        ("+12", date(2026, 10, 26)),
        ("+0 Wednesday", date(2026, 10, 14)),
        ("+1 Wednesday", date(2026, 10, 21)),
        ("+12 Saturday", date(2026, 10, 31)),
        ("17/10/2026", date(2026, 10, 17)),
    ],
)
def test_a_sample_counts_from_the_day_it_is_loaded(cell: str, day: date) -> None:
    assert date_in(cell, SAMPLE) == day


@pytest.mark.parametrize(
    ("cell", "wall"),
    [
        ("14:00", (14, 0)),
        ("14.00", (14, 0)),
        ("1400", (14, 0)),
        ("2pm", (14, 0)),
        ("2 p.m.", (14, 0)),
        ("2.30pm", (14, 30)),
        ("2:30 PM", (14, 30)),
        ("12am", (0, 0)),
        ("12pm", (12, 0)),
        ("noon", (12, 0)),
        ("09:05", (9, 5)),
        ("9:05", (9, 5)),
        ("02:30", (2, 30)),
        ("14:00:00", (14, 0)),
        ("14:00 UK time", (14, 0)),
        (time(14, 0), (14, 0)),
        (datetime(1899, 12, 30, 14, 0), (14, 0)),  # noqa: DTZ001 -- as spreadsheets give a time
        (14 / 24, (14, 0)),
        (timedelta(hours=14), (14, 0)),
    ],
)
def test_a_time_is_read_as_people_in_britain_write_it(cell: Cell, wall: tuple[int, int]) -> None:
    assert time_in(cell) == WallTime(time(*wall))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2", "“2”: is that in the morning or the afternoon?"),
        ("2:30", "“2:30”: is that in the morning or the afternoon?"),
        ("11", "“11”: is that in the morning or the afternoon?"),
        ("25:00", "“25:00” is not a time."),
        ("13pm", "“13pm” is not a time."),
        ("0pm", "“0pm” is not a time."),
        ("14:75", "“14:75” is not a time."),
        ("24:00", "“24:00” is not a time."),
        ("11am-4pm", "“11am-4pm” is not a time."),
        ("midnight", "“midnight” is not a time."),
        (timedelta(hours=30), "“1 day, 6:00:00” is not a time."),
    ],
)
def test_what_is_no_time_is_refused_with_what_to_do(cell: Cell, said: str) -> None:
    with pytest.raises(CellProblem, match="^" + re.escape(said)):
        time_in(cell)


def test_wall_time_in_summer_is_an_hour_ahead_of_utc_and_in_winter_it_is_not() -> None:
    assert london_moment(date(2026, 10, 24), WallTime(time(11))) == datetime(
        2026, 10, 24, 10, tzinfo=UTC
    )
    assert london_moment(date(2026, 10, 26), WallTime(time(11))) == datetime(
        2026, 10, 26, 11, tzinfo=UTC
    )


def test_a_time_that_happens_twice_is_asked_about_and_can_be_said() -> None:
    day = date(2026, 10, 25)
    with pytest.raises(CellProblem) as problem:
        london_moment(day, time_in("01:30"))
    assert str(problem.value) == (
        "01:30 on 25 October 2026 happens twice, because the clocks go back that night. "
        "Write 01:30 BST for the first or 01:30 GMT for the second."
    )
    assert london_moment(day, time_in("01:30 BST")) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert london_moment(day, time_in("01:30 GMT")) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_does_not_happen_is_refused() -> None:
    with pytest.raises(CellProblem) as problem:
        london_moment(date(2027, 3, 28), time_in("01:30"))
    assert str(problem.value) == (
        "01:30 on 28 March 2027 does not exist, because the clocks go forward that night. "
        "Choose another time."
    )


@pytest.mark.parametrize(("day", "cell"), [("2026-07-01", "14:00 GMT"), ("2026-12-01", "2pm BST")])
def test_a_zone_that_london_is_not_in_is_refused(day: str, cell: str) -> None:
    with pytest.raises(CellProblem, match="clocks in London do not show"):
        london_moment(date.fromisoformat(day), time_in(cell))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001 -- wall time
def test_every_wall_time_is_one_moment_or_refused(wall: datetime) -> None:
    wall = wall.replace(second=0, microsecond=0)
    try:
        moment = london_moment(wall.date(), WallTime(wall.time()))
    except CellProblem:
        assert wall.month in {3, 10}
        assert wall.hour == 1
    else:
        assert moment.astimezone(LONDON).replace(tzinfo=None) == wall


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (
        lambda: date_in(text, SAMPLE),
        lambda: time_in(text),
        lambda: whole_number_in(text, 1, 10),
        lambda: degrees_in(text, 90),
    ):
        with suppress(CellProblem):  # any other error fails the test
            read()


def test_numbers_are_read_in_many_shapes_and_bounded() -> None:
    assert [whole_number_in(cell, 1, 2000) for cell in ("300", 300, 300.0, "1,200", "٣٠٠")] == [
        300,
        300,
        300,
        1200,
        300,
    ]
    for cell in ("", "0", "2001", "-5", "3.5", 3.5, "many", "9" * 5000, "²", True):
        with pytest.raises(CellProblem, match=r"is not a whole number from 1 to 2,000\.$"):
            whole_number_in(cell, 1, 2000)


def test_degrees_are_within_the_world() -> None:
    assert degrees_in("51.5586", 90) == 51.5586
    assert degrees_in("−0.2678", 180) == -0.2678
    for cell in ("91", "north", "51,5", "1e5", "nan"):
        with pytest.raises(CellProblem):
            degrees_in(cell, 90)


def test_lists_are_parted_by_what_people_use() -> None:
    assert items_in("so, ar;fr\nen |  ti,,") == ["so", "ar", "fr", "en", "ti"]
    assert items_in(None) == []
