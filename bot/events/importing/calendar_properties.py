"""Properties of calendar components, whichever of their many types the library gives them."""

from datetime import UTC, date, datetime, time
from typing import Any

from icalendar import Component
from icalendar.prop import vBroken, vDDDTypes

from bot.clock import LONDON


def values_of(component: Component, name: str) -> list[Any]:
    """Every value of a property that could be read, in the file's order."""
    value: Any = component.get(name)
    values = value if isinstance(value, list) else [value]
    return [each for each in values if each is not None and not isinstance(each, vBroken)]


def text_of(component: Component, name: str) -> str:
    """A property as text, the first where there are several; "" where there is none."""
    return next((str(value) for value in values_of(component, name)), "").strip()


def number_of(component: Component, name: str) -> int:
    """A whole number; 0 where there is none."""
    return next((int(value) for value in values_of(component, name)), 0)


def time_of(component: Component, name: str) -> date | None:
    """A day or a moment, or None where there is none."""
    value = next(iter(values_of(component, name)), None)
    if isinstance(value, vDDDTypes) and isinstance(value.dt, date):
        return value.dt
    return None


def start_of(component: Component) -> date:
    """When it starts; call it only for components that say so."""
    start = time_of(component, "DTSTART")
    if start is None:
        raise ValueError("DTSTART is missing")
    return start


def moment_of(moment: date) -> datetime:
    """A moment in UTC; a day is its midnight in London, as is the zone where none is named."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), LONDON)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(UTC)


def broken_of(component: Component) -> list[str]:
    """Names of properties that cannot be read; "" stands for a whole line."""
    return [name or "" for name, _ in component.errors]
