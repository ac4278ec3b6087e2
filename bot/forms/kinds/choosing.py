"""Answers that are chosen: one, many, an order, yes or no, OK."""

from typing_extensions import override

from bot.forms.definition import YES, Choice, Question
from bot.forms.inputs import Done, Picked, Raw, Reason, Refusal, Toggled, Typed
from bot.forms.kinds.reading import NOT_AN_ANSWER, Blank, Marked, Put, Read, Reading, Reads
from bot.forms.matching import Offer
from bot.forms.values import Value


class ChooseOne(Reads):
    """One of the choices: its key."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        match raw:
            case Picked(choice) if _offered(put, choice):
                return Read(choice)
            case Picked():
                return Refusal(Reason.NOT_OFFERED)
            case Typed():
                found = Offer(put.choices, raw.labels).called(raw.clean)
                return Read(found[0]) if len(found) == 1 else unnamed(found)
            case _:
                return NOT_AN_ANSWER

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        for choice in choices:
            if choice.key == value:
                return value
        return None


class Confirm(ChooseOne):
    """Yes or no: a bool."""

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        reading = super().read(put, raw)
        return Read(reading.value == YES) if isinstance(reading, Read) else reading

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        return value if isinstance(value, bool) else None


class Acknowledge(ChooseOne):
    """That something was read: the text OK, which is the key of the only choice."""


class ChooseMany(Reads):
    """Any of the choices: a tuple of their keys, in their order.

    Typed choices are ticked, and unticked when all of them were ticked already; only Done ends
    the question, because people who type often send one choice per message.
    """

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        match raw:
            case Toggled(choice) if _offered(put, choice):
                return self._toggled(put, (choice,))
            case Toggled():
                return Refusal(Reason.NOT_OFFERED)
            case Typed():
                named = _all_named(put, raw, raw.clean)
                return (
                    named
                    if isinstance(named, Refusal)
                    else self._toggled(put, tuple(dict.fromkeys(named)))
                )
            case Done() if put.ticks:
                return Read(put.ticks)
            case Done():
                return Refusal(Reason.NOTHING_TICKED) if put.question.required else Blank()
            case _:
                return NOT_AN_ANSWER

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, tuple) or not value:
            return None
        chosen = tuple(choice for choice in choices if choice.key in value)
        most = 1 if any(choice.exclusive for choice in chosen) else question.maximum
        fits = len(chosen) == len(value) and (most is None or len(chosen) <= most)
        return tuple(choice.key for choice in chosen) if fits else None

    def _toggled(self, put: Put, keys: tuple[str, ...]) -> Reading:
        exclusive = {choice.key for choice in put.choices if choice.exclusive}
        if set(keys) <= set(put.ticks):
            ticks = set(put.ticks) - set(keys)
        elif exclusive.isdisjoint(keys):
            ticks = set(put.ticks).difference(exclusive).union(keys)
        elif len(keys) == 1:
            ticks = set(keys)
        else:
            return Refusal(Reason.ONLY_ALONE)
        most = put.question.maximum
        if most is not None and len(ticks) > most:
            return Refusal(Reason.TOO_MANY, {"maximum": most})
        return Marked(tuple(choice.key for choice in put.choices if choice.key in ticks))


class Rank(Reads):
    """All the choices in the person's order: a tuple of their keys.

    A tap puts a choice at the end of the order, or takes it out. A typed order of all choices is
    the answer; of some, it is put at the end of the order so far.
    """

    @override
    def read(self, put: Put, raw: Raw) -> Reading:
        match raw:
            case Toggled(choice) if _offered(put, choice):
                return self._toggled(put, (choice,))
            case Toggled():
                return Refusal(Reason.NOT_OFFERED)
            case Typed():
                return self._typed(put, raw)
            case Done():
                return self._done(put)
            case _:
                return NOT_AN_ANSWER

    @override
    def fit(self, question: Question, choices: tuple[Choice, ...], value: Value) -> Value:
        if not isinstance(value, tuple) or len(value) != len(choices):
            return None
        return value if all(choice.key in value for choice in choices) else None

    def _typed(self, put: Put, raw: Typed) -> Reading:
        # Some write an order with the signs of one: "2 > 1 > 3".
        named = _all_named(put, raw, raw.clean)
        if isinstance(named, Refusal) and ">" in raw.text:
            named = _all_named(put, raw, raw.clean.replace(">", "\n"))
        if isinstance(named, Refusal):
            return named
        if len(set(named)) < len(named):
            return Refusal(Reason.NAMED_TWICE)
        return Read(named) if len(named) == len(put.choices) else self._toggled(put, named)

    def _toggled(self, put: Put, keys: tuple[str, ...]) -> Reading:
        ticks = put.ticks
        if set(keys) <= set(ticks):
            return Marked(tuple(key for key in ticks if key not in keys))
        return Marked((*ticks, *(key for key in keys if key not in ticks)))

    def _done(self, put: Put) -> Reading:
        missing = len(put.choices) - len(put.ticks)
        if not missing:
            return Read(put.ticks)
        if put.ticks:
            return Refusal(Reason.NOT_ALL_RANKED, {"missing": missing})
        return Refusal(Reason.NOTHING_TICKED) if put.question.required else Blank()


def unnamed(found: tuple[str, ...]) -> Refusal:
    """Why typed text names no single choice."""
    if found:
        return Refusal(Reason.SEVERAL_MEANT, {"number": len(found)})
    return Refusal(Reason.NOT_OFFERED)


def _offered(put: Put, key: str) -> bool:
    return any(key == choice.key for choice in put.choices)


def _all_named(put: Put, raw: Typed, text: str) -> tuple[str, ...] | Refusal:
    """The choices that a list names, or why one part of it names none."""
    found = Offer(put.choices, raw.labels).all_called(text)
    bad = next((keys for keys in found if len(keys) != 1), None)
    return tuple(keys[0] for keys in found) if bad is None else unnamed(bad)
