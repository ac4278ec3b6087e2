"""What we hand out about importing is true: templates and guide against the importer itself."""

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.config import HOME
from bot.errors import ImportRefused
from bot.events.importing import read_events, vocabulary
from bot.events.importing.headings import rows_below
from bot.events.importing.result import Problems
from bot.people.boroughs import Boroughs
from bot.people.folding import fold
from tests.events.conftest import NOW
from tests.events.importing.conftest import Read

TEMPLATES = HOME / "content" / "templates"
GUIDE = HOME / "docs" / "importing.md"
TRANSLATED = {f"{text}_{code}" for text in ("title", "description") for code in ("so", "ar", "fr")}


def headings(sheet: str) -> list[str]:
    [row, *_] = load_workbook(TEMPLATES / "events.xlsx")[sheet].iter_rows(values_only=True)
    return [str(cell) for cell in row]


def test_the_templates_have_every_column_and_no_other() -> None:
    with (TEMPLATES / "events.csv").open(encoding="utf-8", newline="") as file:
        [columns] = csv.reader(file)
    assert sorted(columns) == sorted(vocabulary.COLUMNS | TRANSLATED)
    assert sorted(headings("example")) == sorted(columns)
    assert sorted({*headings("events"), *headings("activities")}) == sorted(columns)
    assert set(headings("events")) == set(columns) - set(vocabulary.ACTIVITY_ONLY)


@pytest.mark.parametrize("name", ["events.csv", "events.xlsx"])
def test_an_empty_template_says_what_is_missing(name: str, boroughs: Boroughs) -> None:
    with pytest.raises(ImportRefused) as refusal:
        read_events(TEMPLATES / name, now=NOW, boroughs=boroughs)
    assert refusal.value.problems == ["The table has headings but no events below them."]


def test_the_example_in_the_template_can_be_imported(read: Read, tmp_path: Path) -> None:
    book = load_workbook(TEMPLATES / "events.xlsx")
    for name in ("events", "activities"):
        del book[name]
    book.move_sheet("example", -5)
    book.save(tmp_path / "filled.xlsx")
    [draft] = read("filled.xlsx", (tmp_path / "filled.xlsx").read_bytes()).drafts
    assert (draft.uid, draft.borough, len(draft.activities)) == ("brent-expo-2026", "brent", 1)


def test_the_choices_in_the_template_are_ones_we_know(boroughs: Boroughs) -> None:
    book = load_workbook(TEMPLATES / "events.xlsx")
    choices = {
        (sheet, headings(sheet)[ord(str(validation.sqref)[0]) - ord("A")]): validation.formula1
        for sheet in ("events", "activities")
        for validation in book[sheet].data_validations.dataValidation
    }
    known = {
        ("events", "kind"): vocabulary.EVENT_KINDS,
        ("events", "status"): vocabulary.STATUSES,
        ("activities", "kind"): vocabulary.ACTIVITY_KINDS,
    }
    assert set(choices) == {*known, ("events", "borough")}
    for column, names in known.items():
        offered = choices[column].strip('"').split(",")
        assert {names[fold(each)] for each in offered} == set(names.values())
    offered = choices["events", "borough"].strip('"').split(",")
    assert [boroughs.find(each) for each in offered] == [each.key for each in boroughs]


def test_the_guide_names_every_column_access_fact_and_borough(boroughs: Boroughs) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for column in vocabulary.COLUMNS:
        assert f"`{column}`" in guide, column
    [access] = re.findall(r"For `access`, write any of: (.*?)\.\n\n", guide, re.DOTALL)
    named = [vocabulary.ACCESS[fold(each)] for each in re.findall("`(.+?)`", access)]
    assert sorted(named) == sorted(set(vocabulary.ACCESS.values()))
    for borough in boroughs:
        assert borough.name in guide


def test_the_example_in_the_guide_can_be_imported(read: Read) -> None:
    [example] = re.findall(
        r"### An example\n\n```\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL
    )
    [draft] = read("guide.csv", example).drafts
    assert (draft.uid, len(draft.activities)) == ("brent-expo", 2)


def test_every_heading_is_read_with_or_without_capitals() -> None:
    problems = Problems()
    columns = sorted(vocabulary.COLUMNS)
    shown = [column.replace("_", " ").title() for column in columns]
    [row] = rows_below([(1, shown), (2, ["x"] * len(shown))], problems)
    assert sorted(row.cells) == columns
    assert not problems
