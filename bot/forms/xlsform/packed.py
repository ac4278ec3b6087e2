"""A form and its files in one .zip, as people pack them and as ODK's programs do."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from zipfile import ZipInfo

from bot.archives import MOST_PARTS, needs_password, opened, unpacks_too_big
from bot.forms.xlsform import limits
from bot.forms.xlsform.result import Code, FormRefused, Problem

SUFFIX: Final = ".zip"
_FORMS: Final = ({".xlsx", ".xlsm", ".xls"}, {".md", ".markdown"}, {".csv"})
"""How the names of forms end; the last only where there is none of those before."""
# What programs put into archives without asking.
_LITTER: Final = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


class Packed(NamedTuple):
    """What was in a .zip.

    Attributes:
        content: of the form.
        filename: the form's.
        beside: the other files, by their names without folders.
    """

    content: bytes
    filename: str
    beside: Mapping[str, bytes]


def unpack(content: bytes) -> Packed:
    """The form in a .zip, and the files around it; nothing is written anywhere.

    Folders mean nothing: a form names its files without them.

    Raises:
        FormRefused: it is damaged, dangerous or too big, or holds no form, or several.
    """
    if len(content) > limits.PACKED_BYTES:
        raise _refused(Code.FILE_TOO_BIG, limit=str(limits.PACKED_BYTES))
    with opened(content, damaged=_refused(Code.FILE_DAMAGED)) as archive:
        parts = [part for part in archive.infolist() if _is_wanted(part)]
        _refuse_bomb(archive.infolist(), len(content))
        if any(map(needs_password, parts)):
            raise _refused(Code.FILE_HAS_PASSWORD)
        form, *others = _in_order(parts)
        return Packed(
            archive.read(form),
            _name(form),
            {_name(part): archive.read(part) for part in others},
        )


def _is_wanted(part: ZipInfo) -> bool:
    steps = PurePosixPath(part.filename.lower()).parts
    return not part.is_dir() and not any(
        step in _LITTER or (step.startswith(".") and step != "..") for step in steps
    )


def _refuse_bomb(parts: list[ZipInfo], length: int) -> None:
    if len(parts) > MOST_PARTS:
        raise _refused(Code.TOO_MANY_FILES, limit=str(limits.FILES_BESIDE))
    if unpacks_too_big(parts, length, limits.FILE_BYTES + limits.BESIDE_BYTES + limits.MEDIA_BYTES):
        raise _refused(Code.FILE_UNPACKS_TOO_BIG)


def _in_order(parts: list[ZipInfo]) -> list[ZipInfo]:
    """The form first."""
    names: set[str] = set()
    for part in parts:
        name = _name(part)
        if name in names:
            raise _refused(Code.FILE_PACKED_TWICE, file=name)
        names.add(name)
    found = ([part for part in parts if _suffix(part) in suffixes] for suffixes in _FORMS)
    forms = next(filter(None, found), [])
    if not forms:
        raise _refused(Code.FORM_NOT_PACKED)
    if len(forms) > 1:
        raise _refused(Code.FORMS_PACKED, files=", ".join(sorted(map(_name, forms))))
    return [*forms, *(part for part in parts if part is not forms[0])]


def _name(part: ZipInfo) -> str:
    return PurePosixPath(part.filename.replace("\\", "/")).name


def _suffix(part: ZipInfo) -> str:
    return PurePosixPath(part.filename).suffix.lower()


def _refused(code: Code, **details: str) -> FormRefused:
    return FormRefused([Problem(code, details=details)])
