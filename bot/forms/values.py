"""Answers as values: what may be kept, and how the rules of a form read it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar, overload

from typing_extensions import TypeAliasType, override

_Other = TypeVar("_Other")

Value = TypeAliasType(
    "Value", "bool | int | float | str | Sequence[Value] | Mapping[str, Value] | None"
)
"""What an answer may be: anything that JSON can carry. An interview holds lists as tuples."""

Record: TypeAlias = Mapping[str, Value]
"""A finished interview: question name -> value, in the order of the questions."""

INTEGER_LIMIT = 2**63  # integers of a value stay below it either way: databases hold 64 bits


def frozen(value: object) -> Value:
    """`value` as a value that goes through JSON unchanged; lists become tuples.

    Raises:
        TypeError: it, or something in it, is nothing that JSON can carry.
        ValueError: a number in it is infinite, not a number, or beyond 64 bits.
    """
    match value:
        case None | bool() | str():
            return value
        case int() if -INTEGER_LIMIT <= value < INTEGER_LIMIT:
            return value
        case float() if math.isfinite(value):
            return value
        case int() | float():
            raise ValueError("a number of an answer is out of range")
        case list() | tuple():
            return tuple(frozen(item) for item in value)
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: frozen(item) for key, item in value.items()}
        case _:
            raise TypeError(f"an answer cannot be kept as {type(value).__name__}")


class Answers(Mapping[str, Value]):
    """What a rule may know: the facts, and the answers given before its own question.

    `answers["name"]` is None where that question is unanswered or not asked, so that rules need
    no guard; a name the form does not have raises KeyError, so that a typing mistake shows at
    once. `in`, `get`, `len` and iteration see only what was answered.

    Args:
        values: what was answered, by name.
        names: every name the form knows, its questions' and its facts'.
    """

    __slots__ = ("_names", "_values")

    def __init__(self, values: Mapping[str, Value], names: frozenset[str]) -> None:
        self._values = values
        self._names = names

    @override
    def __getitem__(self, name: str) -> Value:
        value = self._values.get(name)
        if value is None and name not in self._names:
            raise KeyError(name)
        return value

    @override
    def __contains__(self, name: object) -> bool:
        return name in self._values

    @overload
    def get(self, key: str, /) -> Value: ...
    @overload
    def get(self, key: str, /, default: Value | _Other) -> Value | _Other: ...
    @override
    def get(self, key: str, /, default: Value | _Other = None) -> Value | _Other:
        return self._values.get(key, default)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    @override
    def __len__(self) -> int:
        return len(self._values)
