"""The names of months and days that people type, and the signs of their numbers.

Names come from Babel; what Babel does not hold (spellings that people use, "tomorrow", the words
between) stands here. Babel is loaded when somebody types a name, not when the bot starts.
"""

from functools import lru_cache


@lru_cache(maxsize=64)
def number_signs(language: str) -> tuple[str, str]:
    """The signs before a fraction and between thousands in this language."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return ".", ","
    signs = locale.number_symbols["latn"]
    return signs["decimal"], signs["group"]
