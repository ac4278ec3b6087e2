"""The answers in their places, and everything that follows from them.

An instance is worked out anew for each step from what the person has answered: what is relevant,
what is calculated, what can be chosen. Nothing of it is kept.
"""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

from bot.forms.definition import Kind
from bot.forms.expressions import EvaluationFailed, Expression, Scene
from bot.forms.kinds import KINDS
from bot.forms.values import Value
from bot.forms.xforms import wording
from bot.forms.xforms.asking import kind_of
from bot.forms.xforms.languages import code_of
from bot.forms.xforms.model import Control, Node
from bot.forms.xforms.places import How, Moment, Place
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.values import as_text, as_value

REPEATS: Final = 100
"""The most repetitions of one thing, by count or by wish."""
SEED: Final = "@seed"
"""Among what the form gave: what chance goes by in this interview."""
_NOTHING: Final[Mapping[How, Any]] = {"truth": False, "text": "", "number": math.nan}
_PLACES: Final = 5_000  # all repetitions of everything together; more are not there


@dataclass(frozen=True, slots=True)
class Known:
    """What an instance is worked out from.

    Attributes:
        answers: by name.
        given: what the form itself filled in, by name.
        passed: names of what is left unanswered on purpose.
    """

    answers: Mapping[str, Value]
    given: Mapping[str, Value] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()


class Instance:
    """One person's answers to a form, worked out.

    Attributes:
        answers: those that stand.
        dropped: names of the answers that are hidden or no longer fit.
        places: by path, in the order of the repetitions.
    """

    def __init__(self, plan: Plan, moment: Moment, known: Known) -> None:
        self.plan = plan
        self.moment = moment
        self.known = known
        self.answers = dict(known.answers)
        self.dropped: list[str] = []
        self.places: dict[str, list[Place]] = {}
        self._scene: Scene | None = None
        self._seen_from: Place | None = None
        self._grown = 0
        self._build()
        self._settle()
        while self._drop_refused():  # each time there are fewer answers
            self._build()
            self._settle()

    def truth(self, rule: Expression | None, place: Place, *, otherwise: bool) -> bool:
        """Whether a rule holds at a place; `otherwise` where there is no rule."""
        if rule is None:
            return otherwise
        return bool(self.evaluate(rule, place, "truth"))

    def evaluate(self, rule: Expression, place: Place, how: How) -> Any:
        """What a rule comes to at a place: a bool, a str or a float.

        A rule that cannot be worked out for these answers does not hold, and comes to nothing.
        """
        if not self.plan.lasting(rule):
            return self._worked_out(rule, place, how)
        read = self.read_by(rule)
        key = (rule, how, read)
        result = self.plan.memory.recall(key)
        if result is None:
            result = self._worked_out(rule, place, how)
            self.plan.memory.remember(key, result, (rule,), read)
        return result

    def _worked_out(self, rule: Expression, place: Place, how: How) -> Any:
        try:
            return getattr(rule, how)(self.scene(place))
        except EvaluationFailed:
            return _NOTHING[how]

    def read_by(self, rule: Expression) -> tuple[str, ...]:
        """The values that a lasting rule reads."""
        return tuple([self.places[path][0].text for path in rule.references])

    def scene(self, place: Place) -> Scene:
        """What an expression sees from a place."""
        if self._scene is None:
            self._scene = Scene(
                self._tree(),
                instances=self.plan.instances,
                now=self.moment.now,
                label_of=self._label_of,
                itext=self._itext,
                locale=code_of(self.moment.language) or "en",
            )
        self._seen_from = place
        scene = self._scene
        scene.node = place.element
        scene.remembered = as_text(self.known.given.get(place.name))
        # By chance, but in one interview always the same: a step worked out again changes nothing.
        scene.random = random.Random(f"{self.known.given.get(SEED)} {place.name}")  # noqa: S311 -- no secret
        return scene

    def put(self, place: Place, text: str) -> None:
        """Give a place a value."""
        if text == place.text:
            return
        place.text = text
        if self._scene is not None:
            self._scene.put(place.element, text)

    def _tree(self) -> Element:
        """The places as expressions see them; most steps need none, for results are remembered."""
        for node in self.plan.document:
            for place in self.places[node.path]:
                place.element = Element(node.name)
                place.element.text = place.text
                if place.above is not None:
                    place.above.element.append(place.element)
        return self.places[self.plan.form.root.path][0].element

    def at(self, path: str, numbers: tuple[int, ...]) -> Place | None:
        """The place of a node in, or around, these repetitions; None where there is none."""
        for place in self.places.get(path, ()):
            common = min(len(place.numbers), len(numbers))
            if place.numbers[:common] == numbers[:common]:
                return place
        return None

    def named(self, name: str) -> Place | None:
        """The place with this name; None where there is none."""
        path = self.plan.path_of(name)
        return next((place for place in self.places.get(path, ()) if place.name == name), None)

    def _build(self) -> None:
        self._scene = None
        self._grown = 0
        self.places = {path: [] for path in self.plan.nodes}
        self._grow(self.plan.form.root, (), None)

    def _grow(self, node: Node, numbers: tuple[int, ...], above: Place | None) -> None:
        self._grown += 1
        place = Place(node, numbers, self.plan.name_of(node.path, numbers), above)
        self.places[node.path].append(place)
        for child in node.children:
            for inner in self._numbers_of(child, numbers):
                self._grow(child, inner, place)

    def _numbers_of(self, node: Node, numbers: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The repetitions of a node that are there as far as the answers say."""
        if not node.repeat:
            yield numbers
            return
        number = 1
        yield (*numbers, number)
        while self.answers.get(another(self.plan, node.path, (*numbers, number + 1))) is True:
            number += 1
            yield (*numbers, number)

    def _settle(self) -> None:
        """Works every place out, after those that it depends on."""
        for node in self.plan.order:
            if node.repeat:
                self._count(node)
            bind = self.plan.bind(node.path)
            for place in self.places[node.path]:
                above = place.above is None or place.above.relevant
                place.relevant = above and self.truth(bind.relevant, place, otherwise=True)
                if not node.children:
                    self._fill(place)

    def _count(self, node: Node) -> None:
        """Lets there be as many repetitions as the form says, where it says so."""
        section = self.plan.repeats.get(node.path)
        if section is None or section.count is None:
            return
        first = [place for place in self.places[node.path] if place.numbers[-1] == 1]
        wanted = []
        for place in first:
            there = place.above is None or place.above.relevant
            number = self.evaluate(section.count, place, "number") if there else 0
            wanted.append((place, 0 if math.isnan(number) else int(min(number, REPEATS))))
        inside = [path for path in self.plan.nodes if f"{path}/".startswith(f"{node.path}/")]
        if all(number == 1 for _, number in wanted):
            return
        self._scene = None
        for path in inside:
            self._grown -= len(self.places[path])
            self.places[path] = []
        for place, number in wanted:
            self._put_repetitions(place, max(0, number))

    def _put_repetitions(self, first: Place, number: int) -> None:
        """As many repetitions in the place of the first."""
        for each in range(number):
            if self._grown >= _PLACES:
                break
            numbers = (*first.numbers[:-1], each + 1)
            self._grow(first.node, numbers, first.above)

    def _fill(self, place: Place) -> None:
        """Gives a leaf its value: calculated, answered, or suggested by the form."""
        control = self.plan.controls.get(place.node.path)
        answer = self.answers.get(place.name)
        if not place.relevant:
            if answer is not None:
                self._drop(place)
            self.put(place, "")
            return
        if control is not None:
            place.choices = wording.choices(self, control, place)
        if answer is not None and control is not None:
            question = wording.asking(self, control, place)
            value = KINDS[question.kind].fit(question, place.choices, answer)
            if value is not None:
                self.answers[place.name] = value
                self.put(place, as_text(value))
                return
            self._drop(place)
        self.put(place, self._suggested(place, control))

    def _suggested(self, place: Place, control: Control | None) -> str:
        """What the form itself puts in a place that has no answer."""
        bind = self.plan.bind(place.node.path)
        if place.name in self.known.passed or place.node.path in self.plan.untold.withheld:
            return ""
        if bind.calculate is not None:
            text = str(self.evaluate(bind.calculate, place, "text"))
        else:
            given = self.known.given.get(place.name)
            text = place.node.default if given is None else as_text(given)
        if control is not None and text:
            place.offered = self._offer(text, control, place)
        return text

    def _offer(self, text: str, control: Control, place: Place) -> Value:
        kind = kind_of(control, self.plan.bind(place.node.path))
        value = as_value(text, kind)
        if value is None or kind is Kind.FILE:
            return None
        return KINDS[kind].fit(wording.asking(self, control, place), place.choices, value)

    def _drop(self, place: Place) -> None:
        del self.answers[place.name]
        self.dropped.append(place.name)

    def _drop_refused(self) -> bool:
        """Takes back the answers that no longer keep to their constraint; if there were any."""
        refused = False
        for path in self.plan.constrained:
            for place in self.places[path]:
                if place.name in self.answers and not self.keeps_to(place):
                    self._drop(place)
                    refused = True
        return refused

    def keeps_to(self, place: Place) -> bool:
        """Whether the value of a place keeps to its constraint."""
        bind = self.plan.bind(place.node.path)
        return not place.text or self.truth(bind.constraint, place, otherwise=True)

    def _label_of(self, path: str, value: str) -> str:
        """The label of a choice, for jr:choice-name; empty where there is none."""
        numbers = self._seen_from.numbers if self._seen_from else ()
        place = self.at(path.strip(), numbers)
        return "" if place is None else wording.choice_name(self, place, value)

    def _itext(self, name: str) -> str:
        return wording.say(self, self.plan.text(name), self.places[self.plan.form.root.path][0])


def another(plan: Plan, path: str, numbers: tuple[int, ...]) -> str:
    """The name of the question whether there is one more repetition, of this number."""
    return f"{plan.name_of(path, numbers)}+"


def is_another(name: str) -> bool:
    """Whether a name is that of a question whether there is one more repetition."""
    return name.endswith("+")
