"""Reminders in the database: who wants which, and whom to owe them. Decides nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.clock import from_micros, to_micros
from bot.db import Work, load_queries
from bot.events.models import Booking
from bot.events.store import booking
from bot.reminders.leads import Lead

QUERIES = load_queries(__file__)


@dataclass(frozen=True, slots=True)
class Times:
    """When an event is.

    Attributes:
        title: by language code.
        timed_at: since when it has this time.
    """

    event_id: int
    title: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    timed_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A person's place at an event.

    Attributes:
        confirmed: they said that they are still coming.
    """

    person_id: int
    event_id: int
    booked_at: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that was sent.

    Attributes:
        starts_at: when the event was to begin then.
    """

    person_id: int
    event_id: int
    lead: Lead
    starts_at: datetime
    at: datetime


class ReminderStore:
    """Rows about reminders."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def choice(self, person_id: int) -> Lead | None:
        """What a person chose; None when they were never asked or never answered."""
        row = await self._run.choice_of(person_id=person_id)
        return None if row is None else Lead(row["leads"])

    async def choices(self, people: Iterable[int]) -> dict[int, Lead]:
        """What these people chose, of those who did."""
        rows = await self._run.choices_of(people=_list(people))
        return {row["person_id"]: Lead(row["leads"]) for row in rows}

    async def choose(self, person_id: int, leads: Lead, now: datetime) -> None:
        """Keep what a person wants in place of what they wanted before."""
        await self._run.choose(person_id=person_id, leads=int(leads), now=to_micros(now))

    async def erase_choice(self, person_id: int) -> None:
        """Erase what a person wants."""
        await self._run.erase_choice(person_id=person_id)

    async def times(self, since: datetime, until: datetime) -> list[Times]:
        """Events that end after a moment and begin before another, by their start."""
        rows = await self._run.times_of_events(since=to_micros(since), until=to_micros(until))
        return [
            Times(
                row["id"],
                orjson.loads(row["title"]),
                from_micros(row["starts_at"]),
                from_micros(row["ends_at"]),
                from_micros(row["timed_at"]),
            )
            for row in rows
        ]

    async def planned(self, events: Iterable[int]) -> set[str]:
        """The names of what was planned for these events."""
        return {row["name"] for row in await self._run.planned(events=_list(events))}

    async def owe(self, mailing_id: int, lead: Lead, nearer: Lead, now: datetime) -> int:
        """Owe a mailing to all who want that lead; who wants a nearer one too gets it not."""
        owed: int = await self._run.owe_reminder(
            mailing_id=mailing_id, lead=int(lead), nearer=int(nearer), now=to_micros(now)
        )
        return owed

    async def wanted(self, events: Iterable[int]) -> list[tuple[int, Lead, int]]:
        """For these events: what was chosen, and by how many with a place there."""
        rows = await self._run.wanted(events=_list(events))
        return [(row["event_id"], Lead(row["leads"]), row["people"]) for row in rows]

    async def places(self, people: Iterable[int], since: datetime, until: datetime) -> list[Held]:
        """Places of these people at events that begin in a span of time, soonest first."""
        rows = await self._run.places_of(
            people=_list(people), since=to_micros(since), until=to_micros(until)
        )
        return [
            Held(
                row["person_id"],
                row["event_id"],
                from_micros(row["booked_at"]),
                row["confirmed_at"] is not None,
            )
            for row in rows
        ]

    async def reminded(self, people: Iterable[int], events: Iterable[int]) -> list[Reminded]:
        """The reminders of these events that these people were sent."""
        rows = await self._run.reminded_of(people=_list(people), events=_list(events))
        found = []
        for row in rows:
            details = orjson.loads(row["details"])
            lead, starts_at = Lead(details["lead"]), from_micros(details["starts_at"])
            at = from_micros(row["settled_at"])
            found.append(Reminded(row["person_id"], row["subject"], lead, starts_at, at))
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A booking whose person was asked whether they are still coming, and has not answered.

    Attributes:
        asked_at: when they were asked first.
    """

    booking: Booking
    asked_at: datetime


class AnswerStore:
    """What people with a place answered."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def counts(self, event_id: int) -> tuple[int, int, int]:
        """How many have a place, how many of those said they are coming, how many gave it up."""
        row = await self._run.answers_about(event_id=event_id)
        return row["going"], row["confirmed"], row["gave_up"]

    async def unanswered(self, event_id: int, names: Iterable[str]) -> list[Asked]:
        """Who was asked by these mailings and has not answered, the longest asked first."""
        rows = await self._run.unanswered(
            event_id=event_id, names=orjson.dumps(list(names)).decode()
        )
        return [Asked(booking(row), from_micros(row["asked_at"])) for row in rows]

    async def booked_events(
        self, since: datetime, now: datetime, *, skip: int, most: int
    ) -> tuple[list[int], int]:
        """Numbers of events that end after a moment and that anybody booked; how many in all."""
        rows = await self._run.booked_events(
            since=to_micros(since), now=to_micros(now), skip=skip, most=most
        )
        return [row["id"] for row in rows], rows[0]["total"] if rows else 0


class FeedbackStore:
    """How events were: only counts, and who need not be asked again."""

    def __init__(self, work: Work) -> None:
        self._run = work.runner(QUERIES)

    async def add(self, person_id: int, event_id: int, answer: str) -> bool:
        """Count an answer, if this person has given none before; whether it was counted."""
        if not await self._run.give_feedback(person_id=person_id, event_id=event_id):
            return False
        await self._run.count_answer(event_id=event_id, answer=answer)
        return True

    async def given(self, event_id: int, people: Iterable[int]) -> set[int]:
        """Who of these people has answered."""
        rows = await self._run.who_gave_feedback(event_id=event_id, people=_list(people))
        return {row["person_id"] for row in rows}

    async def counts(self, event_id: int) -> dict[str, int]:
        """How many gave which answer."""
        rows = await self._run.feedback_on(event_id=event_id)
        return {row["answer"]: row["people"] for row in rows}

    async def given_by(self, person_id: int) -> list[int]:
        """The events a person has answered about."""
        rows: list[Mapping[str, Any]] = await self._run.feedback_given_by(person_id=person_id)
        return [row["event_id"] for row in rows]

    async def erase(self, person_id: int) -> None:
        """Forget that a person has answered."""
        await self._run.erase_feedback_given(person_id=person_id)

    async def forget_before(self, moment: datetime) -> int:
        """Forget who answered about events that ended before a moment; how many answers."""
        forgotten: int = await self._run.forget_feedback_given(before=to_micros(moment))
        return forgotten


def _list(numbers: Iterable[int]) -> str:
    return orjson.dumps(list(numbers)).decode()
