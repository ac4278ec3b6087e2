"""Fewer trips to a PostgreSQL server: statements that go out together."""

import re
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import Any

import orjson

_PLACEHOLDER = re.compile(r"\$(\d+)")
_PLAIN = re.compile(r"[A-Za-z0-9_.:=+@~-]*")
"""Texts that mean themselves between quotes, however the server reads those: keys, codes, and what
is sealed. Whatever else there is, people's words above all, is sent apart from its statement: a
server may keep its statements in a log."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and the values of its placeholders."""

    sql: str
    values: Sequence[Any]

    @property
    def as_text(self) -> str | None:
        """The statement with its values in it; None where a value might not mean itself there.

        Several such texts make one message to the server.
        """
        literals = [_literal(value) for value in self.values]
        if None in literals:
            return None
        sql = self.sql.rstrip().removesuffix(";")
        return _PLACEHOLDER.sub(lambda found: str(literals[int(found[1]) - 1]), sql)


@dataclass(frozen=True, slots=True)
class Asked:
    """Statements whose rows a coroutine awaits, from whoever drives it (`in_step`)."""

    statements: Sequence[Statement]

    def __await__(self) -> Generator["Asked", list[list[Any]], list[list[Any]]]:
        """The rows of each."""
        return (yield self)


def _literal(value: Any) -> str | None:
    if value is None:
        return "NULL"
    if type(value) is int:
        return f"({value})"
    if type(value) is str and _PLAIN.fullmatch(value):
        return f"'{value}'"
    return None


async def in_step(
    steps: Sequence[Coroutine[Any, Any, Any]],
    answer: Callable[[Sequence[Statement]], Awaitable[list[list[Any]]]],
) -> tuple[Any, ...]:
    """Drive coroutines that ask for rows, side by side, and answer all that they ask at once.

    Args:
        steps: they await nothing but what is Asked.
        answer: gives the rows of several statements, in their order.

    Returns:
        What they return, in their order.
    """
    results: dict[int, Any] = {}
    going = dict(enumerate(steps))
    answers: dict[int, Any] = dict.fromkeys(going)
    try:
        while True:
            asked: dict[int, Asked] = {}
            for number, step in list(going.items()):
                try:
                    asked[number] = step.send(answers[number])
                except StopIteration as end:
                    results[number] = end.value
                    del going[number]
            if not asked:
                return tuple(results[number] for number in range(len(steps)))
            found = iter(await answer([one for each in asked.values() for one in each.statements]))
            answers = {
                number: list(islice(found, len(each.statements))) for number, each in asked.items()
            }
    finally:
        for step in steps:
            step.close()  # those that go on where one has failed


def in_one(statements: Sequence[Statement]) -> Statement:
    """One statement that gives what several would: a column of JSON for each of them."""
    sql = _in_one(tuple((each.sql, len(each.values)) for each in statements))
    return Statement(sql, [value for each in statements for value in each.values])


@lru_cache(maxsize=64)
def _in_one(statements: tuple[tuple[str, int], ...]) -> str:
    parts = []
    before = 0
    for sql, values in statements:
        own = _PLACEHOLDER.sub(partial(_shifted, before), sql.rstrip().removesuffix(";"))
        parts.append(f"(SELECT json_agg(its) FROM (\n{own}\n) AS its)")  # noqa: S608 -- our own SQL
        before += values
    return f"SELECT {', '.join(parts)}"


def _shifted(before: int, found: re.Match[str]) -> str:
    return f"${int(found[1]) + before}"


def rows_in(columns: Sequence[str | None]) -> list[list[Mapping[str, Any]]]:
    """The rows that stand in such columns.

    All of ours are of whole numbers and text, so they are the same in JSON.
    """
    return [orjson.loads(column) if column else [] for column in columns]
