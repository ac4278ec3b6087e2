"""From a file to an XForm."""

import os
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.validators.pyxform.sheet_misspellings import find_sheet_misspellings
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from bot.forms.xlsform import objections
from bot.forms.xlsform.chat import look_at_chat
from bot.forms.xlsform.checking import (
    look_at_choices,
    look_at_columns,
    look_at_groups,
    look_at_references,
    look_at_survey,
    look_at_unused_lists,
)
from bot.forms.xlsform.files import look_at_files
from bot.forms.xlsform.findings import Findings
from bot.forms.xlsform.form import FormSheets
from bot.forms.xlsform.outline import meanings, places
from bot.forms.xlsform.reading import read_book
from bot.forms.xlsform.result import (
    Code,
    Converted,
    FormRefused,
    Language,
    Place,
    Problem,
)
from bot.forms.xlsform.sizes import refuse_sizes
from bot.forms.xlsform.tables import CHOICES, REFUSED_CHARACTERS, SURVEY, Book

_NS = {"h": "http://www.w3.org/1999/xhtml", "x": "http://www.w3.org/2002/xforms"}
_CODE = re.compile(r"\(([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\)\s*$")
_CANDIDATES = re.compile(r"'([^']*)'\.$")


def convert_here(content: bytes, filename: str, beside: Mapping[str, bytes]) -> Converted:
    """As `bot.forms.xlsform.convert_trusted`.

    Raises:
        FormRefused: there are errors; with all that were found.
    """
    refuse_sizes(content, beside)
    book = read_book(content, filename)
    findings = Findings([sheet.name for sheet in book.sheets.values()])
    for problem in book.problems:
        findings.add(problem)
    form = _form(book, findings)
    used: Mapping[str, bytes] = {}
    if not _missing_columns(form, findings):
        look_at_columns(form, findings)
        look_at_survey(form, findings)
        look_at_groups(form, findings)
        look_at_choices(form, findings)
        look_at_unused_lists(form, findings)
        look_at_references(form, findings)
        look_at_chat(form, findings)
        used = look_at_files(form, beside, findings)
    stem = REFUSED_CHARACTERS.sub("", PurePosixPath(filename).stem)
    xform = _by_pyxform(form, stem, findings)
    about = _about(xform, form.setting("default_language")) if xform else None
    if not about and not findings.errors:
        findings.add(Problem(Code.NOT_CONVERTED))
    if not about or findings.errors:
        raise FormRefused(findings.all())
    _look_at_languages(form, about, findings)
    return Converted(
        xform,
        about.title,
        about.form_id,
        about.version,
        about.default_language,
        about.languages,
        places(form.steps, form.survey_name),
        _choice_places(form),
        {key: sheet.rows for key, sheet in book.sheets.items()},
        {name: used[name] for name in sorted(used)},
        findings.all(),
    )


def _form(book: Book, findings: Findings) -> FormSheets:
    """The form in a book.

    Raises:
        FormRefused: it has no survey sheet, so that there is nothing more to say.
    """
    if survey := book.sheets.get(SURVEY):
        return FormSheets(book, survey)
    details = {"sheet": SURVEY}
    if like := find_sheet_misspellings(SURVEY, book.names):
        details["pyxform"] = like
        if found := _CANDIDATES.search(like):
            details["similar"] = found[1]
    findings.add(Problem(Code.SHEET_MISSING, details=details))
    raise FormRefused(findings.all())


def _missing_columns(form: FormSheets, findings: Findings) -> bool:
    """Whether columns are missing without which every row would look wrong."""
    missing = False
    for key, needed in ((SURVEY, ("type",)), (CHOICES, ("list name", "name"))):
        sheet = form.book.sheets.get(key)
        if not sheet or (key == CHOICES and not sheet.rows):
            continue
        there = {column[0] for column in meanings(key, sheet).values()}
        for column in needed:
            if column not in there:
                missing = True
                findings.add(
                    Problem(
                        Code.COLUMN_MISSING,
                        sheet=sheet.name,
                        row=sheet.heading,
                        column=column.replace(" ", "_"),
                    )
                )
    return missing


def _by_pyxform(form: FormSheets, stem: str, findings: Findings) -> str:
    """The XForm that pyxform makes, or an empty text and its objection among the findings."""
    sentences: list[str] = []
    xform = ""
    try:
        xform = _xform(DefinitionData(**form.for_pyxform()), stem, sentences)
    except PyXFormError as error:
        for objection in objections.objections(error, form):
            findings.add_objection(objection)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001, S110 - a form may break pyxform anywhere; no XForm says it
        pass
    for warning in objections.warnings(sentences, form):
        findings.add_objection(warning)
    return xform


def _xform(data: DefinitionData, stem: str, sentences: list[str]) -> str:
    """As `pyxform.xls2xform.convert`, which would put the form in a temporary file.

    Args:
        data: the sheets.
        stem: the form's id, if the settings name none.
        sentences: where pyxform puts its warnings.

    Raises:
        PyXFormError: the form is wrong.
    """
    survey = create_survey_element_from_dict(
        workbook_to_json(data, fallback_form_name=stem or None, warnings=sentences)
    )
    # Written to where nothing stays; by number, for on failure pyxform deletes what it can name.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    return str(
        survey.print_xform_to_file(
            path=nowhere, validate=False, pretty_print=False, warnings=sentences
        )
    )


class _About(NamedTuple):
    title: str
    form_id: str
    version: str
    default_language: str
    languages: tuple[Language, ...]


def _about(xform: str, language: str) -> _About | None:
    """What the XForm says about itself; None if it is no XML, as headings can make it.

    Args:
        xform: the XForm.
        language: of a form that has no translations, as its settings say.
    """
    try:
        head = ET.fromstring(xform).find("h:head", _NS)  # noqa: S314 - pyxform has just written it
    except ET.ParseError:
        return None
    assert head is not None  # noqa: S101 - pyxform writes one always
    root = head.find("x:model/x:instance/*", _NS)
    attributes = {} if root is None else root.attrib
    names = [
        (each.get("lang", ""), each.get("default") == "true()")
        for each in head.iterfind("x:model/x:itext/x:translation", _NS)
    ] or [(language or "default", True)]
    default = next((name for name, is_default in names if is_default), names[0][0])
    return _About(
        head.findtext("h:title", "", _NS),
        attributes.get("id", ""),
        attributes.get("version", ""),
        default,
        tuple(
            Language(name, found[1] if (found := _CODE.search(name)) else "") for name, _ in names
        ),
    )


def _look_at_languages(form: FormSheets, about: _About, findings: Findings) -> None:
    """Find a default language that the form does not have; pyxform passes over it."""
    wanted = form.setting("default_language")
    names = [language.name for language in about.languages]
    if wanted and wanted not in names:
        findings.warn(
            *(form.settings_name, form.settings[0], Code.DEFAULT_LANGUAGE_UNKNOWN),
            form.settings[0].heading("default_language"),
            language=wanted,
            languages=", ".join(names),
        )


def _choice_places(form: FormSheets) -> dict[tuple[str, str], Place]:
    found: dict[tuple[str, str], Place] = {}
    for name, choices in form.lists.items():
        for choice in choices:
            place = Place(form.choices_name, choice.row.number)
            found.setdefault((name, choice.text("name")), place)
    return found
