"""Words for people in their own language.

    t = catalogues.translator("so")
    t("Hello, <b>{name}</b>.", name=name)     # Telegram HTML, the value escaped
    t.plain("Book")                           # a label
    t.plural("{n} place left.", "{n} places left.", n)

Texts are whole English sentences with named placeholders; translations stand in
`locales/<language>/LC_MESSAGES/bot.po`, read as they are.
"""

from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import LANGUAGES, Language
from bot.i18n.translator import N_, Translator

__all__ = ["LANGUAGES", "N_", "Catalogues", "Language", "Translator"]
