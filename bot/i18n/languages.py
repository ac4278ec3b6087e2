"""The languages that ship."""

from collections.abc import Mapping
from dataclasses import dataclass

SOURCE = "en"
"""The language texts are written in."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language people can choose.

    Attributes:
        code: two letters; what Telegram calls `language_code`.
        name: the language's name in itself, as people look for it in a list.
        locale: Babel's name for the variant whose plurals and dates we use.
    """

    code: str
    name: str
    locale: str


LANGUAGES: Mapping[str, Language] = {
    language.code: language
    for language in (
        Language("en", "English", "en_GB"),
        Language("so", "Soomaali", "so"),
        Language("ar", "العربية", "ar"),
        Language("fr", "Français", "fr"),
    )
}
