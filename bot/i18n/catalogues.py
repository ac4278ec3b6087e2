"""Every language's translations, as read from the .po files."""

from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale

from bot.i18n.languages import LANGUAGES, SOURCE, Language
from bot.i18n.translator import Translator

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


class Catalogues:
    """Every language's translations; each is read once, when it is first spoken.

    Args:
        folder: the `locales` folder.

    Raises:
        FileNotFoundError: a shipped language has no catalogue.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._translators: dict[str, Translator] = {}
        for language in LANGUAGES.values():
            if language.code != SOURCE and not _file(folder, language).is_file():
                raise FileNotFoundError(_file(folder, language))

    def translator(self, code: str | None) -> Translator:
        """The translator for a language code, such as "so" or "fr-CA"; English where unknown."""
        short = (code or SOURCE).replace("_", "-").split("-")[0].lower()
        known = short if short in LANGUAGES else SOURCE
        if known not in self._translators:
            language = LANGUAGES[known]
            self._translators[known] = Translator(language, *_read(self._folder, language))
        return self._translators[known]

    @cached_property
    def all(self) -> tuple[Translator, ...]:
        """A translator for each shipped language, English first."""
        return tuple(self.translator(code) for code in LANGUAGES)


def _file(folder: Path, language: Language) -> Path:
    return folder / language.code / "LC_MESSAGES" / "bot.po"


def _read(folder: Path, language: Language) -> tuple["Catalog | None", bool]:
    """The catalogue, and whether a native reader has reviewed it."""
    if language.code == SOURCE:
        return None, True
    from babel.messages.pofile import read_po

    text = _file(folder, language).read_text(encoding="utf-8")
    catalogue = read_po(StringIO(text), locale=Locale.parse(language.locale), abort_invalid=True)
    # Babel knows only the header fields of gettext and drops ours.
    return catalogue, "X-Translation-Status: reviewed" in text
