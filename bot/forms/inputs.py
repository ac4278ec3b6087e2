"""What a person can say to a question, and why it may not be taken."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.forms.values import Value

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # databases refuse some


@dataclass(frozen=True, slots=True)
class Typed:
    """The person typed something.

    Attributes:
        text: as it was typed.
        labels: choice key -> the label the person sees, in their language; a choice is also
            found by its number and its key where labels are missing.
    """

    text: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def clean(self) -> str:
        """The text composed (NFC), trimmed, with line feeds and without control characters."""
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()


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


Raw: TypeAlias = Typed | Picked | Toggled | Done
"""Anything a person can say to a question."""


class Reason(StrEnum):
    """Why something was not taken. A custom reader and a constraint may give reasons of their own.

    Details that come with a reason: `maximum` or `minimum` where a limit was passed.
    """

    NOT_AN_ANSWER = "not_an_answer"  # this question is answered in another way
    NOT_OFFERED = "not_offered"  # no choice is called that
    SEVERAL_MEANT = "several_meant"  # more than one choice is called that
    EMPTY = "empty"  # nothing readable was typed
    TOO_LONG = "too_long"  # more than `maximum` characters
    NOT_A_NUMBER = "not_a_number"  # no whole number
    TOO_SMALL = "too_small"  # below `minimum`
    TOO_LARGE = "too_large"  # above `maximum`
    TOO_MANY = "too_many"  # more than `maximum` ticks
    ONLY_ALONE = "only_alone"  # "none of these" together with another choice
    NOTHING_TICKED = "nothing_ticked"  # Done, but the question needs a tick
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
