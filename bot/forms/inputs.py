"""What a person can say to a question, and why it may not be taken."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.clock import LONDON
from bot.forms.values import Value

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # databases refuse some


def cleaned(text: str) -> str:
    """The text composed (NFC), trimmed, with line feeds and without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()


@dataclass(frozen=True, slots=True)
class Typed:
    """The person typed something.

    Attributes:
        text: as it was typed.
        labels: choice key -> the label the person sees, in their language; a choice is also
            found by its number and its key where labels are missing.
        language: code of the person's language, as in `bot.i18n.languages`: names of months,
            signs in numbers. English is always understood, too.
        today: the day it is where the person is; without it "tomorrow" and two-digit years
            cannot be read.
        zone: of the times the person means.
    """

    text: str
    labels: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    today: date | None = None
    zone: ZoneInfo = LONDON

    @property
    def clean(self) -> str:
        """The text composed (NFC), trimmed, with line feeds and without control characters."""
        return cleaned(self.text)


@dataclass(frozen=True, slots=True)
class Picked:
    """The person chose this choice, by its key, and means it as the answer."""

    choice: str


@dataclass(frozen=True, slots=True)
class Toggled:
    """The person ticked this choice, or took its tick away."""

    choice: str


@dataclass(frozen=True, slots=True)
class Done:
    """The person has ticked all they want."""


@dataclass(frozen=True, slots=True)
class Located:
    """The person shared a location.

    Attributes:
        latitude: degrees north.
        longitude: degrees east.
        accuracy: metres around it; None where Telegram does not say.
    """

    latitude: float
    longitude: float
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The person sent a file.

    Attributes:
        kind: what it was sent as: "image", "audio" (also a voice message), "video" or "file".
        file_id: Telegram's handle to fetch it by.
        name: the file's name on the person's device, or "".
        mime: its media type, or "".
        size: bytes; None where Telegram does not say.
    """

    kind: str
    file_id: str
    name: str = ""
    mime: str = ""
    size: int | None = None


Raw: TypeAlias = Typed | Picked | Toggled | Done | Located | Sent
"""Anything a person can say to a question."""


class Reason(StrEnum):
    """Why something was not taken. A custom reader and a constraint may give reasons of their own.

    Details that come with a reason are named beside it, and nothing else is ever among them;
    `minimum` and `maximum` come both, as far as the question has them.
    """

    NOT_AN_ANSWER = "not_an_answer"  # this question is answered in another way
    NOT_OFFERED = "not_offered"  # no choice is called that
    SEVERAL_MEANT = "several_meant"  # `number` choices are called that, more than one
    EMPTY = "empty"  # nothing readable was typed
    TOO_LONG = "too_long"  # more than `maximum` characters
    NOT_A_NUMBER = "not_a_number"  # no number; for Kind.NUMBER no whole number
    AMBIGUOUS_NUMBER = "ambiguous_number"  # "1,234": thousands in one country, a fraction in others
    TOO_SMALL = "too_small"  # below `minimum`, perhaps with a `maximum`
    TOO_LARGE = "too_large"  # above `maximum`, perhaps with a `minimum`
    NOT_A_STEP = "not_a_step"  # not on the scale from `minimum` to `maximum` by `step`
    TOO_MANY = "too_many"  # more than `maximum` ticks
    ONLY_ALONE = "only_alone"  # "none of these" together with another choice
    NOTHING_TICKED = "nothing_ticked"  # Done, but the question needs a tick
    NOT_ALL_RANKED = "not_all_ranked"  # Done, but `missing` choices have no place in the order
    NAMED_TWICE = "named_twice"  # a choice stands twice in a typed order
    NOT_A_DATE = "not_a_date"  # no date, or none that can be read
    DAY_MISSING = "day_missing"  # "March 2026", where a day is asked for
    MONTH_MISSING = "month_missing"  # "2026", where a month or a day is asked for
    YEAR_MISSING = "year_missing"  # "29 March", and more than one year is possible
    YEAR_UNCLEAR = "year_unclear"  # "29/3/35": four digits are needed
    AMBIGUOUS_DATE = "ambiguous_date"  # it can be read as more than one date: "Friday"
    IMPOSSIBLE_DATE = "impossible_date"  # 30 February
    WRONG_WEEKDAY = "wrong_weekday"  # "Monday 29 March 2026", which is a Sunday
    OTHER_CALENDAR = "other_calendar"  # a year or month of the Islamic, Ethiopian, … calendar
    NOT_A_TIME = "not_a_time"  # no time of day, or none that can be read
    AMBIGUOUS_TIME = "ambiguous_time"  # "5": in the morning or the evening?
    IMPOSSIBLE_TIME = "impossible_time"  # 25:00; or an hour that the clocks skip in spring
    TIME_MISSING = "time_missing"  # a date alone, where a time is asked for as well
    DATE_MISSING = "date_missing"  # a time alone, where a date is asked for as well
    NOT_A_PLACE = "not_a_place"  # no latitude and longitude
    NO_SUCH_PLACE = "no_such_place"  # a latitude beyond 90 degrees, a longitude beyond 180
    OTHER_FILE = "other_file"  # another kind of file than the `media` asked for
    FILE_TOO_LARGE = "file_too_large"  # more than `maximum` megabytes: a bot cannot fetch it
    CONSTRAINT = "constraint"  # it breaks a rule of the form; `message` is the form's own, if any
    REQUIRED = "required"  # the question cannot be skipped
    NOTHING_BEFORE = "nothing_before"  # back from the first question
    UNANSWERED = "unanswered"  # there is no answer to keep


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer was not taken.

    Attributes:
        reason: a key the view has words for: one of Reason, or the form's own.
        details: what the words need, such as `maximum`; never the answer itself, so that a
            refusal may be logged.
    """

    reason: str
    details: Mapping[str, Value] = field(default_factory=dict)
