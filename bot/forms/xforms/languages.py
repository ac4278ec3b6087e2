"""In which languages a form is complete, and what the others lack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.forms.xforms.model import Control, Language, Text, XForm
from bot.forms.xforms.order import all_parts


@dataclass(frozen=True, slots=True)
class Lack:
    """A text that a language lacks.

    Attributes:
        path: the node whose text it is; of a choice, the name of its text.
        column: as authors know it, such as "label" or "constraint_message".
    """

    language: Language
    path: str
    column: str


def lacks(form: XForm) -> tuple[Lack, ...]:
    """Every text that another language of the form has, in the order of the form."""
    return tuple(
        Lack(language, path, column)
        for path, column, text in _texts(form)
        if text.pieces
        for language in form.languages
        if language.name not in text.pieces
    )


def texts_of(form: XForm) -> Mapping[str, tuple[int, int]]:
    """By the name of each language: how many texts of the form it has, and of how many."""
    all_texts = [text for _, _, text in _texts(form) if text.pieces]
    return {
        language.name: (sum(language.name in text.pieces for text in all_texts), len(all_texts))
        for language in form.languages
    }


def complete_in(form: XForm) -> tuple[Language, ...]:
    """The languages that lack nothing, in the order of the form; of a form without any, itself."""
    if not form.languages:
        return (form.default,)
    lacking = {lack.language for lack in lacks(form)}
    return tuple(language for language in form.languages if language not in lacking)


def code_of(language: Language) -> str:
    """The code of a language: that in its brackets, or that of its English name; "" if neither."""
    return language.code or _codes().get(language.name.strip().casefold(), "")


@cache
def _codes() -> dict[str, str]:
    from babel import Locale  # only forms that name languages without a code need it

    return {name.casefold(): code for code, name in Locale("en").languages.items()}


def _texts(form: XForm) -> Iterator[tuple[str, str, Text]]:
    used: set[str] = set()
    for part in all_parts(form.body):
        yield part.path, "label", part.label
        if isinstance(part, Control):
            yield part.path, "hint", part.hint
            yield part.path, "guidance_hint", part.guidance
            used.update(part.choices.nodes.instances if part.choices else ())
    for path, bind in form.binds.items():
        if bind.constraint_message is not None:
            yield path, "constraint_message", bind.constraint_message
        if bind.required_message is not None:
            yield path, "required_message", bind.required_message
    for name in sorted(used & form.instances.keys()):
        for item in form.instances[name]:
            text = form.texts.get(item.findtext("itextId", ""))
            if text is not None:
                yield f"{name}/{item.findtext('name', '')}", "label", text
