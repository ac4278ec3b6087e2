"""What the people of one event need to take part: for its organisers, without who they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.db import Work
from bot.errors import EventNotFound, NotAllowed
from bot.events.models import Event, EventStatus
from bot.events.store import BookingStore, EventStore
from bot.people.acts import Acts
from bot.people.models import Act, Needs, Right, Scope
from bot.people.needs_form import INTERPRETER, OTHER, PRESENCE, SENSES
from bot.people.roles import Roles
from bot.people.service import AccessNeeds
from bot.people.vault import Vault


@dataclass(frozen=True, slots=True)
class NeededThere:
    """What the people with a place at an event need.

    Nothing here says what belongs together: whoever needs two things is counted with each, and
    languages and notes stand in the order of the alphabet.

    Attributes:
        told: how many people told us that they need something.
        things: how many need each, in the order in which they are asked; of SENSES and PRESENCE.
        languages: for which an interpreter is needed, as people wrote them, and for how many;
            an empty one: they did not say.
        notes: what people wrote in their own words.
        unreadable: how many more told us what cannot be read, because the key to it is lost.
    """

    event: Event
    told: int
    things: Mapping[str, int]
    languages: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    unreadable: int


class EventNeeds:
    """Shows organisers what to prepare. Every look is noted in the log of privileged acts."""

    def __init__(self, work: Work, vault: Vault) -> None:
        self._roles = Roles(work)
        self._events = EventStore(work)
        self._bookings = BookingStore(work)
        self._needs = AccessNeeds(work, vault)
        self._acts = Acts(work)

    async def look(self, person_id: int, event_id: int, now: datetime) -> NeededThere:
        """What people who have a place now need, and agree now that we keep.

        Args:
            person_id: who wants to know.
            event_id: the event.
            now: the time.

        Raises:
            EventNotFound: there is no such event.
            NotAllowed: see `may_see_needs`.
        """
        event = await self._events.get(event_id)
        if event is None:
            raise EventNotFound
        if not await may_see_needs(self._roles, person_id, event, now):
            raise NotAllowed
        await self._acts.note(person_id, Act.NEEDS_SEEN, f"event {event_id}", now)
        known, unreadable = await self._needs.agreed_needs(await self._bookings.going_to(event_id))
        return _together(event, known, unreadable)


async def may_see_needs(roles: Roles, person_id: int, event: Event, now: datetime) -> bool:
    """Whether a person may see what the people of an event need.

    That takes a role that has the right for everybody in the event's borough; where an event has
    no borough, for everybody everywhere. Once there is nothing left to prepare, nobody may.
    """
    if event.status is EventStatus.CANCELLED or event.ends_at <= now:
        return False
    scope = await roles.scope(person_id, Right.SEE_NEEDS)
    there = Scope(frozenset({event.borough}) if event.borough else frozenset())
    return scope is not None and scope.covers(there)


def _together(event: Event, known: list[Needs], unreadable: int) -> NeededThere:
    counts = Counter(key for needs in known for key in needs.keys)
    notes = (needs.note for needs in known if OTHER in needs.keys and needs.note)
    return NeededThere(
        event,
        told=len(known),
        things={key: counts[key] for key in (*SENSES, *PRESENCE) if counts[key]},
        languages=_counted(needs.interpreter for needs in known if INTERPRETER in needs.keys),
        notes=tuple(sorted(notes, key=_in_the_alphabet)),
        unreadable=unreadable,
    )


def _counted(languages: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Languages and how many wrote each, in large or small letters; the empty one last."""
    spellings: dict[str, list[str]] = {}
    for language in languages:
        written = " ".join(language.split())
        spellings.setdefault(written.casefold(), []).append(written)
    ordered = sorted(spellings.items(), key=lambda each: (not each[0], each[0]))
    return tuple((min(written), len(written)) for _, written in ordered)


def _in_the_alphabet(text: str) -> tuple[str, str]:
    return text.casefold(), text
