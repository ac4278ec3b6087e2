"""When reminders are due: wall time, nights, and both changes of the clocks."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import LONDON
from bot.reminders.leads import (
    BEFORE,
    DAYS,
    EARLIEST,
    HOURS,
    LATEST,
    Lead,
    moment_after,
    moment_of,
    moments,
    nearer,
)

STARTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 -- made aware below
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001 -- made aware below
).map(lambda wall: wall.replace(tzinfo=LONDON))
LEADS = st.sampled_from(BEFORE)


def london(text: str) -> datetime:
    """A wall time in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def wall(moment: datetime) -> str:
    """A moment as London's clocks show it."""
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("starts", "lead", "due"),
    [
        ("2026-12-12 11:00", Lead.WEEK, "2026-12-05 11:00"),
        ("2026-12-12 11:00", Lead.DAY, "2026-12-11 11:00"),
        ("2026-12-12 11:00", Lead.TWO_HOURS, "2026-12-12 09:00"),
        # the clocks go back on 25 October 2026 and forward on 28 March 2027: days are wall days
        ("2026-10-25 10:00", Lead.DAY, "2026-10-24 10:00"),
        ("2026-10-31 10:00", Lead.WEEK, "2026-10-24 10:00"),
        ("2027-03-28 10:00", Lead.DAY, "2027-03-27 10:00"),
        ("2027-04-03 10:00", Lead.WEEK, "2027-03-27 10:00"),
        # leap days
        ("2028-03-01 12:00", Lead.DAY, "2028-02-29 12:00"),
        ("2028-02-29 12:00", Lead.WEEK, "2028-02-22 12:00"),
        ("2028-03-07 12:00", Lead.WEEK, "2028-02-29 12:00"),
        # the night: earlier, never later
        ("2026-12-12 09:00", Lead.TWO_HOURS, "2026-12-11 20:00"),
        ("2026-12-12 10:00", Lead.TWO_HOURS, "2026-12-12 08:00"),
        ("2026-12-12 21:30", Lead.DAY, "2026-12-11 20:00"),
        ("2026-12-12 20:00", Lead.DAY, "2026-12-11 20:00"),
        ("2026-12-12 07:00", Lead.DAY, "2026-12-10 20:00"),
        ("2026-12-12 08:30", Lead.HOUR, "2026-12-11 20:00"),
        ("2026-12-12 00:30", Lead.TWO_HOURS, "2026-12-11 20:00"),
        # two real hours before an event in the morning after the clocks changed
        ("2026-10-25 09:30", Lead.TWO_HOURS, "2026-10-24 20:00"),
        ("2027-03-28 10:00", Lead.TWO_HOURS, "2027-03-28 08:00"),
    ],
)  # fmt: skip
def test_the_moment_of_a_reminder(starts: str, lead: Lead, due: str) -> None:
    assert wall(moment_of(lead, london(starts), LONDON)) == due


@given(STARTS, LEADS)
def test_reminders_come_by_day_and_before_the_event(starts_at: datetime, lead: Lead) -> None:
    at = moment_of(lead, starts_at, LONDON)
    shown = at.astimezone(LONDON).time()
    assert time(8) <= shown <= time(20)
    asked = timedelta(days=DAYS[lead]) if lead in DAYS else timedelta(hours=HOURS[lead])
    early = starts_at - at  # of real time; a clock change is an hour, a night is twelve
    assert asked - timedelta(hours=1) <= early <= asked + timedelta(hours=13)


@given(STARTS)
def test_a_longer_lead_never_comes_after_a_shorter_one(starts_at: datetime) -> None:
    found = [moment_of(lead, starts_at, LONDON) for lead in BEFORE]
    assert found == sorted(found)


@given(STARTS, st.sets(LEADS))
def test_no_two_reminders_of_an_event_come_at_once(starts_at: datetime, chosen: set[Lead]) -> None:
    wanted = Lead(sum(chosen))
    found = [at for _, at in moments(wanted, starts_at, LONDON)]
    assert len(found) == len(set(found))
    assert set(found) == {moment_of(lead, starts_at, LONDON) for lead in chosen}


def test_of_two_at_once_the_nearer_one_comes() -> None:
    starts_at = london("2026-12-12 08:30")
    both = Lead.TWO_HOURS | Lead.HOUR
    [(lead, at)] = moments(both, starts_at, LONDON)
    assert (lead, wall(at)) == (Lead.HOUR, "2026-12-11 20:00")


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        ("2026-12-12 16:00", "2026-12-12 17:00"),
        ("2026-12-12 19:00", "2026-12-12 20:00"),
        ("2026-12-12 19:30", "2026-12-13 08:00"),
        ("2026-12-12 23:30", "2026-12-13 08:00"),
        ("2026-12-12 05:00", "2026-12-12 08:00"),
        ("2026-10-24 21:00", "2026-10-25 08:00"),
    ],
)
def test_the_question_afterwards_comes_soon_and_by_day(ends: str, due: str) -> None:
    assert wall(moment_after(london(ends), LONDON)) == due


@given(STARTS)
def test_the_question_afterwards_is_never_asked_at_night(ends_at: datetime) -> None:
    at = moment_after(ends_at, LONDON)
    assert timedelta(hours=1) <= at - ends_at <= timedelta(hours=14)
    assert EARLIEST <= at.astimezone(LONDON).time() <= LATEST


def test_nearer_leads_are_all_that_come_later() -> None:
    assert nearer(Lead.THREE_DAYS) == Lead.DAY | Lead.TWO_HOURS | Lead.HOUR
    assert nearer(Lead.HOUR) == Lead(0)


def test_the_numbers_of_leads_never_change() -> None:
    """They are in databases."""
    assert {lead.name: int(lead) for lead in Lead} == {
        "FORTNIGHT": 1, "WEEK": 2, "THREE_DAYS": 4, "DAY": 8, "TWO_HOURS": 16, "HOUR": 32,
        "AFTER": 64,
    }  # fmt: skip
