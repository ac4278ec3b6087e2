"""One language's voice: texts, plurals and dates."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup, escape

from bot.i18n.languages import Language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name for it
    """Mark a text for translation where it stands, to be translated later."""
    return text


class Translator:
    """Says things in one language. Immutable and shared: it remembers nothing of what it said.

    A text without a translation comes out in English rather than blank. In a right-to-left
    language every value is set apart with Unicode isolates, so that an English name or a number
    does not turn the sentence around it. A mark before it lets a line of nothing but values run
    from right to left, too: what is isolated does not count for the direction of a line (Unicode
    Standard Annex 9, rule P2).

    Args:
        language: whose voice this is.
        catalogue: its translations; None for English, the language texts are written in.
        reviewed: whether a native reader has checked the translations.
    """

    def __init__(self, language: Language, catalogue: "Catalog | None", reviewed: bool) -> None:  # noqa: FBT001 -- set by Catalogues alone
        self.language = language.code
        self.name = language.name
        self.locale = Locale.parse(language.locale)
        self.rtl = self.locale.text_direction == "rtl"
        self.is_machine = not reviewed
        rule = self.locale.plural_form
        self._category = rule
        self._categories = [name for name in _CATEGORIES if name in rule.tags | {"other"}]
        self._texts: dict[tuple[str, str | None], str] = {}
        self._plurals: dict[str, dict[str, str]] = {}
        if catalogue is not None:
            self._learn(catalogue)

    def _learn(self, catalogue: "Catalog") -> None:
        for entry in catalogue:
            if not entry.id or entry.fuzzy:
                continue
            if isinstance(entry.id, str):
                if isinstance(entry.string, str) and entry.string:
                    self._texts[entry.id, entry.context] = entry.string
            elif isinstance(entry.string, tuple | list) and all(entry.string):
                # The forms stand in CLDR's order; docs/translating.md and `make check` say so.
                self._plurals[entry.id[0]] = dict(zip(self._categories, entry.string, strict=True))

    def __call__(self, text: str, /, **values: object) -> Markup:
        """A text as Telegram HTML; values are escaped unless they are Markup already."""
        return self._html(self._texts.get((text, None), text), values)

    def plain(self, text: str, /, **values: object) -> str:
        """A text that is not HTML: a button's label, a toast, a file name."""
        return self._plain(self._texts.get((text, None), text), values)

    def context(self, context: str, text: str, /, **values: object) -> str:
        """A plain text whose meaning depends on where it stands (gettext's msgctxt)."""
        return self._plain(self._texts.get((text, context), text), values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        """A text that counts, as Telegram HTML; every form prints `{n}`."""
        return self._html(self._form(one, many, n), {"n": n, **values})

    def plain_plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A text that counts and is not HTML."""
        return self._plain(self._form(one, many, n), {"n": n, **values})

    def _form(self, one: str, many: str, n: int) -> str:
        forms = self._plurals.get(one)
        if forms is None:
            return one if n == 1 else many
        return forms[self._category(n)]

    def _html(self, text: str, values: Mapping[str, object]) -> Markup:
        if not values:
            return Markup(text)  # noqa: S704 -- the catalogue's own text
        return Markup(text.format_map({k: self._apart(escape(v)) for k, v in values.items()}))  # noqa: S704 -- values are escaped here

    def _plain(self, text: str, values: Mapping[str, object]) -> str:
        return text.format_map({k: self._apart(str(v)) for k, v in values.items()})

    def _apart(self, value: Any) -> Any:
        """A value that cannot turn right-to-left text around it."""
        if not self.rtl:
            return value
        return RIGHT_TO_LEFT_MARK + FIRST_STRONG_ISOLATE + value + POP_ISOLATE

    def pick(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Of content written in several languages, the reader's text, else the English one.

        Returns:
            The text and the code of the language it is in.
        """
        own = texts.get(self.language)
        return (own, self.language) if own else (texts["en"], "en")

    def date(self, day: dt.date) -> str:
        """A day for reading: weekday, date in words, and in numbers.

        The numbers are there because month names differ between calendars and readers
        (Tigrinya and Somali, for example). CLDR's own long formats are not used: some put the
        month first, some shorten the weekday.
        """
        # CLDR has no ordinals in its patterns; French writes the first of a month as one.
        number = "d'er'" if self.language == "fr" and day.day == 1 else "d"
        words = format_date(day, f"EEEE {number} MMMM y", locale=self.locale)
        numbers = f"{day:%d/%m/%Y}"
        return f"{words} ({self._apart(numbers)})"

    def month(self, day: dt.date) -> str:
        """A month for reading: in words and in numbers, as in `date`."""
        words = format_date(day, "MMMM y", locale=self.locale)
        return f"{words} ({self._apart(f'{day:%m/%Y}')})"

    def short_date(self, day: dt.date) -> str:
        """A day for a narrow button: "Sat 17 Oct"."""
        return format_date(day, "EEE d MMM", locale=self.locale)

    def time(self, moment: dt.datetime, zone: ZoneInfo) -> str:
        """A 24-hour time in European digits, such as 14:05, in the wall time of `zone`."""
        return f"{moment.astimezone(zone):%H:%M}"
