"""Reads what people type as the choices they mean."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.forms.definition import Choice
from bot.forms.numbers import whole_number
from bot.forms.spelling import as_spoken, as_written, words_of

TYPED_LIMIT = 1000  # characters; anything longer names no choice
LONG_LIST = 10  # with more choices than these, a part of a label is enough
_PART_LIMIT = 3  # characters; any less, and a part of a label may be a slip of the finger

_BETWEEN = re.compile(r"[,;\n،؛፣፤、，]|\s&\s")
_COUNTED = re.compile(r"[(\[]?([^\s.)\]]+)[.)\]]*")  # "3", "3." and "(3)" as lists number
_LETTER = re.compile(r"[^\W\d_]")


class Offer:
    """The choices a person sees, and what they may call them.

    A choice is called by its label, by the number shown beside it (from 1) or by its key, in this
    order: labels may be numbers themselves, and nobody sees the keys. A label is first compared
    as it is written, then without accents, punctuation and signs; case and script of digits never
    count.

    Of more than LONG_LIST choices, which nobody sees all at once, a choice is also called by some
    words of its label that stand together, the last of which may be cut short: "gree" is Wood
    Green, if no other label has a word that begins so. Of fewer it is not: "smoke" must not mean
    "I do not smoke".

    Args:
        choices: in the order shown.
        labels: choice key -> the label the person sees; may be incomplete.
    """

    def __init__(self, choices: Sequence[Choice], labels: Mapping[str, str]) -> None:
        self._keys = tuple([choice.key for choice in choices])
        self._names = _names(self._keys, tuple([labels.get(key, "") for key in self._keys]))

    def called(self, text: str) -> tuple[str, ...]:
        """The keys of the choices that `text` may mean: none, one, or several alike."""
        if len(text) > TYPED_LIMIT:
            return ()
        return self._of(self._names.called(text)) or self._having(text)

    def all_called(self, text: str) -> tuple[tuple[str, ...], ...]:
        """What each part of a list such as "1, 3" or "tea, milk" may mean, as `called` does.

        Parts stand between commas, semicolons, lone "&" or lines; numbers may stand between
        spaces. A label that holds such signs itself is found first.
        """
        if len(text) > TYPED_LIMIT:
            return ((),)
        whole = self._names.called(text)
        if whole:
            return (self._of(whole),)
        parts = [part for part in _BETWEEN.split(text) if part.strip()]
        if len(parts) == 1:
            words = text.split()
            parts = words if all(word.isnumeric() for word in words) else parts
        found = tuple(map(self.called, parts)) or ((),)
        having = () if all(len(keys) == 1 for keys in found) else self._having(text)
        return (having,) if having else found

    def _having(self, text: str) -> tuple[str, ...]:
        """The keys of the choices with these words in their labels, where that will do."""
        return self._of(self._names.having(text)) if len(self._keys) > LONG_LIST else ()

    def _of(self, places: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._keys[place] for place in places)


class _Names:
    """Keys and labels of choices in every form in which they are compared."""

    def __init__(self, keys: tuple[str, ...], labels: tuple[str, ...]) -> None:
        self._written: dict[str, list[int]] = {}
        self._spoken: dict[str, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._starts: list[int] = []
        lines: list[str] = []
        start = 0
        for place, (key, label) in enumerate(zip(keys, labels, strict=True)):
            written = as_written(label)
            spoken = words_of(written)
            for found, form in (
                (self._written, written),
                (self._spoken, spoken),
                (self._keys, as_written(key)),
            ):
                if form:
                    found.setdefault(form, []).append(place)
            lines.append(f" {spoken}")
            self._starts.append(start)
            start += len(spoken) + 2
        self._lines = "\n".join(lines)

    def called(self, text: str) -> tuple[int, ...]:
        """The places of the choices that have this label, number or key."""
        wanted = as_written(text)
        found = self._written.get(wanted) or self._spoken.get(words_of(wanted))
        if found:
            return tuple(found)
        counted = _COUNTED.fullmatch(wanted)
        number = counted and whole_number(counted[1])
        if number and 1 <= number <= len(self._starts):
            return (number - 1,)
        return tuple(self._keys.get(wanted, ()))

    def having(self, text: str) -> tuple[int, ...]:
        """The places of the labels with these words in them, the last perhaps cut short."""
        wanted = as_spoken(text)
        if len(wanted) < _PART_LIMIT or not _LETTER.search(wanted):
            return ()
        places: list[int] = []
        found = self._lines.find(f" {wanted}")
        while found >= 0:
            place = bisect_right(self._starts, found) - 1
            places.append(place)
            following = place + 1
            if following == len(self._starts):
                break
            found = self._lines.find(f" {wanted}", self._starts[following])
        return tuple(places)


@lru_cache(maxsize=32)
def _names(keys: tuple[str, ...], labels: tuple[str, ...]) -> _Names:
    """Remembered, because people answer the same long lists again and again."""
    return _Names(keys, labels)
