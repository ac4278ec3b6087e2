"""A look into an .xlsx before anything unpacks it."""

import re

from bot.archives import has_entities, is_markup, needs_password, opened, unpacks_too_big
from bot.forms.xlsform import limits
from bot.forms.xlsform.result import Code, FormRefused, Problem

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def has_formulas(content: bytes) -> bool:
    """Whether any sheet holds a formula, once the archive is found harmless.

    Raises:
        FormRefused: the file is damaged, dangerous or another kind of file.
    """
    with opened(content, damaged=_refused(Code.FILE_DAMAGED)) as archive:
        parts = archive.infolist()
        if unpacks_too_big(parts, len(content), limits.UNPACKED_BYTES):
            raise _refused(Code.FILE_UNPACKS_TOO_BIG)
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise _refused(Code.FILE_OF_ANOTHER_KIND, kind=_kind(names))
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise _refused(Code.FILE_HAS_MACROS)
        formulas, cells = False, 0
        for part in parts:
            if needs_password(part):
                raise _refused(Code.FILE_HAS_PASSWORD)
            if is_markup(part):
                xml = _harmless(archive.read(part))
                if part.filename.startswith("xl/worksheets/"):
                    formulas = formulas or _FORMULA.search(xml) is not None
                    cells += xml.count(b"<c ")
        if cells > limits.CELLS:
            raise _refused(Code.TOO_MANY_CELLS, limit=str(limits.CELLS))
        return formulas


def _harmless(xml: bytes) -> bytes:
    if has_entities(xml):
        raise _refused(Code.FILE_HAS_ENTITIES)
    return xml


def _kind(names: set[str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        return "opendocument"
    if any(name.startswith("word/") for name in names):
        return "text document"
    if any(name.startswith("ppt/") for name in names):
        return "slides"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("Index/") for name in names):
        return "numbers"
    return "zip"


def _refused(code: Code, **details: str) -> FormRefused:
    return FormRefused([Problem(code, details=details)])
