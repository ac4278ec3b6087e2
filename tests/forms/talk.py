"""Talks its way through a form, and keeps what the engine promises about every step."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.forms import engine
from bot.forms.definition import Form
from bot.forms.happened import (
    Answered,
    Asked,
    Dropped,
    Finished,
    Happened,
    Refused,
    ReviewShown,
    Skipped,
    Step,
    Ticked,
    WentBack,
)
from bot.forms.inputs import Done, Picked, Raw, Toggled, Typed
from bot.forms.interview import Interview
from bot.forms.values import Record, Value


def told(happened: Happened) -> str:  # noqa: PLR0911 -- a line for each thing that happens
    """One happening as a line of a script."""
    match happened:
        case Asked(question, _, notes, progress):
            read = "".join(f"{note.name}, " for note in notes)
            return f"asked {read}{question.name} {progress.number}/{progress.about}"
        case Answered(question, value):
            return f"answered {question.name}={value}"
        case Skipped(question):
            return f"skipped {question.name}"
        case Ticked(question, on, off):
            signs = [f"+{key}" for key in on] + [f"-{key}" for key in off]
            return f"ticked {question.name} {' '.join(signs)}"
        case Refused(question, why):
            details = "".join(f" {name}={value}" for name, value in why.details.items())
            return f"refused {question.name if question else 'review'}: {why.reason}{details}"
        case WentBack(question):
            return f"went back from {question.name if question else 'review'}"
        case Dropped(questions):
            return f"dropped {' '.join(question.name for question in questions)}"
        case ReviewShown(lines, notes, complete):
            shown = [f"{line.question.name}={line.value}" for line in lines]
            shown += [note.name for note in notes]
            return " ".join(["review", *shown, *([] if complete else ["…"])])
        case Finished(record, notes):
            shown = [f"{name}={value}" for name, value in record.items()]
            return " ".join(["finished", *shown, *(note.name for note in notes)])


class Talk:
    """One interview; every verb returns what happened as lines of a script."""

    def __init__(self, form: Form, prefill: Mapping[str, Value] | None = None) -> None:
        self.form = form
        self.step = engine.begin(form, prefill or {})
        self.interview = self.step.interview

    @property
    def asked(self) -> Asked:
        assert isinstance(self.step.shown, Asked)
        return self.step.shown

    @property
    def record(self) -> Record:
        assert isinstance(self.step.shown, Finished)
        return self.step.shown.record

    def opens(self) -> list[str]:
        return [told(happened) for happened in self.step.happened]

    def says(self, raw: Raw) -> list[str]:
        return self._takes(lambda interview: engine.answer(self.form, interview, raw))

    def types(self, text: str, labels: Mapping[str, str] | None = None) -> list[str]:
        return self.says(Typed(text, labels or {}))

    def picks(self, choice: str) -> list[str]:
        return self.says(Picked(choice))

    def toggles(self, choice: str) -> list[str]:
        return self.says(Toggled(choice))

    def is_done(self) -> list[str]:
        return self.says(Done())

    def skips(self) -> list[str]:
        return self._takes(lambda interview: engine.skip(self.form, interview))

    def keeps(self) -> list[str]:
        return self._takes(lambda interview: engine.keep(self.form, interview))

    def goes_back(self) -> list[str]:
        return self._takes(lambda interview: engine.back(self.form, interview))

    def reviews(self) -> list[str]:
        return self._takes(lambda interview: engine.review(self.form, interview))

    def changes(self, name: str) -> list[str]:
        return self._takes(lambda interview: engine.change(self.form, interview, name))

    def finishes(self) -> list[str]:
        return self._takes(lambda interview: engine.finish(self.form, interview))

    def resumes(self) -> list[str]:
        return self._takes(lambda interview: engine.resume(self.form, interview))

    def _takes(self, verb: Callable[[Interview], Step]) -> list[str]:
        before = Interview.from_json(self.interview.to_json())
        assert before == self.interview
        self.step = verb(before)
        self.interview = self.step.interview
        moved = replace(self.interview, revision=before.revision) != before
        assert self.interview.revision == before.revision + moved
        assert moved or self.interview is before
        return self.opens()
