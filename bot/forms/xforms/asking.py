"""Questions of an XForm, with their words in one language, as the engine and views know them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from typing_extensions import override

from bot.forms.definition import NEARLY, ROUGHLY, Kind, Question
from bot.forms.xforms.model import Bind, Control, Tag, Text

LONG_RANGE: Final = 11
"""Steps up to which a range is offered as choices; a longer one is typed."""

_OF_INPUT: Final[Mapping[str, Kind]] = {
    "int": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATETIME,
    "geopoint": Kind.PLACE,
}
_OF_TAG: Final[Mapping[Tag, Kind]] = {
    Tag.ONE: Kind.CHOOSE_ONE,
    Tag.MANY: Kind.CHOOSE_MANY,
    Tag.RANK: Kind.RANK,
    Tag.RANGE: Kind.RANGE,
    Tag.UPLOAD: Kind.FILE,
    Tag.TRIGGER: Kind.ACKNOWLEDGE,
}


@dataclass(frozen=True, slots=True)
class Asking(Question):
    """A question, or a note, of an XForm: its words stand in it, in the language of the step.

    Words may hold the little Markdown that XLSForm knows; values put between are escaped for it.

    Attributes:
        path: the node that is asked for.
        guidance: what helps further; "" for nothing.
        headings: of the groups it is in, the outermost first.
        shows: what is shown or played with it: "image", "audio" or "video" -> name of a file.
        another: whether it asks for one more repetition; its label is the repeat's heading.
    """

    path: str = ""
    guidance: str = ""
    headings: tuple[str, ...] = ()
    shows: Mapping[str, str] = field(default_factory=dict)
    another: bool = False

    @override
    def __post_init__(self) -> None:
        """Takes everything: the rules for forms declared in Python are not those of XForms."""


def kind_of(control: Control, bind: Bind) -> Kind:
    """How a control is answered."""
    if control.tag is Tag.INPUT:
        return _OF_INPUT.get(bind.kind, Kind.TEXT)
    return _OF_TAG[control.tag]


def bounds_of(control: Control) -> tuple[Decimal, Decimal, Decimal] | None:
    """From where to where a range goes, and in which steps; None where there is no range."""
    if control.bounds is None:
        return None
    start, end = Decimal(control.bounds.start), Decimal(control.bounds.end)
    return min(start, end), max(start, end), abs(Decimal(control.bounds.step or "1"))


def within_of(control: Control, bind: Bind) -> int | None:
    """To how many metres a place is kept: as the form asks for, but never exactly."""
    if kind_of(control, bind) is not Kind.PLACE:
        return None
    asked = control.accuracy
    return NEARLY if asked is not None and asked < ROUGHLY else ROUGHLY


def language_of(text: Text, wanted: str, default: str) -> str:
    """The language in which a text is shown: the wanted one, or one that it has."""
    if wanted in text.pieces:
        return wanted
    return default if default in text.pieces else next(iter(text.pieces), "")
