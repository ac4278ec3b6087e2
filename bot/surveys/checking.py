"""Everything that is wrong with a form, or that its author should know, before anybody takes it."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from bot.forms.definition import NEARLY
from bot.forms.xforms import wording
from bot.forms.xforms.consent import can_be_given, is_consent
from bot.forms.xforms.instance import Instance
from bot.forms.xforms.languages import code_of, lacks, texts_of
from bot.forms.xforms.model import Control, Tag, Text, XForm
from bot.forms.xforms.order import RulesGoRound, all_parts
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.reading import read_xform
from bot.forms.xlsform import Converted, FormRefused, Problem, Severity
from bot.surveys.findings import Figures, Finding, Report, Trouble
from bot.surveys.media import Flaw, Mentioned, flaw_of, mentioned_in
from bot.surveys.reach import Reach, empty, reach_of
from bot.surveys.reading_age import READING_AGE, reading_age
from bot.surveys.rules import broken_rules
from bot.surveys.views.keyboard import ON_A_BUTTON
from bot.surveys.views.markdown import to_html, to_plain

LONGEST: Final = 3_000
"""Characters of a label that fit into a message with all that stands around it."""
_TRIED: Final = 2_000  # ways to answer that a choice_filter is tried with


def refused(refusal: FormRefused) -> Report:
    """The report of a form that cannot be converted."""
    return Report(tuple(map(_found, refusal.problems)))


def look_at(converted: Converted) -> Report:
    """The report of a form that was converted."""
    look = _Look(converted)
    broken = list(broken_rules(converted))
    plan = None
    if not broken:
        try:
            plan = Plan(read_xform(converted.xform, converted.files))
        except RulesGoRound as why:
            broken = [look.at(why.paths[0], None, Trouble.RULES_GO_ROUND, names=_names(why.paths))]
        except ValueError:
            broken = [Finding(Trouble.NOT_READ, is_error=True)]
    found = [*map(_found, converted.warnings), *broken]
    if plan is None:
        return Report(_in_order(found), converted)
    reach = reach_of(plan)
    found += [*look.form(plan), *look.ways(plan, reach)]
    figures = Figures(texts_of(plan.form), reach.shortest, reach.longest, reach.certain)
    return Report(_in_order(found), converted, plan, figures)


def _in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """Errors first, and both in the order of the file."""
    return tuple(sorted(found, key=lambda each: (not each.is_error, each.sheet, each.row or 0)))


class _Look:
    """Looks at a converted form."""

    def __init__(self, converted: Converted) -> None:
        self._converted = converted

    def at(
        self, path: str, column: str | None, code: Trouble, *, error: bool = True, **details: str
    ) -> Finding:
        """Something about the node at a path."""
        place = self._converted.places.get(path)
        sheet, row = (place.sheet, place.row) if place else ("", None)
        return Finding(code, error, sheet, row, column, details)

    def form(self, plan: Plan) -> Iterator[Finding]:
        """What can be said of a form that can be walked."""
        yield from self._translations(plan.form)
        controls = [part for part in all_parts(plan.form.body) if isinstance(part, Control)]
        if not controls:
            yield Finding(Trouble.NO_QUESTIONS, is_error=True)
        for part in all_parts(plan.form.body):
            yield from self._label(plan.form, part.path, part.label)
        for control in controls:
            if control.accuracy is not None and control.accuracy < NEARLY:
                yield self.at(
                    control.path, "parameters", Trouble.PLACE_ROUNDED,
                    error=False, asked=f"{control.accuracy:g}", kept=str(NEARLY),
                )  # fmt: skip
        yield from self._consent(plan)
        yield from self._not_kept(plan)
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

    def _consent(self, plan: Plan) -> Iterator[Finding]:
        """Rows that are called as if they asked people to agree, and cannot hear a yes."""
        for path, node in plan.nodes.items():
            control = plan.controls.get(path)
            if not is_consent(path) or node.children or plan.bind(path).readonly is not None:
                continue
            if control is None or not can_be_given(plan.form, control):
                yield self.at(path, "type", Trouble.CONSENT_WITHOUT_YES)

    def _not_kept(self, plan: Plan) -> Iterator[Finding]:
        """The author's values that no response holds, and those that nobody is suggested."""
        for path in plan.nodes:
            if path in plan.untold.lost and path in self._converted.places:
                yield self.at(path, None, Trouble.NOT_KEPT, error=False)

    def _heading(self, each: Mentioned, sheet: str, row: int | None) -> str:
        """The column in which a file is named."""
        for rows in self._converted.rows.values():
            for found in rows:
                if found.number == row and sheet:
                    for heading, text in found.cells.items():
                        if each.file and text.strip() == each.file:
                            return heading
        return each.column

    def ways(self, plan: Plan, reach: Reach) -> Iterator[Finding]:
        """What is on no way through the form, and where there is no way on."""
        for path in reach.never:
            question = path.rpartition("/")[2]
            yield self.at(path, "relevant", Trouble.NEVER_ASKED, error=False, question=question)
        told = {
            control.path
            for control in plan.controls.values()
            for _ in self._impossible(plan, control)
        }
        for path in reach.dead_ends:
            if path not in told:
                yield self.at(path, "constraint", Trouble.DEAD_END, error=False)

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
        instance = empty(plan)
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
        """Choices that a constraint which looks at nothing else never takes, or all of them."""
        bind = plan.bind(control.path)
        rule = bind.constraint
        if control.tag is not Tag.ONE or rule is None or rule.references != (control.path,):
            return
        instance = empty(plan)
        if not instance.places[control.path] or not plan.lasting(rule):
            return
        place = instance.places[control.path][0]
        offered = [choice.key for choice in wording.choices(instance, control, place)]
        refused = []
        for key in offered:
            instance.put(place, key)
            if not instance.keeps_to(place):
                refused.append(key)
        if refused == offered and offered:
            yield self.at(
                control.path, "constraint", Trouble.NO_ANSWER_POSSIBLE,
                error=bind.required is not None,
            )  # fmt: skip
            return
        question = control.path.rpartition("/")[2]
        for key in refused:
            yield self.at(
                control.path, "constraint", Trouble.NEVER_TAKEN,
                error=False, choice=key, question=question,
            )  # fmt: skip


def _found(problem: Problem) -> Finding:
    is_error = problem.severity is Severity.ERROR
    return Finding(
        problem.code, is_error, problem.sheet, problem.row, problem.column, problem.details
    )


def _names(paths: tuple[str, ...]) -> str:
    return ", ".join(path.rpartition("/")[2] for path in paths)


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
