"""Whatever people and files do, in whatever order: no place is lost and none is given twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.db import Work
from bot.errors import BookingNotFound, EventCancelled, EventFull
from bot.events.booking import BookingDesk
from bot.events.catalogue import EventCatalogue
from bot.events.models import EventStatus
from tests.events.conftest import NOW, Town, draft

_RUNS = count()  # hypothesis uses one database for all its examples


@dataclass
class Expected:
    """What must be so, kept in the simplest way there is."""

    uid: str
    event_id: int
    people: list[int]
    capacity: int | None = 2
    status: EventStatus = EventStatus.PLANNED
    sequence: int = 0
    going: set[int] = field(default_factory=set)

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and len(self.going) >= self.capacity


class Step(Protocol):
    async def happens(self, work: Work, expected: Expected) -> None: ...


@dataclass(frozen=True)
class Books:
    who: int

    async def happens(self, work: Work, expected: Expected) -> None:
        person = expected.people[self.who]
        try:
            booked = await BookingDesk(work).book(expected.event_id, person, NOW)
        except EventCancelled:
            assert expected.status is EventStatus.CANCELLED
        except EventFull:
            assert expected.is_full
            assert person not in expected.going
        else:
            assert booked.was_already == (person in expected.going)
            assert booked.was_already or not expected.is_full
            expected.going.add(person)


@dataclass(frozen=True)
class Cancels:
    who: int

    async def happens(self, work: Work, expected: Expected) -> None:
        person = expected.people[self.who]
        try:
            cancelled = await BookingDesk(work).cancel(expected.event_id, person, NOW)
        except BookingNotFound:
            assert person not in expected.going
        else:
            assert cancelled.was_already == (person not in expected.going)
            expected.going.discard(person)


@dataclass(frozen=True)
class Leaves:
    who: int

    async def happens(self, work: Work, expected: Expected) -> None:
        person = expected.people[self.who]
        await BookingDesk(work).forget(person, NOW)
        expected.going.discard(person)


@dataclass(frozen=True)
class Imports:
    capacity: int | None
    status: EventStatus
    sequence: int

    async def happens(self, work: Work, expected: Expected) -> None:
        said = draft(
            expected.uid, capacity=self.capacity, status=self.status, sequence=self.sequence
        )
        taken = await EventCatalogue(work).take_in([said], NOW)
        assert taken.new == 0
        assert taken.older == int(self.sequence < expected.sequence)
        if not taken.older:
            expected.capacity, expected.status = self.capacity, self.status
            expected.sequence = self.sequence


PEOPLE = st.integers(0, 4)
STEPS = st.lists(
    st.one_of(
        st.builds(Books, PEOPLE),
        st.builds(Cancels, PEOPLE),
        st.builds(Leaves, PEOPLE),
        st.builds(
            Imports,
            st.one_of(st.none(), st.integers(0, 5)),
            st.sampled_from(EventStatus),
            st.integers(0, 3),
        ),
    ),
    max_size=25,
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
async def test_places_taken_are_always_the_bookings_that_stand(
    town: Town, steps: Sequence[Step]
) -> None:
    uid = f"run-{next(_RUNS)}"
    [event] = await town.events(draft(uid, capacity=2))
    expected = Expected(uid, event.id, await town.people(5))

    for step in steps:
        async with town.db.work() as work:
            await step.happens(work, expected)
        event = await town.event(uid)
        assert event.going == len(expected.going) == await town.going(event.id)
        assert (event.capacity, event.status, event.sequence) == (
            expected.capacity,
            expected.status,
            expected.sequence,
        )
