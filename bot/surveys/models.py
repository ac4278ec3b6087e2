"""Surveys as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.people.models import Role

PREFIX = "survey:"
"""How the name begins by which interviews remember a survey; its number follows."""


class Audience(StrEnum):
    """Who is asked."""

    EVERYONE = "everyone"
    VOLUNTEERS = "volunteers"
    """Whoever has any role."""
    STEERING = "steering"


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey that was published.

    Attributes:
        name: the form_id of its form.
        title: as the form says, by language code, as far as it is translated.
        languages: codes of the languages in which it is complete, those of the form first.
        unreviewed: codes of those whose translation nobody has checked.
        version: which number of its versions whoever begins now gets, from 1.
        questions: how many questions its form has in all.
        closes_at: from when on nobody can begin or go on; None: it stays open.
        retyped: the titles that were typed in the chat, by language code: the form's own that
            each took the place of, and itself.
        changed_by: who published or closed it last; None: from the command line, or they are gone.
        changed_at: when that was.
    """

    id: int
    name: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    unreviewed: tuple[str, ...]
    audience: Audience
    version: int
    questions: int
    opens_at: datetime
    closes_at: datetime | None
    retyped: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    changed_by: int | None = None
    changed_at: datetime | None = None

    @property
    def form(self) -> str:
        """The name by which interviews remember it."""
        return f"{PREFIX}{self.id}"

    def titles_for(self, own: Mapping[str, str]) -> Mapping[str, str]:
        """The titles typed in the chat that hold for a further version, too.

        Args:
            own: the titles of its form; where that has changed, the form's counts.
        """
        return {code: typed for code, (was, typed) in self.retyped.items() if own.get(code) == was}

    def is_open(self, now: datetime) -> bool:
        """Whether it can be taken."""
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)

    def is_for(self, roles: frozenset[Role]) -> bool:
        """Whether somebody with these roles is asked."""
        match self.audience:
            case Audience.EVERYONE:
                return True
            case Audience.VOLUNTEERS:
                return bool(roles)
            case Audience.STEERING:
                return Role.STEERING in roles


@dataclass(frozen=True, slots=True)
class Source:
    """What a version of a survey is made of, as it was published.

    Attributes:
        xform: as pyxform writes it.
        lists: name -> text of the .csv files that it looks into.
        files: name -> digest of the pictures, sounds and videos that it shows.
    """

    xform: str
    lists: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    """What a finished interview left.

    Attributes:
        version: of the survey.
        record: in XForm terms, as JSON.
    """

    version: int
    record: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a survey's form, with what is read off it.

    Attributes:
        digest: of the source: the same source has the same.
    """

    title: Mapping[str, str]
    languages: tuple[str, ...]
    unreviewed: tuple[str, ...]
    questions: int
    source: Source
    digest: str
