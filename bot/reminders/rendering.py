"""Writes reminders, and the question how it was, when they leave and as things are then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.clock import EPOCH, to_micros
from bot.db import Work
from bot.delivery.models import Mailing, Owed, Reason, Skip, Writings, Written, skip_all
from bot.delivery.store import DeliveryStore
from bot.events.changes import CHANGE
from bot.events.models import Event, EventStatus
from bot.events.rendering import WritingDesk
from bot.events.store import EventStore
from bot.message import Message
from bot.reminders.leads import DAYS, HOURS, NONE, Lead, moment_of, nearer
from bot.reminders.planner import REMINDER, THANKS
from bot.reminders.store import FeedbackStore, Held, ReminderStore
from bot.reminders.views import reminding

CLOSE = timedelta(hours=1)
"""Reminders some hours before two events of one day are one message when they are this close."""
QUIET_DAYS = timedelta(hours=6)
QUIET_HOURS = timedelta(minutes=30)
"""For how long after any other message about an event no reminder of it comes."""


class ReminderRenderer:
    """Writes reminders. All of a person's events on one day stand in one message."""

    def __init__(self, desk: WritingDesk) -> None:
        self._desk = desk

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        event = await EventStore(work).get(mailing.subject)
        if event is None:
            return skip_all(owed, Reason.CANCELLED)
        if why := _not_as_planned(event, mailing, now):
            return skip_all(owed, why)
        lead = Lead(mailing.details["lead"])
        day = await self._day(work, [each.person.id for each in owed], event)
        choices = await ReminderStore(work).choices(day.people)
        told = await _told(work, day, lead, now)
        passed = _passed(lead, event, now, self._desk.zone)

        @cache
        def words(language: str | None, shown: tuple[Held, ...]) -> Message:
            events = [(day.events[held.event_id], held.confirmed) for held in shown]
            return reminding.reminder(self._desk.eyes(language, now), events, self._desk.zone)

        def write(to: Owed) -> Written | Skip:
            person = to.person.id
            chosen = choices.get(person, NONE)
            if lead not in chosen:
                return Skip(Reason.NOT_WANTED)
            if not day.has(person, event.id):
                return Skip(Reason.NOT_GOING)
            if chosen & passed:
                return Skip(Reason.SUPERSEDED)
            if person in told:
                return Skip(Reason.TOLD)
            return Written(words(to.person.language, day.ahead(person, now)))

        return {each.delivery.id: write(each) for each in owed}

    async def _day(self, work: Work, people: Sequence[int], event: Event) -> "_Day":
        """What else these people have a place at on the day of the event."""
        wall = event.starts_at.astimezone(self._desk.zone)
        begins = datetime.combine(wall.date(), time(), self._desk.zone)
        ends = datetime.combine(wall.date() + timedelta(days=1), time(), self._desk.zone)
        held = await ReminderStore(work).places(people, begins, ends)
        others = {each.event_id for each in held} - {event.id}
        events = {each.id: each for each in await EventStore(work).get_many(others)}
        by_person: dict[int, list[Held]] = {}
        for each in held:
            by_person.setdefault(each.person_id, []).append(each)
        return _Day(event, people, events | {event.id: event}, by_person)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day with an event, and who has places at which events of that day, soonest first."""

    event: Event
    people: Sequence[int]
    events: Mapping[int, Event]
    held: Mapping[int, list[Held]]

    def of(self, person_id: int) -> list[Held]:
        """A person's places on this day."""
        return self.held.get(person_id, [])

    def has(self, person_id: int, event_id: int, before: datetime | None = None) -> bool:
        """Whether a person has a place at an event, and had it before a moment."""
        return any(
            held.event_id == event_id and (before is None or held.booked_at < before)
            for held in self.of(person_id)
        )

    def ahead(self, person_id: int, now: datetime) -> tuple[Held, ...]:
        """A person's places that are still to come, alike for all who have the same ones."""
        return tuple(
            replace(held, person_id=0, booked_at=EPOCH)
            for held in self.of(person_id)
            if self.events[held.event_id].starts_at > now
        )


async def _told(work: Work, day: _Day, lead: Lead, now: datetime) -> set[int]:
    """Who need not be told: something about this event reached them a short while ago."""
    quiet = QUIET_DAYS if lead in DAYS else QUIET_HOURS
    told = await DeliveryStore(work).told_since(
        day.people, day.event.id, (REMINDER, THANKS, CHANGE), now - quiet
    )
    others = day.events.keys() - {day.event.id}
    for reminded in await ReminderStore(work).reminded(day.people, others) if others else ():
        # The reminder of another event of this day named this one as well, if it was booked, and
        # if the other event was on this day then.
        named = reminded.starts_at == day.events[reminded.event_id].starts_at and day.has(
            reminded.person_id, day.event.id, before=reminded.at
        )
        ago = now - reminded.at
        if lead in DAYS:
            enough = reminded.lead == lead or ago <= quiet
        else:
            enough = ago <= (CLOSE if reminded.lead == lead else quiet)
        if named and enough:
            told.add(reminded.person_id)
    return told


class ThanksRenderer:
    """Thanks people who had a place, and asks how it was."""

    def __init__(self, desk: WritingDesk) -> None:
        self._desk = desk

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: datetime
    ) -> Writings:
        """See Renderer."""
        event = await EventStore(work).get(mailing.subject)
        if event is None or event.status is not EventStatus.PLANNED:
            return skip_all(owed, Reason.CANCELLED)
        if to_micros(event.ends_at) != mailing.details["ends_at"]:
            return skip_all(owed, Reason.MOVED)
        people = [each.person.id for each in owed]
        choices = await ReminderStore(work).choices(people)
        given = await FeedbackStore(work).given(event.id, people)
        held = await ReminderStore(work).places(
            people, event.starts_at, event.starts_at + timedelta(microseconds=1)
        )
        there = {each.person_id for each in held if each.event_id == event.id}

        @cache
        def words(language: str | None) -> Message:
            return reminding.thanks(self._desk.eyes(language, now), event)

        def write(to: Owed) -> Written | Skip:
            person = to.person.id
            if Lead.AFTER not in choices.get(person, NONE):
                return Skip(Reason.NOT_WANTED)
            if person not in there:
                return Skip(Reason.NOT_GOING)
            if person in given:
                return Skip(Reason.TOLD)
            return Written(words(to.person.language))

        return {each.delivery.id: write(each) for each in owed}


def _not_as_planned(event: Event, mailing: Mailing, now: datetime) -> Reason | None:
    """Why there is nothing to remind anybody of."""
    if event.status is EventStatus.CANCELLED:
        return Reason.CANCELLED
    if (
        event.status is EventStatus.POSTPONED
        or to_micros(event.starts_at) != mailing.details["starts_at"]
    ):
        return Reason.MOVED
    return Reason.OVER if event.starts_at <= now else None


def _passed(lead: Lead, event: Event, now: datetime, zone: ZoneInfo) -> Lead:
    """Leads nearer to the event that are due as well by now."""
    found = NONE
    for each in (*DAYS, *HOURS):
        if each in nearer(lead) and moment_of(each, event.starts_at, zone) <= now:
            found |= each
    return found
