"""For whom a broadcast is, and whom it reaches, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self

from bot.people.models import Group, Role


class Basis(StrEnum):
    """Why we may write to people, which decides whom we leave out."""

    NEWS = "news"
    """They agreed to news."""
    BOOKING = "booking"
    """They have or had a place at the event that it is about."""
    ROLE = "role"
    """They work with us."""
    CORRECTION = "correction"
    """They got what it corrects."""


class Condition(StrEnum):
    """The conditions that are lists, as attributes of an Audience."""

    BOROUGHS = "boroughs"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    GROUPS = "groups"
    ROLES = "roles"
    BOOKED = "booked"
    ATTENDED = "attended"
    NOT_BOOKED = "not_booked"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a broadcast is for. Nothing chosen: everybody who agreed to news.

    Attributes:
        boroughs: keys; a person lives there or follows it.
        languages: codes.
        interests: keys of what people follow.
        booked: numbers of events that they have a place at.
        attended: numbers of events that they had a place at and that are over.
        got: the number of a broadcast that reached them; 0 for none.
        every: all of these must hold, not just one.
        not_told_for: days without a broadcast, at least; 0: it does not matter.
        not_booked: numbers of events that they have no place at.
    """

    boroughs: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()
    roles: frozenset[Role] = frozenset()
    booked: frozenset[int] = frozenset()
    attended: frozenset[int] = frozenset()
    got: int = 0
    every: bool = True
    not_told_for: int = 0
    not_booked: frozenset[int] = frozenset()

    @property
    def conditions(self) -> int:
        """How many kinds of conditions there are."""
        kinds = (
            self.boroughs,
            self.languages,
            self.interests,
            self.groups,
            self.roles,
            self.booked,
            self.attended,
            self.got,
        )
        return sum(1 for kind in kinds if kind)

    @property
    def basis(self) -> Basis:
        """Why we may write to whoever this holds for."""
        sure = self.every or self.conditions == 1
        if sure and self.got:
            return Basis.CORRECTION
        if sure and (self.booked or self.attended):
            return Basis.BOOKING
        return Basis.ROLE if sure and self.roles else Basis.NEWS

    def toggled(self, kind: str, key: str | int) -> Self:
        """The same with one key of a kind of condition added, or taken away."""
        before: frozenset[Any] = getattr(self, kind)
        changed: dict[str, Any] = {kind: before ^ {_KINDS[Condition(kind)](key)}}
        return replace(self, **changed)

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it; what is not chosen is left out."""
        kept: dict[str, Any] = {
            kind.value: sorted(chosen) for kind in _KINDS if (chosen := getattr(self, kind))
        }
        if self.got:
            kept["got"] = self.got
        if self.not_told_for:
            kept["not_told_for"] = self.not_told_for
        return kept if self.every else kept | {"every": False}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What `plain` made."""
        lists: dict[str, Any] = {
            kind.value: frozenset(make(key) for key in kept.get(kind, ()))
            for kind, make in _KINDS.items()
        }
        return cls(
            **lists,
            got=kept.get("got", 0),
            every=kept.get("every", True),
            not_told_for=kept.get("not_told_for", 0),
        )


_KINDS: Final[Mapping[Condition, type]] = {
    Condition.BOROUGHS: str,
    Condition.LANGUAGES: str,
    Condition.INTERESTS: str,
    Condition.GROUPS: Group,
    Condition.ROLES: Role,
    Condition.BOOKED: int,
    Condition.ATTENDED: int,
    Condition.NOT_BOOKED: int,
}
"""What stands in the list of each condition."""


@dataclass(frozen=True, slots=True)
class Part:
    """How many people of one language in one borough a broadcast would reach, or why not.

    Attributes:
        reason: why they are left out, as in delivery.models.Reason; "" where they are not.
    """

    language: str
    borough: str
    reason: str
    people: int


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a broadcast would reach now."""

    parts: tuple[Part, ...]

    @property
    def people(self) -> int:
        """How many would get it."""
        return sum(part.people for part in self.parts if not part.reason)

    def by(self, what: str) -> dict[str, int]:
        """How many would get it, by "language" or "borough", the largest number first."""
        found: dict[str, int] = {}
        for part in self.parts:
            if not part.reason:
                key = getattr(part, what)
                found[key] = found.get(key, 0) + part.people
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    @property
    def left_out(self) -> dict[str, int]:
        """How many would not get it although the audience fits, by why."""
        found: dict[str, int] = {}
        for part in self.parts:
            if part.reason:
                found[part.reason] = found.get(part.reason, 0) + part.people
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
