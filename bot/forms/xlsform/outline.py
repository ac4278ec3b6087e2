"""The rows of a survey as XLSForm means them: columns by their proper names, groups, paths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pyxform import aliases
from pyxform.parsing.sheet_headers import clean_text_values, process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey

from bot.forms.xlsform.result import Place, Row, Sheet
from bot.forms.xlsform.support import Type, read_type
from bot.forms.xlsform.tables import CHOICES, SETTINGS, SURVEY

Column = tuple[str, ...]  # ("bind", "relevant"), ("label", "Arabic (ar)"), ("type",)

_MEANINGS = {
    SURVEY: (aliases.survey_header, frozenset(MultipleChoiceQuestion.get_slot_names())),
    CHOICES: (aliases.list_header, frozenset(Option.get_slot_names())),
    SETTINGS: (aliases.settings_header, frozenset(Survey.get_slot_names())),
}


class Cell(NamedTuple):
    """A cell that holds something.

    Attributes:
        heading: as the author wrote it.
        column: what the heading means.
        text: what stands in it.
    """

    heading: str
    column: Column
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a sheet.

    Attributes:
        row: as read.
        cells: those that hold something.
        columns: what the headings of its sheet mean.
    """

    row: Row
    cells: tuple[Cell, ...]
    columns: Mapping[str, Column]

    def text(self, *column: str) -> str:
        """What stands in a column, in any language; empty if nothing does."""
        return next((cell.text for cell in self.cells if _under(cell.column, column)), "")

    def heading(self, *column: str) -> str:
        """How the author headed a column; its proper name, if there is none."""
        return next(
            (heading for heading, meant in self.columns.items() if _under(meant, column)),
            {"calculate": "calculation"}.get(column[-1], column[-1].replace(" ", "_")),
        )


@dataclass(frozen=True, slots=True)
class Step(Item):
    """A row of the survey sheet.

    Attributes:
        type: what its type means.
        name: its name, or the one that pyxform gives a note without; empty if there is none.
        parent: the path of the group or repeat it stands in.
        depth: how many groups and repeats that is.
        counted: the row's number as pyxform counts.
    """

    type: Type
    name: str
    parent: str
    depth: int
    counted: int

    @property
    def path(self) -> str:
        """The path of its node."""
        return f"{self.parent}/{self.name}"


def meanings(key: str, sheet: Sheet) -> dict[str, Column]:
    """What the headings of a sheet mean."""
    known, columns = _MEANINGS[key]
    colons = any("::" in heading for heading in sheet.columns)
    return {
        heading: process_header(
            header=heading,
            use_double_colon=colons,
            header_aliases=known,
            header_columns=columns,
        )[1]
        for heading in sheet.columns
    }


def is_known(key: str, column: Column) -> bool:
    """Whether XLSForm knows a column of a sheet."""
    return column[0] in _MEANINGS[key][1] or column[0] in {"disabled", "list name"}


def items(key: str, sheet: Sheet | None) -> list[Item]:
    """The rows of a sheet."""
    if sheet is None:
        return []
    columns = meanings(key, sheet)
    return [
        Item(
            row,
            tuple(
                Cell(heading, columns[heading], clean_text_values(text, strip_whitespace=True))
                for heading, text in row.cells.items()
            ),
            columns,
        )
        for row in sheet.rows
    ]


def steps(survey: Sheet, root: str, counted: Mapping[int, int]) -> Iterator[Step]:
    """The rows of a survey, but those that are switched off, and where each stands.

    Args:
        survey: the sheet.
        root: the name of the form's root node.
        counted: the rows' numbers as pyxform counts them.
    """
    inside: list[str] = []
    for item in items(SURVEY, survey):
        if aliases.yes_no.get(item.text("disabled")):
            continue
        kind = read_type(item.text("type"))
        name = item.text("name")
        number = counted[item.row.number]
        if not name and kind.name == "note":
            name = f"generated_note_name_{number}"
        if kind.name.startswith("end_") and inside:
            inside.pop()
        parent = "/".join(["", root, *inside])
        yield Step(item.row, item.cells, item.columns, kind, name, parent, len(inside), number)
        if kind.name.startswith("begin_"):
            inside.append(name)


def places(walked: list[Step], sheet: str) -> dict[str, Place]:
    """The path of each node to the row it comes from, with the nodes that pyxform adds to a row."""
    found: dict[str, Place] = {}
    table = ""  # the path of a group shown as a table, until its first question with choices
    for step in walked:
        if step.type.name.startswith("end_"):
            table = ""
            continue
        paths = [step.path]
        if step.type.or_other:
            paths.append(f"{step.path}_other")
        if step.text("control", "jr:count"):
            paths.append(f"{step.path}_count")
        if step.type.name.startswith("begin_"):
            if "table-list" in step.text("control", "appearance").split():
                table = step.path
                paths.append(f"{table}/generated_table_list_label_{step.counted}")
        elif table and step.type.list_name:
            paths.append(f"{table}/reserved_name_for_field_list_labels_{step.counted}")
            table = ""
        found |= dict.fromkeys(paths, Place(sheet, step.row.number))
    return found


def _under(column: Column, name: Column) -> bool:
    return column[: len(name)] == name
