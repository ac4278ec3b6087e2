"""The English texts that editors own: content/*.yaml, the sample events and the surveys."""

import csv
from collections.abc import Iterator
from pathlib import Path

import yaml
from pyxform.xls2json_backends import md_to_dict

_ENGLISH = "en"
_ENGLISH_COLUMN = "::English (en)"
_EVENT_COLUMNS = ("title", "description")


def english_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Each English text of the editors' folder and where it stands, such as "crisis.yaml"."""
    for path in sorted(folder.glob("*.yaml")):
        for text in _in_tree(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield path.name, text
    for path in sorted(folder.glob("events/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                texts = (row.get(column) for column in _EVENT_COLUMNS)
                yield from ((f"events/{path.name}", text) for text in texts if text)
    for path in sorted(folder.glob("surveys/*.md")):
        sheets = md_to_dict(path.read_text(encoding="utf-8"))
        for row in (*sheets["survey"], *sheets.get("choices", ())):
            for column, text in row.items():
                if column.endswith(_ENGLISH_COLUMN):
                    yield f"surveys/{path.name}", text


def _in_tree(node: object) -> Iterator[str]:
    """Every text that stands under the key `en` at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == _ENGLISH and isinstance(value, str):
                yield value
            else:
                yield from _in_tree(value)
    elif isinstance(node, list):
        for value in node:
            yield from _in_tree(value)
