"""The rules of a form that cannot be used, each as its author wrote it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from bot.forms.expressions import ExpressionRefused, compile_expression
from bot.forms.xlsform import Converted, Row
from bot.surveys.findings import Finding, Trouble

_JR: Final = "{http://openrosa.org/javarosa}"
_XF: Final = "{http://www.w3.org/2002/xforms}"
_PATH: Final = re.compile(r"\s*/[\w.-]+/(?:[\w.-]+/)*([\w.-]+)\s*")
# The rules of a bind, and the headings under which authors write them, without "bind::".
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "relevant": ("relevant", "relevance"),
    "required": ("required",),
    "readonly": ("readonly", "read_only"),
    "constraint": ("constraint",),
    "calculate": ("calculation", "calculate"),
    "set": ("default", "calculation", "calculate"),
    "count": ("repeat_count", "count", "jr:count"),
    "filter": ("choice_filter",),
}
_OF_BINDS: Final = ("relevant", "required", "readonly", "constraint", "calculate")


@dataclass(frozen=True, slots=True)
class _Rule:
    """An expression of a form.

    Attributes:
        path: of the node that it is about.
        headings: of the column it can stand in, small letters, the likeliest first.
        source: as pyxform writes it.
    """

    path: str
    headings: tuple[str, ...]
    source: str


def broken_rules(converted: Converted) -> Iterator[Finding]:
    """The expressions of a form that cannot be evaluated."""
    rows = {(row.number): row for row in converted.rows.get("survey", ())}
    for rule in dict.fromkeys(_rules(ET.fromstring(converted.xform))):  # noqa: S314 -- pyxform wrote it
        try:
            compile_expression(rule.source, rule.path or "/data")
        except ExpressionRefused as why:
            place = converted.places.get(rule.path)
            heading, written = _cell(rows.get(place.row) if place else None, rule.headings)
            details = {"code": str(why.code), "detail": _as_written(why.detail, written)}
            if written:
                details["written"] = written
            sheet, number = (place.sheet, place.row) if place else ("", None)
            yield Finding(Trouble.EXPRESSION, True, sheet, number, heading, details)


def _cell(row: Row | None, headings: tuple[str, ...]) -> tuple[str, str]:
    """The heading of a rule as its author wrote it, and the rule; only a heading if need be."""
    cells = row.cells if row else {}
    named = {_plain(heading): heading for heading in cells}
    for heading in headings:
        if heading in named:
            return named[heading], cells[named[heading]]
    return headings[0], ""


def _plain(heading: str) -> str:
    """A heading in small letters, without what says which part of an XForm it goes to."""
    name = heading.strip().lower()
    for group in ("bind", "control", "body"):
        name = name.removeprefix(f"{group}::").removeprefix(f"{group}:")
    return name if "::" in name else name.replace(" ", "_")


def _as_written(part: str, written: str) -> str:
    """Part of an expression as its author wrote it: with ${names} in the place of paths.

    Where pyxform has put more around it than the author wrote, all that they wrote.
    """
    named = _PATH.sub(r"${\1}", part).strip()
    letters = [re.escape(letter) for letter in named if not letter.isspace()]
    found = re.search(r"\s*".join(letters), written) if written else None
    if found:
        return found[0]
    return written if written and "/" in named else named


def _rules(root: ET.Element) -> Iterator[_Rule]:
    """Every expression of an XForm."""
    for rule in _all(root):
        if rule.source:
            yield rule


def _all(root: ET.Element) -> Iterator[_Rule]:
    for bind in root.iter(f"{_XF}bind"):
        for name in _OF_BINDS:
            yield _Rule(bind.get("nodeset", ""), _HEADINGS[name], bind.get(name, ""))
    for each in root.iter(f"{_XF}setvalue"):
        yield _Rule(each.get("ref", ""), _HEADINGS["set"], each.get("value", ""))
    for each in root.iter(f"{_XF}repeat"):
        count = each.get(f"{_JR}count", "")
        yield _Rule(each.get("nodeset", ""), _HEADINGS["count"], count)
    for control in root.iter():
        for itemset in control.findall(f"{_XF}itemset"):
            path, nodes = control.get("ref", ""), itemset.get("nodeset", "")
            yield _Rule(path, _HEADINGS["filter"], nodes)
    for translation in root.iter(f"{_XF}translation"):
        language = translation.get("lang", "").lower()
        for text in translation.iter(f"{_XF}text"):
            path, _, column = text.get("id", "").rpartition(":")
            for each in text.iter(f"{_XF}output"):
                headings = (f"{column}::{language}", column)
                yield _Rule(path, headings, each.get("value", ""))
