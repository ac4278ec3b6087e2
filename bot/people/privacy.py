"""Everything held about a person, and its end: /mydata and /delete.

Every room that keeps something about people has a Keeper, and together they claim every table
that names a person. A test holds them to it: a new table cannot ship without that decision.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from bot.db import Work
from bot.errors import PersonNotFound
from bot.people.acts import Acts
from bot.people.models import Act, FollowKind, Given, Needs, Noted, Person
from bot.people.role_store import RoleStore
from bot.people.service import AccessNeeds
from bot.people.store import ConsentStore, FollowStore, NeedsStore, PeopleStore
from bot.people.vault import Vault

PERSONAL_COLUMNS = frozenset(
    {
        "person_id",
        "telegram_id",
        "person",
        "author_id",
        "editor_id",
        "holder_id",
        "asked_by",
        "approved_by",
        "changed_by",
        "actor",
    }
)
"""A table with a column of such a name holds something about people."""
OUTLIVES = frozenset({"acts"})
"""Tables whose rows stay when the person goes: a log of what some may do would prove nothing if
they could leave it. They hold our own number of the person, which is nobody's from then on."""

Held = dict[str, object]
"""What is held, ready for JSON: text, numbers, truth values, lists and such dictionaries."""


class Keeper(Protocol):
    """A room that keeps something about people, within one Work."""

    @property
    def tables(self) -> frozenset[str]:
        """The tables this keeper answers for."""

    async def held_about(self, person_id: int) -> Held:
        """All of it, in plain form, under names a person understands."""

    async def forget(self, person_id: int, now: datetime) -> None:
        """Erase all of it. Erasing twice changes nothing."""


@dataclass(frozen=True)
class PeopleKeeper:
    """Keeps the person, their consents, news, needs and roles, and what they did with those."""

    work: Work
    vault: Vault
    tables: ClassVar[frozenset[str]] = frozenset(
        {"people", "consents", "follows", "needs", "roles", "acts"}
    )

    async def held_about(self, person_id: int) -> Held:
        """The person, consents, news, needs and roles, and what they did with those."""
        person = await PeopleStore(self.work).get_by_id(person_id)
        if person is None:
            return {}
        consents = await ConsentStore(self.work).all_of(person_id)
        follows = await FollowStore(self.work).of(person_id)
        sealed = await NeedsStore(self.work).get(person_id)
        needs = await AccessNeeds(self.work, self.vault).needs_of(person_id) if sealed else None
        acts = await Acts(self.work).of(person_id)
        return {
            "person": _plain_person(person),
            "consents": [
                {
                    "purpose": consent.purpose.value,
                    "wording": consent.wording,
                    "language": consent.language,
                    "given": consent.given,
                    "at": consent.at.isoformat(),
                }
                for consent in consents
            ],
            "news_about": {
                "topics": sorted(follows[FollowKind.INTEREST]),
                "boroughs": sorted(follows[FollowKind.BOROUGH]),
                "groups": sorted(follows[FollowKind.GROUP]),
            },
            "needs": _plain_needs(needs) if needs or not sealed else {"unreadable": True},
            "roles": [_plain_role(given) for given in await RoleStore(self.work).of(person_id)],
            "what_you_did_with_your_roles": [
                _plain_act(noted) for noted in acts if noted.actor == person_id
            ],
            "what_others_did_about_your_roles": [
                _plain_act(noted) for noted in acts if noted.actor != person_id
            ],
        }

    async def forget(self, person_id: int, now: datetime) -> None:
        """Erase needs, consents and roles, and the person last: other rows refer to them.

        What they did with roles stays under a number that is nobody's then.
        """
        if await RoleStore(self.work).of(person_id):
            await Acts(self.work).note(person_id, Act.ROLES_LEFT, f"person {person_id}", now)
        await RoleStore(self.work).delete(person_id)
        await NeedsStore(self.work).delete(person_id)
        await FollowStore(self.work).delete(person_id)
        await ConsentStore(self.work).delete(person_id)
        await PeopleStore(self.work).delete(person_id)


class Privacy:
    """Answers /mydata and /delete over all rooms.

    Args:
        people: keeps the person; it forgets last.
        others: the keepers of the other rooms.
    """

    def __init__(self, people: PeopleKeeper, others: Sequence[Keeper]) -> None:
        self._people = people
        self._others = tuple(others)

    async def held_about(self, person_id: int) -> Held:
        """Everything held about a person, ready for JSON.

        Raises:
            PersonNotFound: they were erased.
        """
        held = await self._people.held_about(person_id)
        if not held:
            raise PersonNotFound
        for keeper in self._others:
            held |= await keeper.held_about(person_id)
        return held

    async def erase(self, person_id: int, now: datetime) -> None:
        """Erase everything held about a person; nothing happens if they are gone already.

        After the commit, `Database.tidy` removes what the database's own files still show.
        """
        keepers: tuple[Keeper, ...] = (*self._others, self._people)
        for keeper in keepers:
            await keeper.forget(person_id, now)


def unclaimed(tables: Mapping[str, Iterable[str]], claimed: Collection[str]) -> set[str]:
    """Tables that name a person and that no keeper answers for.

    Args:
        tables: the columns of every table of the database, by its name.
        claimed: the tables of all keepers together.
    """
    personal = {name for name, columns in tables.items() if PERSONAL_COLUMNS & set(columns)}
    return personal - set(claimed)


def _plain_person(person: Person) -> Held:
    return {
        "telegram_id": person.telegram_id,
        "our_number": person.id,
        "language": person.language,
        "borough": person.borough,
        "postcode_first_half": person.outcode,
        "came_from": person.source,
        "messages_stopped_at": person.stopped_at and person.stopped_at.isoformat(),
        "bot_blocked_at": person.blocked_at and person.blocked_at.isoformat(),
        "known_since": person.created_at.isoformat(),
    }


def _plain_needs(needs: Needs | None) -> Held | None:
    if needs is None:
        return None
    return {
        "needs": sorted(needs.keys),
        "interpreter": needs.interpreter,
        "note": needs.note,
        "updated_at": needs.updated_at.isoformat(),
    }


def _plain_role(given: Given) -> Held:
    return {
        "role": given.role.value,
        "borough": given.borough or None,
        "group": given.group and given.group.value,
        "label": given.label or None,
        "given_at": given.at.isoformat(),
    }


def _plain_act(noted: Noted) -> Held:
    return {
        "at": noted.at.isoformat(),
        "act": noted.act.value,
        "to": noted.subject,
        "details": dict(noted.details),
    }
