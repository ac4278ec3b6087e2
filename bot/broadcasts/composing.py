"""What a volunteer types for a broadcast, one part at a time, as a form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.broadcasts import drafting
from bot.broadcasts.checking import is_address
from bot.broadcasts.models import Broadcast, Link, LinkKind, Repeats
from bot.forms.definition import Choice, Form, Kind, Question, Rule
from bot.forms.inputs import Refusal
from bot.forms.values import Answers, Record, Value

PART, NOW = "part", "now"
TEXT, MEDIA, LINK, WHEN, URGENT = "text", "media", "link", "when", "urgent"
"""The parts that are typed or sent."""
BACK = "back"
"""What a second person types who asks for a change: no part of it."""
WORDS, FILES, ADDRESS, LABEL, MOMENT, REPEATS, REASON, REMARK = (
    "words",
    "files",
    "address",
    "label",
    "moment",
    "repeats",
    "reason",
    "remark",
)
LONGEST: Final = 8000  # characters of a text with its tags; what is seen is measured elsewhere
ON_A_BUTTON: Final = 40  # characters
LONGEST_REASON: Final = 300  # characters
LONGEST_REMARK: Final = 1000  # characters
NO_ADDRESS, OVER = "no_address", "over"
"""Why an address or a moment is not taken."""


def _part(name: str) -> Rule:
    return lambda answers: answers[PART] == name


def _an_address(value: Value, answers: Answers) -> Refusal | None:
    del answers
    return None if is_address(str(value)) else Refusal(NO_ADDRESS)


def _to_come(value: Value, answers: Answers) -> Refusal | None:
    begun = datetime.fromisoformat(str(answers[NOW]))
    return None if datetime.fromisoformat(str(value)) > begun else Refusal(OVER)


FORM: Final = Form(
    name="broadcast",
    version="1",
    questions=(
        Question(
            WORDS, Kind.TEXT, label=WORDS, required=True, maximum=LONGEST, relevant=_part(TEXT)
        ),
        Question(FILES, Kind.FILE, label=FILES, media="file", relevant=_part(MEDIA)),
        Question(
            ADDRESS,
            Kind.TEXT,
            label=ADDRESS,
            required=True,
            constraint=_an_address,
            relevant=_part(LINK),
        ),
        Question(
            LABEL,
            Kind.TEXT,
            label=LABEL,
            required=True,
            maximum=ON_A_BUTTON,
            relevant=_part(LINK),
        ),
        Question(
            MOMENT,
            Kind.DATETIME,
            label=MOMENT,
            required=True,
            constraint=_to_come,
            relevant=_part(WHEN),
        ),
        Question(
            REPEATS,
            Kind.CHOOSE_ONE,
            label=REPEATS,
            required=True,
            choices=tuple(Choice(each.name.lower(), label=each.name) for each in Repeats),
            relevant=_part(WHEN),
        ),
        Question(
            REASON,
            Kind.TEXT,
            label=REASON,
            required=True,
            maximum=LONGEST_REASON,
            relevant=_part(URGENT),
        ),
        Question(
            REMARK,
            Kind.TEXT,
            label=REMARK,
            required=True,
            maximum=LONGEST_REMARK,
            relevant=_part(BACK),
        ),
    ),
    facts=frozenset({PART, NOW}),
    review=lambda _: False,
)


def known(part: str, now: datetime) -> Mapping[str, Value]:
    """What is known when a volunteer begins with a part."""
    return {PART: part, NOW: now.isoformat()}


def applied(broadcast: Broadcast, record: Record) -> Broadcast:
    """The broadcast with what was typed; a text is kept by `Drafts.write`."""
    if ADDRESS in record:
        link = Link(LinkKind.WEB, str(record[ADDRESS]), str(record[LABEL]))
        return drafting.with_link(broadcast, link)
    if MOMENT in record:
        moment = datetime.fromisoformat(str(record[MOMENT]))
        repeats = Repeats[str(record[REPEATS]).upper()]
        return drafting.at(broadcast, moment, repeats)
    return replace(broadcast, urgent=str(record[REASON]))
