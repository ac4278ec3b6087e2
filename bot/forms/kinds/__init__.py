"""How each kind of question reads an answer. The registry is closed: a form cannot add to it.

Only a custom question brings its own reader (`bot.forms.definition.Reader`). Rooms: `reading`
(what it means to read), then by what is read: `choosing`, `counting`, `telling`, `dating`,
`sending`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.forms.definition import Kind
from bot.forms.kinds.choosing import Acknowledge, ChooseMany, ChooseOne, Confirm, Rank
from bot.forms.kinds.counting import Decimal, Number, Range
from bot.forms.kinds.dating import Date, DateTime, Time
from bot.forms.kinds.reading import Blank, Marked, Put, Read, Reading, Reads
from bot.forms.kinds.sending import File, Place
from bot.forms.kinds.telling import Custom, Text

__all__ = ["KINDS", "Blank", "Marked", "Put", "Read", "Reading", "Reads"]

KINDS: Final[Mapping[Kind, Reads]] = MappingProxyType(
    {
        Kind.CHOOSE_ONE: ChooseOne(),
        Kind.CHOOSE_MANY: ChooseMany(),
        Kind.RANK: Rank(),
        Kind.CONFIRM: Confirm(),
        Kind.ACKNOWLEDGE: Acknowledge(),
        Kind.TEXT: Text(),
        Kind.NUMBER: Number(),
        Kind.DECIMAL: Decimal(),
        Kind.RANGE: Range(),
        Kind.DATE: Date(),
        Kind.TIME: Time(),
        Kind.DATETIME: DateTime(),
        Kind.PLACE: Place(),
        Kind.FILE: File(),
        Kind.CUSTOM: Custom(),
    }
)
"""Every kind of question that is answered; a note is only read."""
