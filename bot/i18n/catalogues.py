"""Every language's translations, as read from the .po files."""

from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.pofile import read_po

from bot.i18n.languages import LANGUAGES, SOURCE, Language
from bot.i18n.translator import Translator

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


class Catalogues:
    """Every language's translations; built once, shared by all.

    Args:
        folder: the `locales` folder.

    Raises:
        FileNotFoundError: a shipped language has no catalogue.
    """

    def __init__(self, folder: Path) -> None:
        self._translators = {
            code: Translator(language, *_read(folder, language))
            for code, language in LANGUAGES.items()
        }

    def translator(self, code: str | None) -> Translator:
        """The translator for a language code, such as "so" or "fr-CA"; English where unknown."""
        short = (code or SOURCE).replace("_", "-").split("-")[0].lower()
        return self._translators.get(short, self._translators[SOURCE])

    @cached_property
    def all(self) -> tuple[Translator, ...]:
        """A translator for each shipped language, English first."""
        return tuple(self._translators.values())


def _read(folder: Path, language: Language) -> tuple["Catalog | None", bool]:
    """The catalogue, and whether a native reader has reviewed it."""
    if language.code == SOURCE:
        return None, True
    path = folder / language.code / "LC_MESSAGES" / "bot.po"
    text = path.read_text(encoding="utf-8")
    catalogue = read_po(StringIO(text), locale=Locale.parse(language.locale), abort_invalid=True)
    # Babel knows only the header fields of gettext and drops ours.
    return catalogue, "X-Translation-Status: reviewed" in text
