"""Labels, hints and messages as they stand in an XForm, in every language."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from bot.forms.expressions import Expression, compile_expression
from bot.forms.xforms.model import Language, Pieces, Text

GUIDANCE = "guidance"
MEDIA = ("image", "audio", "video")
BIG_IMAGE = "big-image"
"""The form of a text that holds its picture in full; people see no smaller one here."""
_ITEXT = re.compile(r"\s*jr:itext\(\s*'([^']*)'\s*\)\s*")
_CODE = re.compile(r".*\(\s*([A-Za-z][\w-]*)\s*\)\s*")
_MISSING = "-"  # what pyxform writes where a language lacks a text
_NOTHING = Text()


class Texts:
    """The texts of one form.

    Args:
        translations: the form's `translation` elements.
    """

    def __init__(self, translations: list[Element]) -> None:
        self.languages = tuple(language_named(each.get("lang", "")) for each in translations)
        marked = [
            language
            for language, each in zip(self.languages, translations, strict=True)
            if each.get("default")
        ]
        self.default = marked[0] if marked else Language("", "")
        self._found: dict[str, dict[str, Element]] = {}
        for language, translation in zip(self.languages, translations, strict=True):
            for text in translation:
                self._found.setdefault(text.get("id", ""), {})[language.name] = text

    def named(self, name: str, at: str, *, form: str | None = None) -> Text:
        """A text by its name.

        Args:
            name: its id.
            at: path of the node from which expressions in it look.
            form: "guidance" for what only helps; None for what is always shown.
        """
        pieces: dict[str, Pieces] = {}
        media: dict[str, Mapping[str, str]] = {}
        for language, text in self._found.get(name, {}).items():
            values = {value.get("form"): value for value in text}
            if form in values and (found := _pieces(values[form], at)):
                pieces[language] = found
            files = {kind: _file(values[kind]) for kind in MEDIA if kind in values}
            if BIG_IMAGE in values:
                files["image"] = _file(values[BIG_IMAGE])
            if files and form is None:
                media[language] = files
        return Text(pieces, media)

    def of(self, element: Element | None, at: str, *, form: str | None = None) -> Text:
        """The text of a label or hint: written into it, or referred to by name."""
        if element is None:
            return _NOTHING
        named = _ITEXT.fullmatch(element.get("ref", ""))
        if named:
            return self.named(named[1], at, form=form)
        found = _pieces(element, at) if form is None else ()
        return Text({language.name: found for language in self._all}) if found else _NOTHING

    def message(self, written: str | None, at: str) -> Text | None:
        """The text of a message that stands in an attribute; None where there is none."""
        if not written:
            return None
        named = _ITEXT.fullmatch(written)
        if named:
            return self.named(named[1], at)
        return Text({language.name: (written,) for language in self._all})

    @property
    def names(self) -> Iterator[str]:
        """The names of all texts."""
        return iter(self._found)

    @property
    def _all(self) -> tuple[Language, ...]:
        return self.languages or (self.default,)


def language_named(name: str) -> Language:
    """A language as a form's columns name it, with the code in its brackets."""
    code = _CODE.fullmatch(name)
    return Language(name, code[1].lower() if code else "")


def _pieces(element: Element, at: str) -> Pieces:
    """What is written in an element, and the outputs in it."""
    pieces: list[str | Expression] = [element.text or ""]
    for child in element:
        pieces += [compile_expression(child.get("value", ""), at), child.tail or ""]
    if len(pieces) == 1 and str(pieces[0]).strip() in {"", _MISSING}:
        return ()
    if isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return tuple(piece for piece in pieces if piece)


def _file(element: Element) -> str:
    """The name of a file in an address such as jr://images/a.png; "" for one worked out."""
    return "" if len(element) else (element.text or "").strip().rpartition("/")[2]
