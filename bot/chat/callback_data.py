"""Taps as Telegram's `callback_data`: at most 64 bytes, and only a hint.

Whoever presses an old button, or forges one, gets no further than a tap that names things by
number: rights and state are looked up again each time.
"""

from bot.message import Tap, as_number

LIMIT = 64  # bytes, the Bot API's own limit
_SEPARATOR = ":"


def write(tap: Tap) -> str:
    """A tap as callback data, such as "book:12:4".

    Raises:
        ValueError: longer than 64 bytes, or an argument holds a colon.
    """
    parts = [tap.verb, *(str(arg) for arg in tap.args)]
    if any(_SEPARATOR in part for part in parts):
        raise ValueError(f"a colon in the arguments of {tap.verb!r}")
    data = _SEPARATOR.join(parts)
    if len(data.encode()) > LIMIT:
        raise ValueError(f"the button {tap.verb!r} says more than {LIMIT} bytes")
    return data


def read(data: str) -> Tap:
    """The tap that callback data stands for; numbers come back as numbers."""
    verb, *args = data.split(_SEPARATOR)
    numbers = map(as_number, args)
    return Tap(
        verb,
        tuple(arg if number is None else number for arg, number in zip(args, numbers, strict=True)),
    )
