"""Everything that is wrong with a form, or that its author should know, before anybody takes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import product
from typing import Final
from xml.etree import ElementTree as ET

from bot.clock import LONDON, Clock
from bot.forms.expressions import ExpressionRefused, compile_expression
from bot.forms.xforms import wording
from bot.forms.xforms.instance import Instance, Known
from bot.forms.xforms.languages import code_of, complete_in, lacks
from bot.forms.xforms.model import Control, Language, Tag, Text, XForm
from bot.forms.xforms.order import RulesGoRound, all_parts
from bot.forms.xforms.places import Moment
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.reading import read_xform
from bot.forms.xlsform import Converted, FormRefused, Problem, Severity
from bot.surveys.media import Flaw, Mentioned, flaw_of, mentioned_in
from bot.surveys.reading_age import READING_AGE, reading_age
from bot.surveys.views.markdown import to_html, to_plain
from bot.surveys.views.questions import ON_A_BUTTON

LONGEST: Final = 3_000
"""Characters of a label that fit into a message with all that stands around it."""
_TRIED: Final = 2_000  # ways to answer that a choice_filter is tried with
_JR: Final = "{http://openrosa.org/javarosa}"
_XF: Final = "{http://www.w3.org/2002/xforms}"
_PATH: Final = re.compile(r"\s*/[\w.-]+/(?:[\w.-]+/)*([\w.-]+)\s*")
_RULES: Final = ("relevant", "required", "readonly", "constraint", "calculate")
_COLUMNS: Final = {"calculate": "calculation", "readonly": "read_only"}


class Trouble(StrEnum):
    """What pyxform does not look for. Behind each: the details that come with it."""

    EXPRESSION = "expression"  # code and detail of the refusal
    RULES_GO_ROUND = "rules_go_round"  # names
    NOT_READ = "not_read"  # the form converts, but we cannot walk it
    TRANSLATION_MISSING = "translation_missing"  # language; text
    LABEL_TOO_LONG = "label_too_long"  # length, limit
    LONG_FOR_A_BUTTON = "long_for_a_button"  # length, limit, language
    HARD_ENGLISH = "hard_english"  # age, limit
    NEVER_OFFERED = "never_offered"  # choice
    NO_ANSWER_POSSIBLE = "no_answer_possible"  # a required choice that no constraint lets through
    NO_QUESTIONS = "no_questions"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a form, for a view to find words for.

    Attributes:
        code: a member of Trouble, of `bot.surveys.media.Flaw` or of `bot.forms.xlsform.Code`.
        is_error: whether the form cannot be used like this.
        sheet, row, column: where it stands in the author's file, as far as that is known.
    """

    code: str
    is_error: bool
    sheet: str = ""
    row: int | None = None
    column: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Attributes:
        findings: in the order of the file; errors and warnings.
        converted: None where the form could not be converted.
        plan: the form, ready to be walked; None where it is not to be used.
        complete: names of the languages that lack nothing.
    """

    findings: tuple[Finding, ...]
    converted: Converted | None = None
    plan: Plan | None = None
    complete: tuple[Language, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the form can be used."""
        return self.plan is not None and not any(each.is_error for each in self.findings)


def refused(refusal: FormRefused) -> Report:
    """The report of a form that cannot be converted."""
    return Report(tuple(map(_found, refusal.problems)))


def look_at(converted: Converted) -> Report:
    """The report of a form that was converted."""
    look = _Look(converted)
    broken = list(look.expressions())
    plan = None
    if not broken:
        try:
            plan = Plan(read_xform(converted.xform, converted.files))
        except RulesGoRound as why:
            broken = [look.at(why.paths[0], None, Trouble.RULES_GO_ROUND, names=_names(why.paths))]
        except ValueError:
            broken = [Finding(Trouble.NOT_READ, is_error=True)]
    found = [*map(_found, converted.warnings), *broken]
    if plan is not None:
        found += look.form(plan)
    found.sort(key=lambda each: (not each.is_error, each.sheet, each.row or 0))
    complete = complete_in(plan.form) if plan else ()
    return Report(tuple(found), converted, plan, complete)


class _Look:
    """Looks at a converted form."""

    def __init__(self, converted: Converted) -> None:
        self._converted = converted
        self._columns = {
            name: {heading for row in rows for heading in row.cells}
            for name, rows in converted.rows.items()
        }

    def at(
        self, path: str, column: str | None, code: Trouble, *, error: bool = True, **details: str
    ) -> Finding:
        """Something about the node at a path."""
        place = self._converted.places.get(path)
        sheet, row = (place.sheet, place.row) if place else ("", None)
        return Finding(code, error, sheet, row, column, details)

    def expressions(self) -> Iterator[Finding]:
        """The expressions that cannot be evaluated."""
        root = ET.fromstring(self._converted.xform)  # noqa: S314 -- pyxform wrote it
        seen = set()
        for path, column, source in _expressions(root):
            if (path, column, source) in seen:
                continue
            seen.add((path, column, source))
            try:
                compile_expression(source, path or "/data")
            except ExpressionRefused as why:
                details = {"code": str(why.code), "detail": _as_written(why.detail)}
                yield replace(self.at(path, column, Trouble.EXPRESSION), details=details)

    def form(self, plan: Plan) -> Iterator[Finding]:
        """What can be said of a form that can be walked."""
        yield from self._translations(plan.form)
        controls = [part for part in all_parts(plan.form.body) if isinstance(part, Control)]
        if not controls:
            yield Finding(Trouble.NO_QUESTIONS, is_error=True)
        for part in all_parts(plan.form.body):
            yield from self._label(plan.form, part.path, part.label)
        yield from self._media(plan.form)
        yield from self._choices(plan, controls)

    def _media(self, form: XForm) -> Iterator[Finding]:
        """The files that cannot be shown; those that are missing were told before."""
        for each in mentioned_in(form):
            if not each.shown:
                flaw: tuple[Flaw, Mapping[str, str]] | None = Flaw.NOT_SHOWN, {}
            elif each.file in self._converted.files:
                flaw = flaw_of(each.column, each.file, self._converted.files[each.file])
            else:
                continue
            if flaw is not None:
                sheet, row = self._place(each.path)
                column = self._heading(each, sheet, row)
                yield Finding(flaw[0], True, sheet, row, column, flaw[1])

    def _heading(self, each: Mentioned, sheet: str, row: int | None) -> str:
        """The column in which a file is named."""
        for rows in self._converted.rows.values():
            for found in rows:
                if found.number == row and sheet:
                    for heading, text in found.cells.items():
                        if each.file and text.strip() == each.file:
                            return heading
        return each.column

    def _translations(self, form: XForm) -> Iterator[Finding]:
        for lack in lacks(form):
            place = self._place(lack.path)
            column = f"{lack.column}::{lack.language.name}"
            details = {"language": lack.language.name}
            yield Finding(Trouble.TRANSLATION_MISSING, False, place[0], place[1], column, details)

    def _place(self, path: str) -> tuple[str, int | None]:
        """Where a node stands, or a choice, which is called list/name."""
        if path.startswith("/"):
            place = self._converted.places.get(path)
        else:
            name, _, choice = path.partition("/")
            place = self._converted.choice_places.get((name, choice))
        return (place.sheet, place.row) if place else ("", None)

    def _label(self, form: XForm, path: str, label: Text) -> Iterator[Finding]:
        for language, pieces in label.pieces.items():
            text = "".join(piece for piece in pieces if isinstance(piece, str))
            shown = to_html(text).striptags()
            column = f"label::{language}" if language else "label"
            if len(shown) > LONGEST:
                yield self.at(
                    path, column, Trouble.LABEL_TOO_LONG, length=str(len(shown)), limit=str(LONGEST)
                )
            age = reading_age(shown) if self._is_english(form, language) else None
            if age is not None and round(age) > READING_AGE:
                yield self.at(
                    path, column, Trouble.HARD_ENGLISH, error=False,
                    age=f"{age:.0f}", limit=str(READING_AGE),
                )  # fmt: skip

    def _is_english(self, form: XForm, name: str) -> bool:
        language = next((each for each in form.languages if each.name == name), form.default)
        return code_of(language) in {"en", ""}

    def _choices(self, plan: Plan, controls: list[Control]) -> Iterator[Finding]:
        told: set[tuple[str, str]] = set()
        for control in controls:
            itemset = control.choices
            if itemset is None:
                continue
            for name in itemset.nodes.instances:
                yield from self._long_choices(plan.form, name, told)
            yield from self._never_offered(plan, control)
            yield from self._impossible(plan, control)

    def _long_choices(
        self, form: XForm, name: str, told: set[tuple[str, str]]
    ) -> Iterator[Finding]:
        for item in form.instances.get(name, ()):
            choice = item.findtext("name", "")
            text = form.texts.get(item.findtext("itextId", ""))
            plain = {form.default.name: (item.findtext("label", ""),)}
            for language, pieces in (text.pieces if text else plain).items():
                length = len(to_plain("".join(map(str, pieces))))
                if length > ON_A_BUTTON and (name, choice) not in told:
                    told.add((name, choice))
                    sheet, row = self._place(f"{name}/{choice}")
                    details = {
                        "length": str(length), "limit": str(ON_A_BUTTON), "language": language,
                    }  # fmt: skip
                    yield Finding(Trouble.LONG_FOR_A_BUTTON, False, sheet, row, "label", details)

    def _never_offered(self, plan: Plan, control: Control) -> Iterator[Finding]:
        """Choices that no answer to the questions which filter them lets through."""
        itemset = control.choices
        if itemset is None or not plan.lasting(itemset.nodes) or not itemset.nodes.references:
            return
        instance = _empty(plan)
        ways = _ways(plan, instance, itemset.nodes.references)
        if ways is None:
            return
        offered: set[str] = set()
        place = instance.places[control.path][0]
        for values in ways:
            for path, value in zip(itemset.nodes.references, values, strict=True):
                instance.put(instance.places[path][0], value)
            offered.update(each.key for each in wording.choices(instance, control, place))
        for name in itemset.nodes.instances:
            for item in plan.form.instances.get(name, ()):
                choice = item.findtext("name", "")
                if choice not in offered:
                    sheet, row = self._place(f"{name}/{choice}")
                    details = {"choice": choice, "question": control.path.rpartition("/")[2]}
                    yield Finding(Trouble.NEVER_OFFERED, False, sheet, row, "name", details)

    def _impossible(self, plan: Plan, control: Control) -> Iterator[Finding]:
        """A question of one choice whose constraint looks at nothing else and takes none."""
        bind = plan.bind(control.path)
        rule = bind.constraint
        if control.tag is not Tag.ONE or rule is None or rule.references != (control.path,):
            return
        instance = _empty(plan)
        if not instance.places[control.path] or not plan.lasting(rule):
            return
        place = instance.places[control.path][0]
        offered = wording.choices(instance, control, place)
        for choice in offered:
            instance.put(place, choice.key)
            if instance.keeps_to(place):
                return
        if offered:
            yield self.at(
                control.path, "constraint", Trouble.NO_ANSWER_POSSIBLE,
                error=bind.required is not None,
            )  # fmt: skip


def _found(problem: Problem) -> Finding:
    is_error = problem.severity is Severity.ERROR
    return Finding(
        problem.code, is_error, problem.sheet, problem.row, problem.column, problem.details
    )


def _as_written(expression: str) -> str:
    """An expression as its author wrote it: with ${names} in the place of paths."""
    return _PATH.sub(r"${\1}", expression).strip()


def _names(paths: tuple[str, ...]) -> str:
    return ", ".join(path.rpartition("/")[2] for path in paths)


def _empty(plan: Plan) -> Instance:
    """The form with nothing answered, in its own language."""
    languages = plan.form.languages or (plan.form.default,)
    now = Clock().now().astimezone(LONDON)
    return Instance(plan, Moment(now, languages[0]), Known({}))


def _ways(
    plan: Plan, instance: Instance, paths: tuple[str, ...]
) -> Iterator[tuple[str, ...]] | None:
    """Every way to answer these questions of one choice each; None where there are too many."""
    each = []
    count = 1
    for path in paths:
        control = plan.controls.get(path)
        if control is None or control.tag is not Tag.ONE or control.choices is None:
            return None
        keys = {
            item.findtext("name", "")
            for name in control.choices.nodes.instances
            for item in plan.form.instances.get(name, ())
        }
        each.append(("", *sorted(keys)))
        count *= len(keys) + 1
        if count > _TRIED:
            return None
    del instance
    return iter(product(*each))


def _expressions(root: ET.Element) -> Iterator[tuple[str, str, str]]:
    """Every expression of an XForm: path of its node, the author's column, and itself."""
    found = [
        (bind.get("nodeset", ""), _COLUMNS.get(rule, rule), bind.get(rule, ""))
        for bind in root.iter(f"{_XF}bind")
        for rule in _RULES
    ]
    found += [
        (each.get("ref", ""), "default", each.get("value", ""))
        for each in root.iter(f"{_XF}setvalue")
    ]
    found += [
        (each.get("nodeset", ""), "repeat_count", each.get(f"{_JR}count", ""))
        for each in root.iter(f"{_XF}repeat")
    ]
    found += [
        (control.get("ref", ""), "choice_filter", itemset.get("nodeset", ""))
        for control in root.iter()
        for itemset in control.findall(f"{_XF}itemset")
    ]
    for text in root.iter(f"{_XF}text"):
        path, _, column = text.get("id", "").rpartition(":")
        found += [(path, column, each.get("value", "")) for each in text.iter(f"{_XF}output")]
    return (each for each in found if each[2])
