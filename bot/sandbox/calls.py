"""A call of the Bot API: what was asked, with every parameter read by its kind."""

import math
import re
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

import orjson

from bot.sandbox.files import Upload
from bot.sandbox.refusal import bad_request, own_rule
from bot.sandbox.world import Bot, World

Kind: TypeAlias = Callable[[str, Any], Any]

_YES: Final = frozenset({"true", "1", "yes"})
_NO: Final = frozenset({"false", "0", "no", ""})
_NUMBER: Final = re.compile("-?[0-9]{1,18}")
_ATTACHED: Final = "attach://"
_HIDDEN: Final = frozenset({"secret_token"})


@dataclass(slots=True)
class Call:
    """One call. `args` holds the parameters that were given, read by their kinds."""

    world: World
    bot: Bot
    args: dict[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or `default` when it was not given."""
        return self.args.get(name, default)


@dataclass(frozen=True, slots=True)
class Described:
    """A result with words of its own beside it, as setWebhook gives."""

    result: Any
    description: str


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API.

    Attributes:
        run: does it; returns what goes into "result".
        parameters: every parameter there is, with its kind; any other is refused.
    """

    run: Callable[[Call], Any] | Callable[[Call], Awaitable[Any]]
    parameters: Mapping[str, Kind]


def string(name: str, given: Any) -> str:
    """A text; numbers are taken as they are written."""
    if isinstance(given, str):
        return given
    if isinstance(given, int | float) and not isinstance(given, bool):
        return str(given)
    raise own_rule(f'parameter "{name}" must be a string')


def integer(name: str, given: Any) -> int:
    """A whole number."""
    if type(given) is int:
        return given
    if not isinstance(given, str) or not _NUMBER.fullmatch(given):
        raise own_rule(f'parameter "{name}" must be a whole number')
    return int(given)


def number(name: str, given: Any) -> float:
    """A number."""
    try:
        value = float(given)
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise own_rule(f'parameter "{name}" must be a number')
    return value


def boolean(name: str, given: Any) -> bool:
    """Yes or no."""
    if isinstance(given, bool):
        return given
    word = str(given).lower()
    if word not in _YES | _NO:
        raise own_rule(f'parameter "{name}" must be true or false')
    return word in _YES


def chat(name: str, given: Any) -> int | str:
    """A chat: its number, or an @name."""
    if type(given) is int:
        return given
    text = string(name, given)
    return int(text) if _NUMBER.fullmatch(text) else text


def parsed(what: str) -> Kind:
    """A nested object or list, which forms carry as JSON text.

    Args:
        what: how Telegram names it when it can't be read.
    """

    def read(_name: str, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if not given.strip():
            return None
        try:
            return orjson.loads(given)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {what} JSON object") from None

    return read


def listing(name: str, given: Any) -> list[Any]:
    """A list, or its JSON text."""
    value = parsed(name.replace("_", " "))(name, given)
    if not isinstance(value, list):
        raise bad_request(f'can\'t parse "{name}": expected an Array')
    return value


def read_parameters(
    name: str, method: Method, given: Mapping[str, Any], uploads: Mapping[str, Upload]
) -> dict[str, Any]:
    """Read every parameter by its kind.

    Raises:
        RefusedError: one is unknown to the method or not of its kind.
    """
    args = {}
    for parameter, value in given.items():
        kind = method.parameters.get(parameter)
        if kind is None:
            raise own_rule(f'unknown parameter "{parameter}" of {name}')
        if value is not None:
            args[parameter] = kind(parameter, value)
    for part in uploads:
        if part not in method.parameters and not _is_attached(part, given):
            raise own_rule(f'unknown file "{part}" of {name}')
    return args


def _is_attached(part: str, given: Mapping[str, Any]) -> bool:
    return any(f"{_ATTACHED}{part}" in str(value) for value in given.values())


def upload_of(call: Call, name: str) -> Upload | None:
    """The file that was sent along for a parameter, by its own name or as attach://part."""
    reference = call.get(name)
    if isinstance(reference, str) and reference.startswith(_ATTACHED):
        return call.uploads.get(reference.removeprefix(_ATTACHED))
    return call.uploads.get(name)


class CallLog:
    """The last calls of every bot, without their tokens.

    Args:
        size: how many are kept.
    """

    def __init__(self, size: int) -> None:
        self._calls: deque[tuple[int, str, dict[str, Any], str, int | None, datetime]] = deque(
            maxlen=size
        )
        self._last = 0

    def add(  # noqa: PLR0913 -- all that is noted of a call
        self,
        method: str,
        given: Mapping[str, Any],
        uploads: Mapping[str, Upload],
        error: str,
        at: datetime,
        *,
        fault: int | None = None,
    ) -> None:
        """Note a call; an empty `error` means that it went well.

        Args:
            method: as the Bot API names it.
            given: its parameters.
            uploads: its files.
            error: why it was refused.
            at: when.
            fault: the number of the fault that struck it.
        """
        self._last += 1
        params = {name: value for name, value in given.items() if name not in _HIDDEN}
        for part, upload in uploads.items():
            params[part] = f"file {upload.name}, {len(upload.body)} bytes"
        self._calls.append((self._last, method, params, error, fault, at))

    @property
    def last(self) -> int:
        """The number of the newest call; 0 where there was none."""
        return self._last

    def after(self, number: int) -> list[dict[str, Any]]:
        """The kept calls with a higher number, oldest first."""
        return [
            {
                "n": n,
                "method": method,
                "params": params,
                "ok": not error,
                **({"error": error} if error else {}),
                **({"fault": fault} if fault else {}),
                "at": at.isoformat(),
            }
            for n, method, params, error, fault, at in self._calls
            if n > number
        ]
