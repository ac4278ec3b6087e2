"""Somebody takes a form that is written as a table; every input passes through JSON first."""

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.forms import engine
from bot.forms.definition import Kind
from bot.forms.happened import Asked, Dropped, Finished, Refused, ReviewShown, Step
from bot.forms.inputs import Done, Picked, Raw, Toggled, Typed
from bot.forms.interview import Interview
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.reading import read_xform
from bot.forms.xforms.record import record_of
from bot.forms.xforms.sitting import Sitting
from bot.forms.xlsform import convert_trusted

ZONE = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 25, 12, tzinfo=ZONE)
YES_NO = """
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""


def table(columns: str, *rows: str, choices: str = YES_NO, settings: str = "") -> str:
    """A form: the columns of its survey sheet and its rows, cells between bars."""
    head = ["| survey |", f"| | {columns} |"]
    return "\n".join([*head, *(f"| | {row} |" for row in rows), choices, settings])


@cache
def _plan(form: str, files: tuple[tuple[str, bytes], ...]) -> Plan:
    converted = convert_trusted(form.encode(), "form.md", dict(files))
    return Plan(read_xform(converted.xform, converted.files))


class Taking:
    """One person in one form.

    Args:
        form: a table.
        language: as its columns name it; the first one if "".
        files: the lists beside it.
        seed: of what chance does.
    """

    def __init__(
        self,
        form: str,
        language: str = "",
        files: Mapping[str, bytes] | None = None,
        seed: int = 0,
    ) -> None:
        self.plan = _plan(form, tuple((files or {}).items()))
        self.now = NOON
        self._chance = random.Random(seed)  # noqa: S311 -- no secret
        self.speaks(language)
        self.step: Step = engine.begin(self._sitting())

    def speaks(self, language: str) -> None:
        """Go on in another language."""
        languages = self.plan.form.languages or (self.plan.form.default,)
        self._language = next((each for each in languages if each.name == language), languages[0])

    def waits(self, by: timedelta) -> None:
        self.now += by

    def _sitting(self) -> Sitting:
        return Sitting(
            self.plan, name="s", version="1", now=self.now,
            language=self._language, chance=self._chance,
        )  # fmt: skip

    def does(self, did: Callable[[Sitting, Interview], Step]) -> "Taking":
        saved = Interview.from_json(self.step.interview.to_json())
        assert saved == self.step.interview
        self.step = did(self._sitting(), saved)
        return self

    def answers(self, raw: Raw) -> "Taking":
        return self.does(lambda form, interview: engine.answer(form, interview, raw))

    def says(self, text: str) -> "Taking":
        labels = {choice.key: choice.label for choice in self.asked.choices}
        return self.answers(Typed(text, labels, today=self.now.date()))

    def picks(self, key: str) -> "Taking":
        return self.answers(Picked(key))

    def ticks(self, *keys: str) -> "Taking":
        for key in keys:
            self.answers(Toggled(key))
        return self.answers(Done())

    def skips(self) -> "Taking":
        return self.does(engine.skip)

    def keeps(self) -> "Taking":
        return self.does(engine.keep)

    def goes_back(self) -> "Taking":
        return self.does(engine.back)

    def changes(self, name: str) -> "Taking":
        return self.does(lambda form, interview: engine.change(form, interview, name))

    def looks_again(self) -> "Taking":
        return self.does(engine.resume)

    @property
    def asked(self) -> Asked:
        assert isinstance(self.step.shown, Asked), self.step.shown
        return self.step.shown

    @property
    def name(self) -> str:
        return self.asked.question.name

    @property
    def label(self) -> str:
        return self.asked.question.label

    @property
    def choices(self) -> list[str]:
        return [choice.key for choice in self.asked.choices]

    @property
    def notes(self) -> list[str]:
        shown = self.step.shown
        return [note.label for note in shown.notes]

    @property
    def refusal(self) -> tuple[str, Mapping[str, object]]:
        [why] = [each.why for each in self.step.effects if isinstance(each, Refused)]
        return why.reason, why.details

    @property
    def dropped(self) -> list[str]:
        return [
            question.name
            for each in self.step.effects
            if isinstance(each, Dropped)
            for question in each.questions
        ]

    @property
    def at_the_check(self) -> bool:
        return isinstance(self.step.shown, ReviewShown)

    @property
    def record(self) -> Mapping[str, object]:
        """The end; what is still open is skipped."""
        for _ in range(1000):
            shown = self.step.shown
            if isinstance(shown, Finished):
                return record_of(self._sitting(), self.step.interview)
            if isinstance(shown, ReviewShown):
                self.does(engine.finish)
            elif shown.can_skip:
                self.skips()
            elif shown.question.kind is Kind.CONFIRM:
                self.picks("no")
            else:
                raise AssertionError(f"{shown.question.name} is required")
        raise AssertionError("no end")
