"""Values between two worlds: as answers (JSON) and as an XForm's instance holds them (text)."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from bot.forms.definition import Kind
from bot.forms.values import INTEGER_LIMIT, Value

_DIGITS = 20  # a number of more digits is beyond 64 bits
TICKED = frozenset({Kind.CHOOSE_MANY, Kind.RANK})


def as_text(value: Value) -> str:  # noqa: PLR0911 -- one for each kind of value
    """What the instance holds for an answer; an empty text for None."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)).normalize(), "f")
        case Mapping():
            return str(value.get("name", ""))
        case _:
            return " ".join(map(str, value))


def as_value(text: str, kind: Kind) -> Value:
    """The answer that a text of the instance stands for; None where it stands for none."""
    text = text.strip()
    if not text:
        return None
    if kind in TICKED:
        return tuple(text.split())
    if kind in {Kind.NUMBER, Kind.DECIMAL, Kind.RANGE}:
        return _number(text, whole=kind is Kind.NUMBER)
    return None if kind is Kind.FILE else text


def _number(text: str, *, whole: bool) -> Value:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() >= _DIGITS or abs(number) >= INTEGER_LIMIT:
        return None  # no answer can hold it
    if number == number.to_integral_value():
        return int(number)
    return None if whole else float(number)
