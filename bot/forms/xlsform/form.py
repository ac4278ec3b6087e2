"""A form's sheets as XLSForm means them: what every check looks at."""

from typing import Any

from pyxform.constants import DEFAULT_FORM_NAME

from bot.forms.xlsform.outline import Item, Step, items, steps
from bot.forms.xlsform.result import Sheet
from bot.forms.xlsform.tables import CHOICES, SETTINGS, SURVEY, Book


class FormSheets:
    """The sheets of a form.

    Attributes:
        book: as read.
        survey: the survey sheet.
        survey_name: its name as in the file; so `choices_name` and `settings_name`.
        steps: the rows of the survey, without those that are switched off.
        choices: the rows of the choices.
        lists: name of a list to its choices.
        settings: the rows of the settings; the first counts.
        counted: the rows' numbers of a sheet as pyxform counts them, by sheet and row.
    """

    def __init__(self, book: Book, survey: Sheet) -> None:
        self.book = book
        self.survey = survey
        self.survey_name = survey.name
        self.choices_name = self._name(CHOICES)
        self.settings_name = self._name(SETTINGS)
        self.counted = {
            key: {
                row.number: row.number - sheet.heading + 1 if book.gaps else number
                for number, row in enumerate(sheet.rows, start=2)
            }
            for key, sheet in book.sheets.items()
        }
        self.settings = items(SETTINGS, book.sheets.get(SETTINGS))
        self.root = self.setting("name") or DEFAULT_FORM_NAME
        self.steps: list[Step] = list(steps(survey, self.root, self.counted[SURVEY]))
        self.choices: list[Item] = items(CHOICES, book.sheets.get(CHOICES))
        self.lists: dict[str, list[Item]] = {}
        for choice in self.choices:
            if name := choice.text("list name"):
                self.lists.setdefault(name, []).append(choice)

    def setting(self, name: str) -> str:
        """A setting, by the name that XLSForm gives it in the end; empty if it is not set."""
        return self.settings[0].text(name) if self.settings else ""

    def for_pyxform(self) -> dict[str, Any]:
        """What pyxform takes instead of a file: `pyxform.xls2json_backends.DefinitionData`."""
        data: dict[str, Any] = {"sheet_names": [name.strip() for name in self.book.names]}
        for key, sheet in self.book.sheets.items():
            numbers = self.counted[key]
            rows: list[dict[str, str]] = [{} for _ in range(max(numbers.values(), default=1) - 1)]
            for row in sheet.rows:
                rows[numbers[row.number] - 2] |= row.cells
            data[key] = rows
            data[f"{key}_header"] = [dict.fromkeys(sheet.columns)]
        return data

    def row(self, key: str, counted: int) -> int:
        """The number of a row in the author's file, from pyxform's number for it."""
        if counted == 1:
            return self.book.sheets[key].heading
        if self.book.gaps:
            return counted + self.book.sheets[key].heading - 1
        return next(
            (own for own, theirs in self.counted[key].items() if theirs == counted), counted
        )

    def _name(self, key: str) -> str:
        sheet = self.book.sheets.get(key)
        return sheet.name if sheet else key
