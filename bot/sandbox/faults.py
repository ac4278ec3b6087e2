"""Trouble on demand."""

import itertools
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.sandbox.refusal import RefusedError, too_many_requests

Kind = Literal["429", "5xx", "refuse", "slow", "drop", "drop_after"]


@dataclass(slots=True)
class Fault:
    """What goes wrong, for which calls and how often.

    Attributes:
        kind: "429", "5xx", "refuse" (say no in words of your own), "slow" (answer late), "drop"
            (close the connection before the call takes effect), "drop_after" (close it after the
            call took effect).
        method: only calls of this method; None: of every method.
        chat_id: only calls that name this chat; None: all.
        retry_after: seconds, for "429".
        seconds: for "slow".
        status: for "5xx".
        error_code, description, parameters: for "refuse", as they stand in Telegram's answer.
        times: how many calls it strikes; None: until it is removed.
    """

    id: int
    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    retry_after: int = 1
    seconds: float = 1.0
    status: int = 502
    error_code: int = 400
    description: str = "Bad Request"
    parameters: dict[str, int] | None = None
    times: int | None = 1

    def error(self) -> RefusedError | None:
        """What the bot hears at once, if the fault is a refusal."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind == "5xx":
            text = "Internal Server Error" if self.status == 500 else "Bad Gateway"  # noqa: PLR2004 -- HTTP
            return RefusedError(self.status, text)
        if self.kind == "refuse":
            return RefusedError(self.error_code, self.description, self.parameters)
        return None


class Faults:
    """The faults in force, oldest first."""

    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._numbers = itertools.count(1)

    def __bool__(self) -> bool:
        return bool(self._faults)

    def add(self, kind: Kind, **about: Any) -> Fault:
        """Put a fault in force; the arguments are the fields of `Fault`."""
        fault = Fault(next(self._numbers), kind, **about)
        self._faults[fault.id] = fault
        return fault

    def remove(self, number: int | None = None) -> bool:
        """Take away one fault, or all. False: there was none of that number."""
        if number is not None:
            return self._faults.pop(number, None) is not None
        self._faults.clear()
        return True

    def all(self) -> list[dict[str, Any]]:
        """The faults in force."""
        return [asdict(fault) for fault in self._faults.values()]

    def strike(self, method: str, chat_id: object) -> Fault | None:
        """The fault that a call meets, counted down."""
        for fault in self._faults.values():
            if fault.method is not None and fault.method.lower() != method.lower():
                continue
            if fault.chat_id is not None and str(fault.chat_id) != str(chat_id):
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    del self._faults[fault.id]
            return fault
        return None
