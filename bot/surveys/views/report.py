"""The report on a form: a sentence for each thing found, and what the form is."""

import re
from collections.abc import Iterable, Iterator

from bot.forms.xlsform import Code
from bot.i18n import Translator
from bot.surveys.findings import Figures, Finding, Trouble
from bot.surveys.readings import Reading
from bot.surveys.views.problems import NO_REASON, PROBLEMS, REASONS, RULES

NAMELESS = "default"
"""What pyxform calls the language of a form that names none."""
UNKNOWN = "…"
"""Stands for a detail that the converter does not tell."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def summary(t: Translator, reading: Reading) -> Iterator[str]:
    """What the form is, and whether it can be used, a line each."""
    errors = sum(each.is_error for each in reading.findings)
    warnings = len(reading.findings) - errors
    edition = reading.edition
    if edition is not None:
        yield t.plain("Form: {title}", title=edition.title["en"])
        yield t.plain_plural("{n} question at most", "{n} questions at most", edition.questions)
        yield from ways(t, reading.figures)
        yield from completeness(t, reading.figures)
        if not edition.languages:
            yield t.plain("It is complete in no language.")
    if errors:
        yield t.plain_plural(
            "{n} problem: the form cannot be used like this.",
            "{n} problems: the form cannot be used like this.",
            errors,
        )
    elif edition is not None:
        yield t.plain("The form can be used.")
    if warnings:
        yield t.plain_plural("{n} thing to look at.", "{n} things to look at.", warnings)


def ways(t: Translator, figures: Figures) -> Iterator[str]:
    """How long the form is for people, a line each."""
    if not figures.longest:
        return
    yield t.plain_plural(
        "Shortest way: {n} question", "Shortest way: {n} questions", figures.shortest
    )
    yield t.plain_plural(
        "Longest way: {n} question, each repetition counted once",
        "Longest way: {n} questions, each repetition counted once",
        figures.longest,
    )
    if not figures.certain:
        yield t.plain("I tried many ways and not all: there may be shorter and longer ones.")


def completeness(t: Translator, figures: Figures) -> Iterator[str]:
    """How many texts each language has, a line each."""
    for language, (has, of) in figures.texts.items():
        if language not in {"", NAMELESS}:
            yield t.plain_plural(
                "{language}: {has} of {n} text",
                "{language}: {has} of {n} texts",
                of,
                language=language,
                has=has,
            )


def lines(t: Translator, findings: Iterable[Finding]) -> Iterator[str]:
    """What was found, a line each: where, and what."""
    for finding in findings:
        yield line(t, finding)


def line(t: Translator, finding: Finding) -> str:
    """Where something stands, and what is wrong with it."""
    said = sentence(t, finding)
    where = place(t, finding)
    said = f"{where}: {said}" if where else said
    return said if finding.is_error else t.plain("Note: {words}", words=said)


def place(t: Translator, finding: Finding) -> str:
    """Where something stands in the author's file; "" where that is not known."""
    parts = []
    if finding.sheet:
        parts.append(t.plain("sheet {sheet}", sheet=finding.sheet))
    if finding.row is not None:
        parts.append(t.plain("row {row}", row=finding.row))
    if finding.column:
        parts.append(t.plain("column {column}", column=finding.column))
    return ", ".join(parts)


def sentence(t: Translator, finding: Finding) -> str:
    """What is wrong, and what to do."""
    details = dict(finding.details)
    if finding.code == Trouble.EXPRESSION:
        why = RULES.get(details.get("code", ""))
        details["why"] = (
            t.plain(why, detail=details.get("detail", UNKNOWN))
            if why
            else details.get("detail", UNKNOWN)
        )
    words = PROBLEMS[finding.code]
    for name in _PLACEHOLDER.findall(words):
        details.setdefault(name, UNKNOWN)
    said = t.plain(words, **details)
    more = []
    if details.get("written") and details["written"] not in said:
        more.append(t.plain("You wrote: {words}", words=details["written"]))
    if finding.code == Code.NOT_IN_A_CHAT:
        more.append(t.plain(REASONS.get(details.get("reason", ""), NO_REASON)))
    elif details.get("similar") and finding.code != Code.SHEET_MISSPELT:
        more.append(t.plain("Did you mean {similar}?", similar=details["similar"]))
    if finding.code in {Code.NOT_CONVERTED, Code.OTHER} and details.get("pyxform"):
        more.append(t.plain("The converter says: {words}", words=details["pyxform"]))
    return " ".join([said, *more])
