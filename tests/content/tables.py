"""Reads the tables of the surveys that ship, as pyxform reads them."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pyxform.xls2json_backends import md_to_dict

from bot.config import HOME

FOLDER = HOME / "content" / "surveys"
STAFF, FEEDBACK, CIRCLE = (
    FOLDER / f"{name}.md"
    for name in ("barriers-to-senior-roles", "event-feedback", "listening-circle-interest")
)
SURVEYS = (STAFF, FEEDBACK, CIRCLE)
COLUMN = {"en": "English (en)", "so": "Somali (so)", "ar": "Arabic (ar)", "fr": "French (fr)"}


def sheet(path: Path, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = md_to_dict(path.read_text(encoding="utf-8"))[name]
    return rows


def texts(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Where each text stands, and the text by language."""
    for name in ("survey", "choices"):
        for row in sheet(path, name):
            for kind in dict.fromkeys(key.partition("::")[0] for key in row if "::" in key):
                place = f"{row.get('list_name', name)}/{row['name']}/{kind}"
                yield (
                    place,
                    {
                        code: row[f"{kind}::{column}"]
                        for code, column in COLUMN.items()
                        if f"{kind}::{column}" in row
                    },
                )


def listed(path: Path, column: str = "name") -> dict[str, list[str]]:
    """The choices of each list, as they stand."""
    rows = sheet(path, "choices")
    return {
        name: [row[column] for row in of_list]
        for name, of_list in groupby(rows, key=lambda row: row["list_name"])
    }
