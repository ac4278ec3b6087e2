"""What pyxform objects to, in codes of ours; its own sentence goes along."""

import re
from collections.abc import Iterator

from pyxform.errors import PyXFormError

from bot.forms.xlsform.form import FormSheets
from bot.forms.xlsform.outline import Step
from bot.forms.xlsform.result import Code, Problem, Severity
from bot.forms.xlsform.tables import SURVEY

_NAMELESS = "default"  # what pyxform calls the language of columns that name none
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"(?:On the|for sheet:|looking for a sheet named) '(\w+)'")
_COLUMN = re.compile(r"the '([^']+)' value")
# How pyxform's sentences begin or what they hold, the code, and what else they name.
_ERRORS = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"Unknown question type '(?P<type>.*)'\.", Code.TYPE_UNKNOWN),
        (r"Question with no type", Code.TYPE_MISSING),
        (r"Question or group with no name", Code.NAME_MISSING),
        (r"must be unique within their nearest parent", Code.NAME_TWICE),
        (r"Repeat names must unique anywhere", Code.NAME_TWICE),
        (r"Repeat names must not be the same as the survey root", Code.NAME_RESERVED),
        (r"The name 'meta' is reserved", Code.NAME_RESERVED),
        (
            r"Instance names must be unique within a form. The name '(?P<name>[^']*)'",
            Code.NAME_TWICE,
        ),
        (
            r"The same instance id will be generated.* Instance name: '(?P<name>[^']*)'",
            Code.NAME_TWICE,
        ),
        (r"Names must begin with a letter or underscore", Code.NAME_INVALID),
        (r"Choices must have a name", Code.CHOICE_NAME_MISSING),
        (r"Choice names must be unique for each choice list", Code.CHOICE_NAME_TWICE),
        (
            r"Choice names with spaces.* See \[(?P<name>.*)\] in \[(?P<list>.*)\]",
            Code.CHOICE_NAME_HAS_SPACE,
        ),
        (
            r"List name not in (?:choices|external choices|columns) sheet: (?P<list>.*)",
            Code.LIST_MISSING,
        ),
        (r"There should be (?:a choices|an external_choices) sheet", Code.LIST_MISSING),
        (r"Please specify choices for this 'or other' question", Code.LIST_MISSING),
        (r"Arguments 'itemset' and 'list_name'", Code.LIST_NAME_MISSING),
        (r"Repeat loop without list name", Code.LIST_NAME_MISSING),
        (r"Choice filter not supported with or_other", Code.OTHER_WITH_FILTER),
        (
            r"Unmatched 'begin_(?P<type>\w+)'.* for the name '(?P<name>[^']*)'",
            Code.BEGIN_WITHOUT_END,
        ),
        (r"Unmatched 'end_(?P<type>\w+)'", Code.END_WITHOUT_BEGIN),
        (r"Missing calculation", Code.CALCULATION_MISSING),
        (r"Could not find the name '(?P<name>[^']*)'", Code.REFERENCE_UNKNOWN),
        (r"The name '(?P<name>[^']*)' appears more than once", Code.REFERENCE_AMBIGUOUS),
        (r"There is no survey element named '(?P<name>[^']*)'", Code.REFERENCE_UNKNOWN),
        (r"There are multiple survey elements named '(?P<name>[^']*)'", Code.REFERENCE_AMBIGUOUS),
        (r"Reference variables? (?:lists )?must", Code.REFERENCE_INVALID),
        (
            r"\{(?P<trigger>.*)\} is not user-visible.* for question \$\{(?P<name>.*)\}",
            Code.TRIGGER_INVALID,
        ),
        (r"survey element named '(?P<name>[^']*)' has no label or hint", Code.LABEL_MISSING),
        (r"use big-image.* survey element named (?P<name>\S+)\.$", Code.BIG_IMAGE_ALONE),
        (r"File name for '.*' should end with", Code.CSV_NAME_INVALID),
        (r"table.list", Code.TABLE_LIST_INVALID),
        (
            r"(?i)\bparameter|must be set to (?:true|false)|Invalid value for quality|seed value",
            Code.PARAMETERS_INVALID,
        ),
        (
            r"same column were found: '(?P<first>[^']*)', '(?P<column>[^']*)'",
            Code.COLUMN_TWICE,
        ),
        (r"required column headers were not found: '(?P<column>[^']*)'", Code.COLUMN_MISSING),
    )
)
_WARNINGS = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (
            r"sheet named '(?P<sheet>\w+)', .* similar names were found: (?P<similar>.*?)\. If",
            Code.SHEET_MISSPELT,
        ),
        (r"Row without name, text, or label is being skipped", Code.ROW_SKIPPED),
        (r"'disabled' column header", Code.ROW_DISABLED),
        (r"'name' value '(?P<name>[^']*)' is problematic", Code.NAME_DIFFERS_IN_CASE),
        (r"has no label: \{'name': '(?P<name>[^']*)'", Code.LABEL_MISSING),
        (r"Choices should have a label", Code.CHOICE_LABEL_MISSING),
        (r"Column headers must not be empty and must not contain spaces", Code.COLUMN_NAME_INVALID),
        (
            r"^Language '(?P<language>.*)' is missing the (?P<of>\w+) (?P<columns>.*)\.$",
            Code.TRANSLATION_COLUMN_MISSING,
        ),
        (r"uses or_other and translations", Code.OTHER_NOT_TRANSLATED),
        (r"valid machine-readable codes: (?P<languages>.*)\. Learn", Code.LANGUAGE_WITHOUT_CODE),
    )
)
# Where sentences do not say it: the columns that they are about.
_COLUMNS = {
    Code.TYPE_MISSING: ("type",),
    Code.TYPE_UNKNOWN: ("type",),
    Code.LIST_MISSING: ("type",),
    Code.LIST_NAME_MISSING: ("type",),
    Code.BEGIN_WITHOUT_END: ("type",),
    Code.END_WITHOUT_BEGIN: ("type",),
    Code.CSV_NAME_INVALID: ("type",),
    Code.TABLE_LIST_INVALID: ("type",),
    Code.NAME_MISSING: ("name",),
    Code.NAME_TWICE: ("name",),
    Code.LABEL_MISSING: ("label",),
    Code.CALCULATION_MISSING: ("bind", "calculate"),
    Code.OTHER_WITH_FILTER: ("choice_filter",),
    Code.PARAMETERS_INVALID: ("parameters",),
    Code.TRIGGER_INVALID: ("trigger",),
}
_PARAMETERS = ("seed", "randomize", "quality", "max-pixels")
_MEDIA = frozenset({"image", "big-image", "audio", "video"})
# Warnings that say nothing to an author here: how an app should shrink pictures, and which
# telephones still tell what we leave empty on all of them.
_NOT_OURS = re.compile(r"Use the max-pixels parameter|is no longer supported on most devices")


def objections(error: PyXFormError, form: FormSheets) -> list[Problem]:
    """The problems that pyxform stopped at; it says several only of one kind."""
    return [
        _problem(line, Severity.ERROR, form) for line in str(error).split("\n[row") if line.strip()
    ]


def warnings(sentences: list[str], form: FormSheets) -> list[Problem]:
    """What pyxform warns of."""
    return [
        problem
        for sentence in sentences
        if not _NOT_OURS.search(sentence)
        for problem in _warnings(sentence, form)
    ]


def _warnings(sentence: str, form: FormSheets) -> Iterator[Problem]:
    """What one warning says; of columns that languages lack, it says several in a line each."""
    code, _ = _meaning(sentence.partition("\n")[0], Severity.WARNING)
    if code is not Code.TRANSLATION_COLUMN_MISSING:
        yield _problem(sentence, Severity.WARNING, form)
        return
    for line in sentence.split("\n"):
        _, named = _meaning(line, Severity.WARNING)
        sheet = form.book.sheets.get(named["of"])
        language = named["language"]
        columns = named["columns"].removeprefix("columns ").removesuffix(" column")
        for column in columns.split(", "):
            if column in _MEDIA:  # those of the default language stand in for them
                continue
            heading = column if language == _NAMELESS else f"{column}::{language}"
            details = {"language": language, "pyxform": line}
            name, row = (sheet.name, sheet.heading) if sheet else ("", None)
            yield Problem(code, Severity.WARNING, name, row, heading, details)


def _problem(sentence: str, severity: Severity, form: FormSheets) -> Problem:
    if sentence.startswith(" : "):  # split off from the one before
        sentence = f"[row{sentence}"
    code, named = _meaning(sentence, severity)
    told = _SHEET.search(sentence)
    key = told[1] if told else SURVEY
    sheet = form.book.sheets.get(key)
    row = None
    if sheet and (counted := _ROW.search(sentence)):
        row = form.row(key, int(counted[1]))
    elif sheet and told:
        row = sheet.heading  # such sentences are about headings
    elif found := _step_of(code, sentence, named, form):
        row = found.row.number
    column = _COLUMN.search(sentence)
    return Problem(
        code,
        severity,
        sheet.name if sheet and row else "",
        row,
        named.pop("column", None) or (column[1] if column else _column_of(code, row, form)),
        {**named, "pyxform": sentence},
    )


def _meaning(sentence: str, severity: Severity) -> tuple[Code, dict[str, str]]:
    is_error = severity is Severity.ERROR
    for pattern, code in _ERRORS if is_error else _WARNINGS:
        if found := pattern.search(sentence):
            return code, {
                key: text.replace("'", "") for key, text in found.groupdict().items() if text
            }
    return Code.NOT_CONVERTED if is_error else Code.OTHER, {}


def _step_of(code: Code, sentence: str, named: dict[str, str], form: FormSheets) -> Step | None:
    """The row that a sentence without a row's number is about, if it says enough to tell."""
    if code is Code.PARAMETERS_INVALID:
        used = next((word for word in _PARAMETERS if word in sentence), "")
        steps = [step for step in form.steps if used and used in step.text("parameters")]
        return steps[0] if len(steps) == 1 else None
    for what in ("name", "type"):
        if what in named and "list" not in named:
            return next((step for step in form.steps if step.text(what) == named[what]), None)
    return None


def _column_of(code: Code, row: int | None, form: FormSheets) -> str | None:
    """The heading of the column that problems of a kind are about."""
    if row is None or code not in _COLUMNS:
        return None
    return form.steps[0].heading(*_COLUMNS[code]) if form.steps else None
