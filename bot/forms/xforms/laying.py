"""The questions of an instance, in the order of the form's body."""

from dataclasses import replace
from typing import Final

from bot.forms.definition import NO, YES, Choice, Kind, Question
from bot.forms.route import Stop
from bot.forms.xforms import wording
from bot.forms.xforms.asking import Asking
from bot.forms.xforms.instance import REPEATS, Instance, another
from bot.forms.xforms.model import Control, Part, Section

_YES_NO: Final = (Choice(YES, YES), Choice(NO, NO))


class Laying:
    """Lays the questions of an instance out in the order of the form's body."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._plan = instance.plan
        self.stops: list[Stop] = []
        self.notes: tuple[Question, ...] = ()
        self._lay(self._plan.form.body, (), ())

    def _lay(
        self, parts: tuple[Part, ...], numbers: tuple[int, ...], headings: tuple[str, ...]
    ) -> None:
        for part in parts:
            match part:
                case Control():
                    self._put(part, numbers, headings)
                case Section(repeat=True):
                    self._repeat(part, numbers, headings)
                case Section():
                    self._group(part, numbers, headings)

    def _group(self, section: Section, numbers: tuple[int, ...], headings: tuple[str, ...]) -> None:
        place = self._instance.at(section.path, numbers) if section.path else None
        if place is None:
            self._lay(section.parts, numbers, headings)
        elif place.relevant:
            heading = wording.say(self._instance, section.label, place)
            self._lay(section.parts, numbers, (*headings, heading) if heading else headings)

    def _repeat(
        self, section: Section, numbers: tuple[int, ...], headings: tuple[str, ...]
    ) -> None:
        places = [
            place
            for place in self._instance.places[section.path]
            if place.numbers[:-1] == numbers and place.relevant
        ]
        free = section.count is None and not section.fixed
        for place in places:
            heading = wording.say(self._instance, section.label, place)
            number = place.numbers[-1]
            self._lay(section.parts, place.numbers, (*headings, f"{heading} {number}".strip()))
            if free and number < REPEATS:
                self._ask_for_another(section, (*numbers, number + 1), heading, headings)

    def _ask_for_another(
        self,
        section: Section,
        numbers: tuple[int, ...],
        heading: str,
        headings: tuple[str, ...],
    ) -> None:
        name = another(self._plan, section.path, numbers)
        question = Asking(
            name=name,
            kind=Kind.CONFIRM,
            label=heading,
            required=True,
            path=section.path,
            headings=headings,
            another=True,
        )
        self.stops.append(Stop(question, _YES_NO, self.notes))
        self.notes = ()

    def _put(self, control: Control, numbers: tuple[int, ...], headings: tuple[str, ...]) -> None:
        place = self._instance.at(control.path, numbers)
        if place is None or not place.relevant:
            return
        question = wording.asking(self._instance, control, place)
        if headings:
            question = replace(question, headings=headings)
        if question.kind is Kind.NOTE:
            if place.text:
                question = replace(question, label=wording.with_value(question.label, place))
            self.notes = (*self.notes, question)
            return
        if question.chosen and not place.choices:
            return
        self.stops.append(Stop(question, place.choices, self.notes, place.offered))
        self.notes = ()
