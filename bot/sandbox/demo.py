"""What the demo command tells the chat page: whom to show, hints, its own buttons."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

Due: TypeAlias = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Control:
    """A button of the demo.

    Attributes:
        id: its name in addresses.
        label: what the button says.
        run: does it, and says in a sentence what happened; may be asynchronous.
    """

    id: str
    label: str
    run: Callable[[], str | Awaitable[str]]


@dataclass(slots=True)
class Demo:
    """The page's own settings; change them at any time.

    Attributes:
        title: the page's heading.
        people: ids of the people to show first.
        hints: things to try, for newcomers.
        controls: buttons of the demo.
        next_due: the next moment something is due and what it is; None: nothing is. May be
            asynchronous.
        nothing_due: what to say where nothing is due, and what to do about it.
    """

    title: str = "Practice chat"
    people: list[int] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    next_due: Callable[[], Due | Awaitable[Due | None] | None] | None = None
    nothing_due: str = "No message is ahead."

    def settings(self) -> dict[str, Any]:
        """What the page reads."""
        return {
            "title": self.title,
            "people": self.people,
            "hints": self.hints,
            "controls": [{"id": one.id, "label": one.label} for one in self.controls],
        }

    async def press(self, control_id: str) -> str | None:
        """Press a button of the demo; None: there is no such button."""
        control = next((one for one in self.controls if one.id == control_id), None)
        if control is None:
            return None
        said = control.run()
        return await said if inspect.isawaitable(said) else said

    async def next(self) -> dict[str, Any]:
        """The next moment something is due, for "Go to the next message"."""
        found = self.next_due() if self.next_due is not None else None
        if inspect.isawaitable(found):
            found = await found
        if found is None:
            return {"at": None, "label": self.nothing_due}
        moment, label = found
        return {"at": moment.isoformat(), "label": label}
