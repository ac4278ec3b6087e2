"""What a chat cannot do is refused at the door, with its row and the reason."""

import re
from collections.abc import Iterator

from pyxform.validators.pyxform.pyxform_reference import has_pyxform_reference_with_last_saved

from bot.forms.xlsform.findings import Findings
from bot.forms.xlsform.form import FormSheets
from bot.forms.xlsform.outline import Cell, Step
from bot.forms.xlsform.result import Code, Problem
from bot.forms.xlsform.support import (
    APPEARANCES,
    LEFT_EMPTY,
    SUPPORT,
    Reason,
    appearance_words,
)

# Sheets that ask for what a chat does not do, if there is anything in them.
_SHEETS = {
    "entities": Reason.ENTITIES,
    "external_choices": Reason.OLD_WAY,
    "osm": Reason.OPENSTREETMAP,
}
_REFUSED_COLUMNS = {
    "save_to": ("save_to", Reason.ENTITIES),
    "entities:saveto": ("save_to", Reason.ENTITIES),
    "intent": ("intent", Reason.OTHER_APP),
}
# Settings that promise what would not be kept, and settings that mean nothing here.
_REFUSED_SETTINGS = {"public_key": Reason.ENCRYPTION}
_IGNORED_SETTINGS = frozenset({"submission_url", "auto_send", "auto_delete", "client_editable"})
_APP = re.compile(r"(?:^|[\s,;])app\s*=", re.IGNORECASE)


def look_at_chat(form: FormSheets, findings: Findings) -> None:
    """Find types, appearances, columns, sheets and settings that a chat cannot honour."""
    for key, reason in _SHEETS.items():
        if (sheet := form.book.sheets.get(key)) and sheet.rows:
            details = {"what": key, "reason": reason}
            findings.add(Problem(Code.NOT_IN_A_CHAT, sheet=sheet.name, details=details))
    _look_at_settings(form, findings)
    for step in form.steps:
        for cell in step.cells:
            for what, reason in _refused(step, cell):
                findings.at(
                    form.survey_name, step, Code.NOT_IN_A_CHAT, cell, what=what, reason=reason
                )
            if what := _left_empty(step, cell):
                findings.warn(form.survey_name, step, Code.LEFT_EMPTY, cell, what=what)
            for word in _appearances(cell):
                if word not in APPEARANCES:
                    findings.warn(form.survey_name, step, Code.IGNORED_IN_A_CHAT, cell, what=word)


def _look_at_settings(form: FormSheets, findings: Findings) -> None:
    sheet = form.settings_name
    for item in form.settings[:1]:
        for cell in item.cells:
            what = cell.column[0]
            if reason := _REFUSED_SETTINGS.get(what):
                findings.at(sheet, item, Code.NOT_IN_A_CHAT, cell, what=what, reason=reason)
            elif what in _IGNORED_SETTINGS:
                findings.warn(sheet, item, Code.IGNORED_IN_A_CHAT, cell, what=what)


def _refused(step: Step, cell: Cell) -> Iterator[tuple[str, Reason]]:
    """What a cell asks for that a chat does not do, and why not."""
    if cell.column == ("type",):
        kind = step.type.name
        if (reason := SUPPORT.get(kind)) and kind not in LEFT_EMPTY | {"end_loop"}:
            yield kind, reason
        elif step.type.list_name.endswith((".xml", ".geojson")):
            yield step.type.list_name, Reason.XML_FILE
    for word in _appearances(cell):
        if reason := APPEARANCES.get(word):
            yield word, reason
    if refused := _REFUSED_COLUMNS.get(cell.column[-1]):
        yield refused
    if cell.column == ("parameters",) and _APP.search(cell.text):
        yield "app", Reason.OTHER_APP
    if has_pyxform_reference_with_last_saved(cell.text):
        yield "last-saved", Reason.LAST_SAVED


def _left_empty(step: Step, cell: Cell) -> str:
    """What of a cell would say who a person is, or watch them; "" where nothing does."""
    if cell.column == ("type",) and step.type.name in LEFT_EMPTY:
        return step.type.name
    tells = cell.column == ("bind", "jr:preload") and cell.text == "property"
    return cell.text if tells else ""


def _appearances(cell: Cell) -> list[str]:
    return appearance_words(cell.text) if cell.column == ("control", "appearance") else []
