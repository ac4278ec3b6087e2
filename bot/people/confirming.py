"""A button that erases things must mean it: this person, and now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import to_micros
from bot.people.models import Person

VALID_FOR = timedelta(hours=1)
"""After this an old button asks again: somebody may find it by scrolling up, weeks later."""
_SECOND = 1_000_000


def confirmation(person: Person, now: datetime) -> tuple[int, int]:
    """What the button carries: who was asked, and when, in seconds since 1970."""
    return person.id, to_micros(now) // _SECOND


def confirms(carried: Sequence[object], person: Person, now: datetime) -> bool:
    """Whether a pressed button belongs to this person, and was shown a short while ago.

    Somebody who deleted everything and came back is another person. Of a stranger there is
    nothing to erase that they could miss, so a second tap on the same button is a yes too.
    """
    if person.language is None:
        return True
    if len(carried) < len(confirmation(person, now)):
        return False
    asked, at, *_ = carried
    if asked != person.id or not isinstance(at, int):
        return False
    # A database may give the number of an erased person to the next one.
    earliest = max(person.created_at, now - VALID_FOR)
    return to_micros(earliest) // _SECOND <= at <= to_micros(now) // _SECOND
