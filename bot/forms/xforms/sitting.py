"""A survey as the engine walks it: one step of one person, at one moment, in one language."""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from bot.forms.definition import Kind, Question
from bot.forms.expressions import Expression
from bot.forms.inputs import Reason, Refusal
from bot.forms.interview import Interview
from bot.forms.route import Route, Stop
from bot.forms.values import Answers, Value
from bot.forms.xforms import wording
from bot.forms.xforms.asking import Asking
from bot.forms.xforms.consent import is_consent
from bot.forms.xforms.instance import SEED, Instance, Known, is_another
from bot.forms.xforms.laying import Laying
from bot.forms.xforms.model import Bind, Language, SetValue
from bot.forms.xforms.places import Moment, Place
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.values import as_text

_NOBODY: Final = Answers({}, frozenset())
_ROUNDS: Final = 10  # of values that set other values


class Sitting:
    """A form at a moment: a `Layout` that the engine walks.

    Args:
        plan: the form.
        name: what interviews remember it by.
        version: which version of it this is.
        now: in the zone of the form.
        language: one of the form's.
        chance: where the order of shuffled choices comes from, at the beginning of an interview.
    """

    def __init__(  # noqa: PLR0913 -- what a step depends on, once each
        self,
        plan: Plan,
        *,
        name: str,
        version: str,
        now: datetime,
        language: Language,
        chance: random.Random,
    ) -> None:
        self.plan = plan
        self.name = name
        self.version = version
        self.moment = Moment(now, language)
        self._chance = chance

    @property
    def names(self) -> frozenset[str]:
        """The names that an interview may begin with: none."""
        return frozenset()

    def told_in(self, language: Language) -> "Sitting":
        """The same in another language of the form."""
        now, chance = self.moment.now, self._chance
        name, version = self.name, self.version
        return Sitting(
            self.plan, name=name, version=version, now=now, language=language, chance=chance
        )

    def walk(self, interview: Interview) -> "SurveyWalk":
        """A walk that begins with an interview's answers."""
        given = dict(interview.given)
        if SEED not in given:
            given[SEED] = self._chance.randrange(2**31)
            given = self._first_load(given)
        known = Known(interview.answers, given, frozenset(interview.passed))
        return SurveyWalk(self.plan, self.moment, known)

    def asked(self, interview: Interview) -> Mapping[str, Value]:
        """The answer to each question that an interview asks, by name; None where there is none."""
        route = self.walk(interview).on(interview.answers, interview.passed)
        return {**{stop.question.name: None for stop in route.stops}, **route.answers}

    def _first_load(self, given: dict[str, Value]) -> dict[str, Value]:
        """What the form fills in before anything is asked."""
        instance = Instance(self.plan, self.moment, Known({}, given))
        for path in self.plan.nodes:
            match self.plan.bind(path).preload:
                case "start":
                    given[path.split("/", 2)[2]] = self.moment.now.isoformat(
                        timespec="milliseconds"
                    )
                case "today":
                    given[path.split("/", 2)[2]] = self.moment.now.date().isoformat()
                case _:
                    pass
        for each in self.plan.first_load:
            if each.path in self.plan.untold.withheld:
                continue
            if not isinstance(each.value, str) and each.value.references:
                instance = Instance(self.plan, self.moment, Known({}, given))
            for place in instance.places[each.path]:
                text = set_to(instance, each, place)
                given[place.name] = text
                instance.put(place, text)
        return given


class SurveyWalk:
    """A route through a survey being found.

    Args:
        plan: the form.
        moment: when, and in which language.
        known: what the person has answered before the step.
    """

    def __init__(self, plan: Plan, moment: Moment, known: Known) -> None:
        self._plan = plan
        self._moment = moment
        self._before = Instance(plan, moment, known)

    @property
    def known(self) -> Answers:
        """Nothing: no question of a survey has a reader of its own."""
        return _NOBODY

    def to(self, name: str) -> Stop | None:
        """The stop of this question, without what stands around it; None if it is not asked."""
        place = self._before.named(name)
        if place is None:  # of what is no node, such as whether there is another repetition
            stops = Laying(self._before).stops
            return next((stop for stop in stops if stop.question.name == name), None)
        control = self._plan.controls.get(place.node.path)
        if control is None or not place.relevant:
            return None
        question = wording.asking(self._before, control, place)
        if question.kind is Kind.NOTE or (question.chosen and not place.choices):
            return None
        return Stop(question, place.choices, (), place.offered)

    def judge(self, stop: Stop, value: Value) -> Refusal | None:
        """Why an answer does not keep to the form's constraint; None if it does."""
        question = stop.question
        if not isinstance(question, Asking) or question.another:
            return None
        bind = self._plan.bind(question.path)
        if bind.constraint is None:
            return None
        if self._reads_what_follows(question.path, bind.constraint):
            return self._refused_afterwards(question, value, bind)
        instance = self._before
        place = next(
            place for place in instance.places[question.path] if place.name == question.name
        )
        was = place.text
        instance.put(place, as_text(value))
        try:
            if instance.keeps_to(place):
                return None
            message = wording.say(instance, bind.constraint_message, place)
        finally:
            instance.put(place, was)
        return Refusal(Reason.CONSTRAINT, {"message": message} if message else {})

    def _reads_what_follows(self, path: str, constraint: Expression) -> bool:
        """Whether a constraint reads what its own answer changes, such as a sum."""
        changed = self._plan.readers[path] - {path}
        return not changed.isdisjoint(constraint.references)

    def _refused_afterwards(self, question: Question, value: Value, bind: Bind) -> Refusal | None:
        """Why an answer cannot stand with all that follows from it; None if it can."""
        before = self._before.known
        known = Known(
            {**before.answers, question.name: value},
            before.given,
            before.passed - {question.name},
        )
        after = Instance(self._plan, self._moment, known)
        place = after.named(question.name)
        if question.name not in after.dropped or place is None:
            return None
        message = wording.say(after, bind.constraint_message, place)
        return Refusal(Reason.CONSTRAINT, {"message": message} if message else {})

    def on(self, answers: Mapping[str, Value], passed: tuple[str, ...]) -> Route:
        """The route that these answers lead to, with what they set in motion."""
        before = self._before
        answers, given = dict(answers), dict(before.known.given)
        unchanged = answers == before.known.answers and frozenset(passed) == before.known.passed
        instance = before
        if not unchanged:
            instance = self._instance(answers, given, passed)
            for _ in range(_ROUNDS):
                if not self._set_off(before, instance, answers, given):
                    break
                before, instance = instance, self._instance(answers, given, passed)
        return self._route(instance, given)

    def _instance(
        self, answers: Mapping[str, Value], given: Mapping[str, Value], passed: tuple[str, ...]
    ) -> Instance:
        known = Known(answers, given, frozenset(passed))
        return Instance(self._plan, self._moment, known)

    def _set_off(
        self,
        before: Instance,
        after: Instance,
        answers: dict[str, Value],
        given: dict[str, Value],
    ) -> bool:
        """Puts in the values that changes and new repetitions call for; whether there were any."""
        was = {
            place.name: place.text
            for source in self._plan.triggered
            for place in before.places[source]
        }
        calls = [
            (each, target)
            for source, set_values in self._plan.triggered.items()
            for place in after.places[source]
            if was.get(place.name, "") != place.text
            for each in set_values
            if (target := after.at(each.path, place.numbers)) is not None
        ]
        if self._plan.new_repeat:
            there = {place.name for path in self._plan.repeats for place in before.places[path]}
            calls += [
                (each, target)
                for path in self._plan.repeats
                for place in after.places[path]
                if place.name not in there
                for each in self._plan.new_repeat
                if each.path.startswith(f"{path}/")
                and (target := after.at(each.path, place.numbers)) is not None
            ]
        for each, target in calls:
            given[target.name] = set_to(after, each, target)
            answers.pop(target.name, None)
        return bool(calls)

    def _route(self, instance: Instance, given: Mapping[str, Value]) -> Route:
        laid = Laying(instance)
        names = dict.fromkeys(stop.question.name for stop in laid.stops)
        kept = {name: instance.answers[name] for name in names if name in instance.answers}
        kept |= {  # what can only be read now was an answer once
            name: value
            for name, value in instance.answers.items()
            if name not in names and (place := instance.named(name)) and place.relevant
        }
        return Route(
            stops=tuple(laid.stops),
            notes=laid.notes,
            answers=kept,
            dropped=tuple(self._dropped(instance)),
            record={name: value for name, value in kept.items() if not is_another(name)},
            wants_review=not all(map(is_consent, names)),
            given=self._lasting(instance, given),
        )

    def _dropped(self, instance: Instance) -> Iterator[Question]:
        """The questions whose answers are gone, and those of repetitions that are gone."""
        for name in instance.dropped:
            place = instance.named(name)
            control = self._plan.controls.get(self._plan.path_of(name))
            if place is not None and control is not None:
                yield wording.asking(instance, control, place)
        gone = {
            name
            for name in instance.answers
            if instance.named(name) is None and not is_another(name)
        }
        if gone:  # as they were put, with the headings of their repetition
            was = Laying(self._before).stops
            yield from (stop.question for stop in was if stop.question.name in gone)

    def _lasting(self, instance: Instance, given: Mapping[str, Value]) -> Mapping[str, Value]:
        """What the form gave, with what is worked out only once."""
        once = {
            place.name: place.text
            for path in self._plan.once
            for place in instance.places[path]
            if place.text
        }
        return {**given, **once}


def set_to(instance: Instance, each: SetValue, place: Place) -> str:
    """What a set value puts in a place."""
    if isinstance(each.value, str):
        return each.value
    return str(instance.evaluate(each.value, place, "text"))
