"""The names of months, days and times of day that people type, and the signs of their numbers.

Names come from Babel, the rest from `bot.forms.everyday`. Babel is loaded when somebody answers
with a name or a fraction, not when the bot starts.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from bot.forms import everyday
from bot.forms.everyday import What
from bot.forms.spelling import as_spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from babel import Locale

LANGUAGES = ("en", "so", "ar", "fr", "pt", "es", "am", "ti", "sw", "yo", "ak", "ln")
"""In which a date may be typed, whatever the person's own language is."""

_BEGINNING = 3  # letters at least of a month's name that is cut short
_WORDS_LIMIT = 16  # words of a date or a time; no sentence is read
_WAYS_LIMIT = 16  # combinations of what words mean that are tried
_VARIANTS = {
    "en": ("en_GB", "en"),
    "ar": ("ar", "ar_SY", "ar_IQ", "ar_MA", "ar_DZ", "ar_TN", "ar_MR"),
    "pt": ("pt", "pt_PT"),
    "es": ("es", "es_MX"),
}  # countries that name their months in other ways
# In Asmara these are the months from January on, in Mekelle those of another calendar.
_TWO_CALENDARS = frozenset({"ti"})
# Their day begins at six, so that a word for the morning does not tell which hour "2" is.
_SIX_HOURS_LATER = {What.AM: What.MORNING, What.PM: What.AFTERNOON}
SIX_HOURS_LATER = frozenset({"am", "ti", "sw"})
"""Languages in which many count the hours from six o'clock: "2" is 08:00."""

_PERIODS = {
    "am": What.AM,
    "pm": What.PM,
    "morning": What.MORNING,
    "noon": What.NOON,
    "afternoon": What.AFTERNOON,
    "evening": What.EVENING,
    "night": What.NIGHT,
    "midnight": What.MIDNIGHT,
}


class Meaning(NamedTuple):
    """One thing that a word can mean."""

    what: What
    number: int = 0


class Words:
    """Words and what they mean; a phrase goes before the words in it.

    Args:
        meanings: pairs of a phrase, in any spelling, and something it means.
    """

    def __init__(self, meanings: Iterable[tuple[str, Meaning]]) -> None:
        self._known: dict[tuple[str, ...], frozenset[Meaning]] = {}
        for phrase, meaning in meanings:
            words = tuple(as_spoken(phrase).split())
            if words:
                self._known[words] = self._known.get(words, frozenset()) | {meaning}
        self._longest = max(map(len, self._known), default=0)

    def read(self, words: Sequence[str]) -> tuple[frozenset[Meaning], ...] | None:
        """What each word or phrase may mean, in order; None if one is not known.

        None also if there are more words, or more ways to take them together, than in any date.
        """
        if len(words) > _WORDS_LIMIT:
            return None
        read: list[frozenset[Meaning]] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                found = self._known.get(tuple(words[at : at + length]))
                if found:
                    break
            else:
                length, found = 1, self._begun(words[at])
                if not found:
                    return None
            read.append(found)
            at += length
        return tuple(read) if prod(map(len, read)) <= _WAYS_LIMIT else None

    def _begun(self, beginning: str) -> frozenset[Meaning]:
        """The one month whose name begins so."""
        if len(beginning) < _BEGINNING:
            return frozenset()
        months = {
            meaning
            for (word, *more), meanings in self._known.items()
            if not more and word.startswith(beginning)
            for meaning in meanings
            if meaning.what is What.MONTH
        }
        return frozenset(months) if len(months) == 1 else frozenset()


@lru_cache(maxsize=32)
def date_words(language: str) -> Words:
    """The words of dates in this language and in English."""
    return Words(_dates(language))


@lru_cache(maxsize=1)
def any_date_words() -> Words:
    """The words of dates in all of LANGUAGES."""
    return Words(pair for language in LANGUAGES for pair in _dates(language))


@lru_cache(maxsize=32)
def time_words(language: str) -> Words:
    """The words of times of day in this language and in English."""
    return Words(_times(language))


@lru_cache(maxsize=1)
def any_time_words() -> Words:
    """The words of times of day in all of LANGUAGES."""
    return Words(pair for language in LANGUAGES for pair in _times(language))


@lru_cache(maxsize=32)
def number_signs(language: str) -> tuple[str, str]:
    """The signs before a fraction and between thousands in this language, or as in English."""
    signs = next(_locales(language)).number_symbols["latn"]
    return signs["decimal"], signs["group"]


def base(language: str) -> str:
    """The language without its country: "pt" of "pt-BR"."""
    return language.replace("_", "-").partition("-")[0].casefold()


def _locales(language: str) -> Iterator[Locale]:
    """Babel's locales for a language, the language itself first; English if Babel has none."""
    from babel import Locale, UnknownLocaleError

    names = _VARIANTS.get(base(language), ())
    try:
        yield Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        names = names or _VARIANTS["en"]
    yield from map(Locale.parse, names)


def _dates(language: str) -> Iterator[tuple[str, Meaning]]:
    for phrase in everyday.OTHER_CALENDAR.split("|"):
        yield phrase, Meaning(What.OTHER_CALENDAR)
    for spoken in dict.fromkeys((base(language), "en")):
        yield from _listed(everyday.MONTHS.get(spoken, ()), What.MONTH, 1)
        yield from _listed(everyday.WEEKDAYS.get(spoken, ()), What.WEEKDAY, 0)
        for days, phrases in everyday.DAYS.get(spoken, {}).items():
            yield from _listed([phrases], What.DAYS, days)
        yield from _listed([everyday.BETWEEN.get(spoken, "")], What.BETWEEN, 0)
        for locale in _locales(language if spoken == base(language) else spoken):
            yield from _named(locale)


def _listed(phrases: Sequence[str], what: What, first: int) -> Iterator[tuple[str, Meaning]]:
    """Each of the phrases between "|", with numbers counted from the first."""
    for number, ways in enumerate(phrases, first):
        for way in ways.split("|"):
            yield way, Meaning(what, number)


def _named(locale: Locale) -> Iterator[tuple[str, Meaning]]:
    """Babel's names of the months and days."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            months = locale.months[context][width]
            days = locale.days[context][width]
            general = len({name.split()[0] for name in months.values()}) == 1
            for number, name in months.items():
                if locale.language in _TWO_CALENDARS:
                    yield name, Meaning(What.OTHER_CALENDAR)
                    continue
                yield name, Meaning(What.MONTH, number)
                if general:  # "Oṣù" (month) stands before every name
                    yield name.partition(" ")[2], Meaning(What.MONTH, number)
            for number, name in days.items():
                yield name, Meaning(What.WEEKDAY, number)


def _times(language: str) -> Iterator[tuple[str, Meaning]]:
    for spoken in dict.fromkeys((base(language), "en")):
        listed = everyday.PERIODS.get(spoken, {})
        known = {as_spoken(way) for ways in listed.values() for way in ways.split("|")}
        for what, ways in listed.items():
            yield from _listed([ways], what, 0)
        locale = next(_locales(language if spoken == base(language) else spoken))
        for width in ("wide", "abbreviated"):
            for key, name in locale.day_periods.get("format", {}).get(width, {}).items():
                what = _PERIODS[key.rstrip("12")]
                if locale.language in SIX_HOURS_LATER and as_spoken(name) not in {"am", "pm"}:
                    what = _SIX_HOURS_LATER.get(what, what)
                if as_spoken(name) not in known:
                    known.add(as_spoken(name))
                    yield name, Meaning(what)
