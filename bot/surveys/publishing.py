"""How a survey is published: what its author is asked, as a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import ClosingDatePast
from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.inputs import Refusal
from bot.forms.values import Answers, Record, Value
from bot.surveys.models import Audience

TITLE: Final = "title"
"""How the questions for the title begin, one for each language; the language's place follows."""
AUDIENCE, CLOSES = "audience", "closes"
NAME: Final = "publish"
"""What interviews remember the form by."""
MOST_TITLES: Final = 12
"""Languages of which the title can be changed in the chat; those of the others stay."""
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


def form_for(languages: Sequence[str]) -> Form:
    """What is asked before a survey is published that is complete in these languages."""
    titles = range(max(1, min(len(languages), MOST_TITLES)))
    return Form(
        name=NAME,
        version="2",
        questions=(
            *(
                Question(
                    f"{TITLE}{place}", Kind.TEXT, label=TITLE, required=True, maximum=TITLE_LENGTH
                )
                for place in titles
            ),
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


def language_of(name: str, languages: Sequence[str]) -> str | None:
    """The code of the language for whose title a question asks; None: it asks something else."""
    if not name.startswith(TITLE):
        return None
    return languages[int(name.removeprefix(TITLE))] if languages else ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an author wants a survey to be published.

    Attributes:
        titles: by the code of the language, as they are or as the author wrote them.
        closes_on: the last day on which it can be taken; None: it stays open.
    """

    titles: Mapping[str, str]
    audience: Audience
    closes_on: date | None

    @classmethod
    def of(cls, record: Record, languages: Sequence[str]) -> "Wishes":
        """What the finished form says about a survey in these languages."""
        closes = record.get(CLOSES)
        titles = {
            language: str(value)
            for name, value in record.items()
            if (language := language_of(name, languages)) is not None
        }
        return cls(
            titles,
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
    titles: Sequence[str],
    now: datetime,
    zone: ZoneInfo,
    audience: Audience | None = None,
    closes_at: datetime | None = None,
) -> Mapping[str, Value]:
    """What is known, as answers to begin the form with; titles in the order of the languages."""
    known: dict[str, Value] = {
        f"{TITLE}{place}": title for place, title in enumerate(titles[:MOST_TITLES])
    }
    known[TODAY] = now.astimezone(zone).date().isoformat()
    if audience is not None:
        known[AUDIENCE] = audience.value
    if closes_at is not None and closes_at > now:
        known[CLOSES] = last_day(closes_at, zone).isoformat()
    return known
