"""How a survey is published: what its author is asked, as a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import ClosingDatePast
from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.inputs import Refusal
from bot.forms.values import Answers, Record, Value
from bot.surveys.models import Audience

TITLE, AUDIENCE, CLOSES = "title", "audience", "closes"
TODAY: Final = "today"
"""The day on which it was begun: a fact, so that the same answers always mean the same."""
TITLE_LENGTH: Final = 80  # characters; it stands on a button
PAST, FAR = "past", "far"
"""Why a closing date is not taken."""
LONGEST: Final = timedelta(days=3 * 366)
"""How far ahead a closing date can be; what is farther is most likely a slip."""


def _in_reach(value: Value, answers: Answers) -> Refusal | None:
    day = date.fromisoformat(str(value))
    today = date.fromisoformat(str(answers[TODAY]))
    if day < today:
        return Refusal(PAST)
    return Refusal(FAR) if day - today > LONGEST else None


FORM = Form(
    name="publish",
    version="1",
    questions=(
        Question(TITLE, Kind.TEXT, label=TITLE, required=True, maximum=TITLE_LENGTH),
        Question(
            AUDIENCE,
            Kind.CHOOSE_ONE,
            label=AUDIENCE,
            required=True,
            choices=tuple(Choice(each.value, label=each.value) for each in Audience),
        ),
        Question(CLOSES, Kind.DATE, label=CLOSES, constraint=_in_reach),
    ),
    facts=frozenset({TODAY}),
    review=lambda _: True,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an author wants a survey to be published.

    Attributes:
        title: as they wrote it, in the language in which they talk to the bot.
        closes_on: the last day on which it can be taken; None: it stays open.
    """

    title: str
    audience: Audience
    closes_on: date | None

    @classmethod
    def of(cls, record: Record) -> "Wishes":
        """What the finished form says."""
        closes = record.get(CLOSES)
        return cls(
            str(record[TITLE]),
            Audience(str(record[AUDIENCE])),
            date.fromisoformat(str(closes)) if closes else None,
        )

    def closes_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The end of the last day.

        Raises:
            ClosingDatePast: that is over.
        """
        if self.closes_on is None:
            return None
        closes_at = datetime.combine(self.closes_on + timedelta(days=1), time(), zone)
        if closes_at <= now:
            raise ClosingDatePast
        return closes_at


def last_day(closes_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which a survey can be taken that closes then."""
    return (closes_at.astimezone(zone) - timedelta(microseconds=1)).date()


def known_as_answers(
    title: str,
    now: datetime,
    zone: ZoneInfo,
    audience: Audience | None = None,
    closes_at: datetime | None = None,
) -> Mapping[str, Value]:
    """What is known, as answers to begin the form with."""
    known: dict[str, Value] = {TITLE: title, TODAY: now.astimezone(zone).date().isoformat()}
    if audience is not None:
        known[AUDIENCE] = audience.value
    if closes_at is not None and closes_at > now:
        known[CLOSES] = last_day(closes_at, zone).isoformat()
    return known
