"""The ways through a form: how long they are, what is on none of them, and where one has no way on.

A form is walked with the answers that can make a difference: every choice that a rule names and
one that none does, the numbers that stand in rules and their neighbours, and no answer at all.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.clock import LONDON, Clock
from bot.forms.definition import Kind
from bot.forms.expressions import Expression
from bot.forms.values import Value
from bot.forms.xforms.asking import Asking, kind_of
from bot.forms.xforms.instance import Instance, Known, is_another
from bot.forms.xforms.laying import Laying
from bot.forms.xforms.model import TIMES, Control, Section
from bot.forms.xforms.order import all_parts, up
from bot.forms.xforms.places import Moment
from bot.forms.xforms.plan import Plan
from bot.surveys.answers_tried import NUMBERS, Values, values_for

_WORK: Final = 20_000  # nodes that are worked out in all
_FEWEST: Final = 100  # ways that are tried in any form
_MOST: Final = 500  # and in the smallest
_ANSWERED: Final = 0.9  # of the questions, where ways are tried by chance; the others are skipped


@dataclass(slots=True)
class Reach:
    """What came of trying.

    Attributes:
        shortest, longest: questions, each repetition once.
        certain: whether all ways were tried that make a difference.
        never: paths of questions that are on no way.
        dead_ends: paths of required questions that on some way take none of what was tried.
    """

    shortest: int = 0
    longest: int = 0
    certain: bool = True
    never: tuple[str, ...] = ()
    dead_ends: tuple[str, ...] = ()


def reach_of(plan: Plan) -> Reach:
    """Try the ways through a form."""
    return _Tries(plan).reach()


def empty(plan: Plan, answers: Mapping[str, Value] | None = None) -> Instance:
    """The form with nothing answered, or with these answers, in its own language."""
    languages = plan.form.languages or (plan.form.default,)
    now = Clock().now().astimezone(LONDON)
    return Instance(plan, Moment(now, languages[0]), Known(answers or {}))


@dataclass(slots=True)
class _Seen:
    """What was seen on the ways tried so far."""

    shown: set[str] = field(default_factory=set)
    dead_ends: set[str] = field(default_factory=set)


class _Tries:
    """Tries the ways through one form."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._seen = _Seen()
        self._left = max(_FEWEST, min(_MOST, _WORK // max(1, len(plan.nodes))))
        self._constant = self._unmoved()
        self._rules = self._rules_by_path()
        self._hangs_on = {path: self._decides(path) for path in plan.controls}
        self._values = {path: self._values_of(path) for path in self._branching()}
        self._checked = {
            path: values_for(plan, path, [rule]).answers
            for path, control in plan.controls.items()
            if (rule := plan.bind(path).constraint) is not None
            and plan.bind(path).required is not None
            and kind_of(control, plan.bind(path)) in {*NUMBERS, Kind.CHOOSE_ONE}
        }

    def reach(self) -> Reach:
        """Try every way; where there are too many, some of them by chance."""
        paths = frozenset(self._plan.controls)
        lengths = self._between({}, frozenset(self._values), paths)
        complete = lengths is not None
        if lengths is None:
            lengths = self._wander()
        sure = complete and all(values.sure for values in self._values.values())
        never = [
            path
            for path in self._plan.controls
            if path not in self._seen.shown and complete and self._is_sure(path)
        ]
        return Reach(*lengths, sure, tuple(never), tuple(self._seen.dead_ends))

    def _between(
        self, answers: dict[str, Value], waiting: frozenset[str], of: frozenset[str]
    ) -> tuple[int, int] | None:
        """The fewest and the most of some questions that can be asked; None: too many ways.

        What hangs on different answers is looked at apart: the fewest of all are the fewest of
        each together.

        Args:
            answers: so far.
            waiting: the questions on whose answers something still hangs.
            of: the questions that count.
        """
        if self._left <= 0:
            return None
        self._left -= 1
        instance = empty(self._plan, answers)
        asked = self._asked(instance)
        self._note(instance, asked)
        fewest = most = sum(not (self._hangs_on[path] & waiting) for path in asked & of)
        for together, hanging in self._apart(waiting, of):
            first = next((path for path in self._values if path in together & asked), None)
            if first is None:
                fewest, most = fewest + len(asked & hanging), most + len(asked & hanging)
                continue
            found = []
            for more in self._ways_on(first):
                found.append(self._between({**answers, **more}, together - {first}, hanging))
                if found[-1] is None:
                    return None
            fewest += min(each[0] for each in found if each)
            most += max(each[1] for each in found if each)
        return fewest, most

    def _ways_on(self, path: str) -> Iterator[dict[str, Value]]:
        """What can be answered to a question."""
        if self._may_skip(path) or not self._values[path].answers:
            yield {}
        for value in self._values[path].answers:
            yield {self._name(path): value}

    def _apart(
        self, waiting: frozenset[str], of: frozenset[str]
    ) -> list[tuple[frozenset[str], frozenset[str]]]:
        """Answers that decide something together, and the questions that hang on them."""
        groups: list[tuple[frozenset[str], frozenset[str]]] = []
        for path in of:
            together, hanging = self._hangs_on[path] & waiting, frozenset((path,))
            if not together:
                continue
            for group in [group for group in groups if group[0] & together]:
                groups.remove(group)
                together, hanging = together | group[0], hanging | group[1]
            groups.append((together, hanging))
        return groups

    def _wander(self) -> tuple[int, int]:
        """The shortest and the longest of some ways by chance, always the same ones."""
        chance = random.Random(0)  # noqa: S311 -- no secret
        ways: list[dict[str, Value]] = [{}]
        ways += [
            {
                self._name(path): chance.choice(values.answers)
                for path, values in self._values.items()
                if values.answers and chance.random() < _ANSWERED
            }
            for _ in range(_FEWEST)
        ]
        lengths = []
        for answers in ways:
            instance = empty(self._plan, answers)
            asked = self._asked(instance)
            self._note(instance, asked)
            lengths.append(len(asked))
        return min(lengths), max(lengths)

    def _asked(self, instance: Instance) -> set[str]:
        """The questions that are asked; whatever is shown is noted as seen."""
        laid = Laying(instance)
        notes = [*laid.notes, *(note for stop in laid.stops for note in stop.notes)]
        self._seen.shown.update(note.path for note in notes if isinstance(note, Asking))
        return {
            stop.question.path
            for stop in laid.stops
            if isinstance(stop.question, Asking) and not is_another(stop.question.name)
        }

    def _note(self, instance: Instance, asked: set[str]) -> None:
        self._seen.shown |= asked
        for path, values in self._checked.items():
            if path in asked and not self._takes_one(instance, path, values):
                self._seen.dead_ends.add(path)

    def _takes_one(self, instance: Instance, path: str, values: list[Value]) -> bool:
        """Whether a required question takes any of its choices, or of the numbers of its rule."""
        place = next((each for each in instance.places[path] if each.relevant), None)
        required = self._plan.bind(path).required
        if place is None or not instance.truth(required, place, otherwise=False):
            return True
        was = place.text
        tried = [choice.key for choice in place.choices] or [str(value) for value in values]
        try:
            for text in tried:
                instance.put(place, text)
                if instance.keeps_to(place):
                    return True
        finally:
            instance.put(place, was)
        return not tried

    def _name(self, path: str) -> str:
        """What the answer is called; in repetitions, of the first."""
        repeats = sum(f"{path}/".startswith(f"{repeat}/") for repeat in self._plan.repeats)
        return self._plan.name_of(path, (1,) * repeats)

    def _may_skip(self, path: str) -> bool:
        required = self._plan.bind(path).required
        return required is None or bool(required.references)

    def _is_sure(self, path: str) -> bool:
        """Whether whatever decides if a question is asked was tried in full."""
        return all(read in self._values and self._values[read].sure for read in self._decides(path))

    def _decides(self, path: str) -> frozenset[str]:
        """What a question's being asked hangs on, in the end: answers, and what is worked out."""
        found: set[str] = set()
        waiting = list(self._reads(path))
        while waiting:
            read = waiting.pop()
            if read not in found:
                found.add(read)
                waiting += self._reads(read)
        return frozenset(found - self._constant - {path})

    def _reads(self, path: str) -> Iterator[str]:
        """What the rules of a node, and of the groups it is in, read."""
        for above in up(path):
            for rule in self._rules.get(above, ()):
                yield from (read for read in rule.references if read in self._plan.nodes)

    def _branching(self) -> list[str]:
        """The questions on whose answers others hang, in the order of the form."""
        read = frozenset[str]().union(*self._hangs_on.values())
        return [path for path in self._plan.controls if path in read]

    def _values_of(self, path: str) -> Values:
        rules: list[Expression] = []
        reading = [path]
        for read in reading:
            for about, each in self._rules.items():
                mine = [rule for rule in each if read in rule.references and rule not in rules]
                rules += mine
                if mine and self._plan.bind(about).calculate is not None:
                    reading.append(about)
        return values_for(self._plan, path, rules)

    def _unmoved(self) -> frozenset[str]:
        """Values that are always the same, such as those that a device would fill in."""
        moved = {each.path for each in self._plan.form.set_values}
        return frozenset(
            path
            for path, node in self._plan.nodes.items()
            if path not in self._plan.controls
            and path not in moved
            and not node.children
            and self._plan.bind(path).calculate is None
            and self._plan.bind(path).preload not in TIMES
        )

    def _rules_by_path(self) -> Mapping[str, list[Expression]]:
        """The rules that decide what is asked, by the node that they are about."""
        found: dict[str, list[Expression]] = defaultdict(list)
        for path, bind in self._plan.form.binds.items():
            rules = [bind.relevant, bind.calculate, bind.readonly]
            if bind.required is not None:
                rules.append(bind.constraint)  # where it takes nothing, there is no way on
            found[path] += [rule for rule in rules if rule is not None]
        for part in all_parts(self._plan.form.body):
            match part:
                case Control(choices=itemset) if itemset is not None:
                    found[part.path].append(itemset.nodes)
                case Section(count=Expression() as count):
                    found[part.path].append(count)
                case _:
                    pass
        return found
