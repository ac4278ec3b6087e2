"""What can be seen to be wrong in the rows themselves: names, types, groups, lists, references."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from pyxform import aliases
from pyxform.errors import PyXFormError
from pyxform.parsing.expression import is_xml_tag
from pyxform.validators.pyxform.pyxform_reference import (
    has_pyxform_reference,
    parse_pyxform_references,
)
from rapidfuzz import fuzz, process

from bot.forms.xlsform import limits
from bot.forms.xlsform.findings import Findings
from bot.forms.xlsform.form import FormSheets
from bot.forms.xlsform.outline import Item, Step, is_known, meanings
from bot.forms.xlsform.result import Code, Problem, Severity
from bot.forms.xlsform.support import SUPPORT
from bot.forms.xlsform.tables import CHOICES, SETTINGS, SURVEY

_MUCH_ALIKE = 75.0
_INSTANCE = re.compile(r"""instance\(\s*['"]([^'"]+)['"]\s*\)""")
# What is asked or told must say something; with a calculation alone it is not asked.
_ASKED = frozenset(
    name
    for name, reason in SUPPORT.items()
    if reason is None
    and not name.startswith(("begin_", "end_"))
    and name not in {"calculate", "hidden", "csv-external", "start", "end", "today"}
)
_SHOWN = (("label",), ("hint",), ("media",), ("bind", "calculate"), ("trigger",))
# The columns that people mean when they misspell one.
_SPELLINGS = {
    SURVEY: """
        type name label hint guidance_hint default appearance relevant constraint
        constraint_message required required_message readonly calculation choice_filter parameters
        repeat_count trigger image audio video big-image media autoplay disabled
    """,
    CHOICES: "list_name name label image audio video big-image media",
    SETTINGS: """
        form_title form_id version default_language style instance_name public_key
        submission_url allow_choice_duplicates
    """,
}


def look_at_columns(form: FormSheets, findings: Findings) -> None:
    """Find headings that mean nothing, or nearly something."""
    for key, spellings in _SPELLINGS.items():
        if not (sheet := form.book.sheets.get(key)):
            continue
        for heading, column in meanings(key, sheet).items():
            if is_known(key, column) or heading.startswith(("_", "$", "#")):
                continue
            like = nearest(column[0].lower(), spellings.split())
            # Choices have columns of their own for choice_filter, which mean no harm.
            if like or key == SURVEY:
                findings.add(
                    Problem(
                        Code.COLUMN_UNKNOWN,
                        Severity.WARNING,
                        sheet.name,
                        sheet.heading,
                        heading,
                        {"similar": like} if like else {},
                    )
                )


def look_at_survey(form: FormSheets, findings: Findings) -> None:
    """Find what is wrong with types, names and lists."""
    sheet = form.survey_name
    if not form.steps:
        findings.add(Problem(Code.NOTHING_ASKED, sheet=sheet, row=form.survey.heading))
    taken: dict[str, dict[str, int]] = defaultdict(dict)
    for step in form.steps:
        kind = step.type.name
        if not step.text("type"):
            if step.text("name") or step.text("label"):
                findings.at(sheet, step, Code.TYPE_MISSING, step.heading("type"))
            continue
        if kind.startswith("end_") or aliases.settings_header.get(step.text("type")):
            continue  # pyxform takes settings among the questions
        if not kind:
            _unknown_type(sheet, step, findings)
        _look_at_name(sheet, step, taken[step.parent], findings)
        if kind == "calculate" and not (step.text("bind", "calculate") or step.text("default")):
            findings.at(sheet, step, Code.CALCULATION_MISSING, step.heading("bind", "calculate"))
        if kind.startswith(("select_", "rank")):
            _look_at_list(form, step, findings)
        if kind in _ASKED and not any(step.text(*column) for column in _SHOWN):
            findings.at(sheet, step, Code.LABEL_MISSING, step.heading("label"), name=step.name)


def look_at_groups(form: FormSheets, findings: Findings) -> None:
    """Find groups and repeats that do not end, end without beginning, or stand too deep."""
    sheet = form.survey_name
    open_groups: list[Step] = []
    for step in form.steps:
        edge, _, kind = step.type.name.partition("_")
        if not kind:
            continue
        if edge == "begin":
            open_groups.append(step)
            if step.depth == limits.DEPTH:
                findings.at(
                    sheet, step, Code.TOO_DEEP, step.heading("type"), limit=str(limits.DEPTH)
                )
        elif edge == "end":
            if open_groups and open_groups[-1].type.name == f"begin_{kind}":
                open_groups.pop()
            else:
                findings.at(sheet, step, Code.END_WITHOUT_BEGIN, step.heading("type"), type=kind)
    for step in open_groups:
        kind = step.type.name.removeprefix("begin_")
        findings.at(
            sheet, step, Code.BEGIN_WITHOUT_END, step.heading("type"), type=kind, name=step.name
        )


def _unknown_type(sheet: str, step: Step, findings: Findings) -> None:
    text = step.text("type")
    first, _, rest = text.partition(" ")
    like = nearest(text, SUPPORT) or nearest(first.lower(), SUPPORT)
    if like and rest and like.startswith(("select", "rank")):
        like = f"{like} {rest}"
    findings.at(sheet, step, Code.TYPE_UNKNOWN, step.heading("type"), type=text, **_similar(like))


def _look_at_name(sheet: str, step: Step, taken: dict[str, int], findings: Findings) -> None:
    heading = step.heading("name")
    if not step.name:
        if step.type.name != "audit":
            findings.at(sheet, step, Code.NAME_MISSING, heading)
    elif not is_xml_tag(step.name):
        findings.at(sheet, step, Code.NAME_INVALID, heading, name=step.name)
    elif step.name == "meta":
        findings.at(sheet, step, Code.NAME_RESERVED, heading, name=step.name)
    elif first := taken.get(step.name):
        findings.at(sheet, step, Code.NAME_TWICE, heading, name=step.name, first=str(first))
    else:
        taken[step.name] = step.row.number


def _look_at_list(form: FormSheets, step: Step, findings: Findings) -> None:
    sheet, name, heading = form.survey_name, step.type.list_name, step.heading("type")
    if not name:
        findings.at(sheet, step, Code.LIST_NAME_MISSING, heading, type=step.type.name)
        return
    if step.type.name.endswith(("_from_file", "_external")) or has_pyxform_reference(name):
        return
    if name.endswith((".csv", ".xml", ".geojson")):
        return
    if name not in form.lists:
        findings.at(
            sheet,
            step,
            Code.LIST_MISSING,
            heading,
            list=name,
            **_similar(nearest(name, form.lists)),
        )
    elif step.type.name == "select_multiple":
        for choice in form.lists[name]:
            if " " in choice.text("name"):
                findings.at(
                    form.choices_name,
                    choice,
                    Code.CHOICE_NAME_HAS_SPACE,
                    choice.heading("name"),
                    name=choice.text("name"),
                    list=name,
                )
    if step.type.or_other and step.text("choice_filter"):
        findings.at(sheet, step, Code.OTHER_WITH_FILTER, step.heading("choice_filter"))


def look_at_choices(form: FormSheets, findings: Findings) -> None:
    """Find choices without a name or list, and names that a list has twice."""
    sheet = form.choices_name
    if table := form.book.sheets.get(CHOICES):
        for heading, column in meanings(CHOICES, table).items():
            # Each becomes a node of the XForm; with a space, pyxform leaves it out and warns.
            if " " not in column[0] and not is_xml_tag(column[0]):
                findings.add(
                    Problem(
                        Code.COLUMN_NAME_INVALID, sheet=sheet, row=table.heading, column=heading
                    )
                )
    may_repeat = aliases.yes_no.get(form.setting("allow_choice_duplicates"), False)
    for name, choices in form.lists.items():
        taken: dict[str, int] = {}
        for choice in choices:
            own = choice.text("name")
            heading = choice.heading("name")
            if not own:
                findings.at(sheet, choice, Code.CHOICE_NAME_MISSING, heading, list=name)
            elif own in taken and not may_repeat:
                findings.at(
                    *(sheet, choice, Code.CHOICE_NAME_TWICE, heading),
                    name=own,
                    list=name,
                    first=str(taken[own]),
                )
            taken.setdefault(own, choice.row.number)
    for choice in form.choices:
        if not choice.text("list name") and choice.text("name"):
            findings.at(sheet, choice, Code.LIST_NAME_MISSING, choice.heading("list name"))


def look_at_unused_lists(form: FormSheets, findings: Findings) -> None:
    """Find lists that no question offers and no rule looks into."""
    used: set[str] = set()
    for step in form.steps:
        used.update((step.type.list_name, *step.text("type").split()))
        for cell in step.cells:
            used.update(_INSTANCE.findall(cell.text))
    for name, choices in form.lists.items():
        if name not in used:
            heading = choices[0].heading("list name")
            findings.warn(form.choices_name, choices[0], Code.LIST_UNUSED, heading, list=name)


def look_at_references(form: FormSheets, findings: Findings) -> None:
    """Find every ${name} that names no question, or more than one."""
    names = Counter(
        step.name for step in form.steps if step.name and not step.type.name.startswith("end_")
    )
    if not aliases.yes_no.get(form.setting("omit_instanceID")):
        names["instanceID"] += 1
    survey: Iterable[Item] = form.steps
    for sheet, rows in (
        (form.survey_name, survey),
        (form.choices_name, form.choices),
        (form.settings_name, form.settings),
    ):
        for item in rows:
            for cell in item.cells:
                # Other columns of choices are no place for references.
                if cell.column[0] != "name" and (
                    rows is not form.choices or cell.column[0] in {"label", "media"}
                ):
                    for code, details in _wrong_references(cell.text, names):
                        findings.at(sheet, item, code, cell, **details)


def _wrong_references(text: str, names: Counter[str]) -> Iterator[tuple[Code, dict[str, str]]]:
    if "${" not in text:
        return
    try:
        references = parse_pyxform_references(text)
    except PyXFormError:
        yield Code.REFERENCE_INVALID, {}
        return
    for name in dict.fromkeys(reference.name for reference in references):
        if not names[name]:
            yield Code.REFERENCE_UNKNOWN, {"name": name, **_similar(nearest(name, names))}
        elif names[name] > 1:
            yield Code.REFERENCE_AMBIGUOUS, {"name": name}


def nearest(word: str, words: Iterable[str]) -> str:
    """The word most like another one, if any is much like it; else empty."""
    found = process.extractOne(word, list(words), scorer=fuzz.ratio, score_cutoff=_MUCH_ALIKE)
    return found[0] if found else ""


def _similar(like: str) -> dict[str, str]:
    return {"similar": like} if like else {}
