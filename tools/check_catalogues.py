"""`make check`: whether every text is plain, marked properly and translated completely.

Prints one line for each fault, with the language and the text, and leaves with 1 if there are any.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from tools import plain_english
from tools import translation_rules as rules
from tools.catalogues import (
    LANGUAGES,
    MACHINE,
    REVIEWED,
    ROOT,
    LanguageFile,
    collect,
    expected_files,
    language_path,
    plural_categories,
    read,
)
from tools.content_texts import english_texts
from tools.texts_in_code import Use, uses

_SHOWN = 60  # characters of a text that tell it from the others


def problems(root: Path) -> Iterator[str]:
    """Everything that is wrong with the texts under `root`, one plain line each."""
    found = list(uses(root))
    html = {text for use in found if use.is_html for text in use.texts}
    for use in found:
        for fault in call_faults(use):
            yield f"{use.file}:{use.line}: {fault}"
    yield from uncollected(found, collect(root))
    yield from source_problems(root, html)
    yield from content_problems(root / "content")
    try:
        yield from outdated(root)
        languages = [read(language_path(root, code), code) for code in LANGUAGES]
    except (PoFileError, FileNotFoundError, UnicodeDecodeError) as error:
        yield f"a catalogue cannot be read: {error}"
        return
    for language in languages:
        yield from language_problems(language, html)


def uncollected(found: Iterable[Use], template: Catalog) -> Iterator[str]:
    """Which texts of the code are not in the template, or not with all their forms."""
    collected = {tuple(_forms(message.id)) for message in template if message.id}
    for use in found:
        # A text that somewhere counts is in the template with both forms.
        if use.texts and not any(forms[: len(use.texts)] == use.texts for forms in collected):
            yield f"{use.file}:{use.line}: {_quoted(use.texts[0])}: this text is not collected"


def outdated(root: Path) -> Iterator[str]:
    """Which files differ from what `make locales` would write."""
    for path, text in expected_files(root).items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"{path.relative_to(root)} is out of date: run `make locales`, commit it"


def source_problems(root: Path, html: set[str]) -> Iterator[str]:
    """What is wrong with the English texts of the code; `html` are those that are HTML."""
    for message in collect(root):
        if message.id:
            for text in _forms(message.id):
                for fault in source_faults(text, message, is_html=text in html):
                    yield f"English: {_quoted(text)}: {fault}"


def content_problems(folder: Path) -> Iterator[str]:
    """What is wrong with the English texts of the editors' folder."""
    for place, text in english_texts(folder):
        for fault in plain_english.faults(text):
            yield f"content/{place}: {_quoted(text)}: {fault}"


def call_faults(use: Use) -> Iterator[str]:
    """What is wrong with one call that marks a text."""
    if use.built:
        yield (
            f"{use.function}(…) gets a text that is put together at run time; "
            "give it a whole sentence with named placeholders"
        )
    if not use.texts or use.values is None or use.function == "N_":
        return
    given = {f"{{{name}}}" for name in use.values}
    if use.is_plural:
        given.add("{n}")
    for text in use.texts:
        try:
            wanted = set(rules.placeholders(text))
        except ValueError:
            yield f"{_quoted(text)}: a curly bracket {{ or }} has no partner"
            continue
        for name in sorted(wanted ^ given):
            lacks = "the call gives no value for" if name in wanted else "the text does not use"
            yield f"{_quoted(text)}: {lacks} {name}"


def source_faults(text: str, message: Message, *, is_html: bool) -> Iterator[str]:
    """What is wrong with an English text."""
    yield from plain_english.faults(text)
    yield from rules.bidi_faults(text)
    if is_html:
        yield from rules.read_tags(text)[1]
    if message.pluralizable and "{n}" not in text:
        yield "each plural form must show the number: {n}"
    yield from rules.length_faults(text, rules.room_for(message.auto_comments))


def language_problems(language: LanguageFile, html: set[str]) -> Iterator[str]:
    """Everything that is wrong with one language's catalogue."""
    name = Locale.parse(language.code).get_display_name("en")
    status = language.headers.get("X-Translation-Status")
    if status not in {MACHINE, REVIEWED}:
        yield f"{name}: the header X-Translation-Status must be {MACHINE} or {REVIEWED}"
    for message in language.catalog:
        if message.id:
            for fault in message_faults(language.code, message, html):
                yield f"{name}: {_quoted(_forms(message.id)[0])}: {fault}"


def message_faults(code: str, message: Message, html: set[str]) -> Iterator[str]:
    """What is wrong with one text's translation; the fault names the plural form it means."""
    if message.fuzzy:
        yield "it is marked fuzzy: check it and take the mark away"
    sources = _forms(message.id)
    if not message.pluralizable:
        yield from _form_faults(code, message, sources[0], _forms(message.string)[0], html)
        return
    categories = plural_categories(code)
    translations = _forms(message.string)
    for index, category in enumerate(categories):
        text = translations[index] if index < len(translations) else ""
        # Only the last form is compared with the English plural, word for word; the singular and
        # the plural hold the same tags and placeholders.
        for fault in _form_faults(code, message, sources[-1], text, html):
            yield f"form {index} ({category}): {fault}"
        if text and "{n}" not in text:
            yield f"form {index} ({category}): each plural form must show the number: {{n}}"


def _form_faults(
    code: str, message: Message, source: str, translation: str, html: set[str]
) -> Iterator[str]:
    if not translation.strip():
        yield "the translation is missing"
        return
    yield from rules.placeholder_faults(source, translation)
    yield from rules.space_faults(source, translation)
    yield from rules.bidi_faults(translation)
    if source in html:
        yield from rules.tag_faults(source, translation)
    yield from rules.length_faults(translation, rules.room_for(message.auto_comments))
    if rules.SAME_AS_ENGLISH not in message.flags:
        yield from rules.sameness_faults(code, source, translation)


def _forms(text: object) -> tuple[str, ...]:
    if isinstance(text, tuple | list):
        return tuple(form or "" for form in text)
    return (str(text or ""),)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"


def main() -> int:
    """Check this checkout's texts."""
    found = list(dict.fromkeys(problems(ROOT)))
    for problem in found:
        print(problem)
    if found:
        print(f"{len(found)} faults in texts and translations; docs/translating.md explains them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
