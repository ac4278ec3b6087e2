"""One person taking one survey, from the first question to the end."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.chat.context import Turn
from bot.chat.interviews import Input, Interviews, Saved, dropped
from bot.errors import InterviewStale, SurveyClosed
from bot.forms import engine
from bot.forms.happened import Asked, Finished, Step
from bot.forms.interview import Interview
from bot.forms.xforms.consent import agreed, is_consent
from bot.forms.xforms.languages import code_of
from bot.forms.xforms.model import Language
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.record import record_of
from bot.forms.xforms.sitting import Sitting
from bot.message import Kept, Message
from bot.surveys.desk import SurveyDesk, says_something
from bot.surveys.library import Ready, base_of, language_in
from bot.surveys.models import Survey
from bot.surveys.views import overview, questions
from bot.surveys.views.keyboard import Screen
from bot.surveys.views.overview import Offer, Standing
from bot.surveys.views.showing import Showcase

if TYPE_CHECKING:
    from collections.abc import Mapping

MOMENT = timedelta(seconds=10)
"""Within which an old button was most likely pressed twice."""


class Begun(NamedTuple):
    """An interview that goes on, with the form at this moment and the language chosen for it."""

    sitting: Sitting
    interview: Interview
    subject: str


class Taken(NamedTuple):
    """What a person did, and what they see then."""

    step: Step
    seen: Message


class Taking:
    """One person taking one survey."""

    def __init__(self, turn: Turn, survey: Survey, saved: Saved | None) -> None:
        self.survey = survey
        self._turn = turn
        self._saved = saved
        self._files: Mapping[str, Kept] = {}

    @classmethod
    async def of(cls, turn: Turn, survey_id: int) -> "Taking":
        """Where the person is in a survey.

        Raises:
            SurveyClosed: the person cannot take it, or not any more.
        """
        survey = await SurveyDesk(turn.work).get(survey_id, turn.person.id, turn.now)
        saved = await _interviews(turn).get(turn.person.id, survey.form)
        return cls(turn, survey, saved)

    @property
    def offer(self) -> Offer:
        """The survey as this person is offered it."""
        own = base_of(self._turn.t.language) in map(base_of, self.survey.languages)
        language = self._turn.t.language if own or len(self.survey.languages) == 1 else ""
        return Offer(self.survey, standing(self._saved), language)

    async def begin(self, place: int | None) -> Message:
        """The first question; in the language at this place, where the person chose one."""
        if self.offer.standing is not Standing.NEW:
            return await self.come_back()
        plan = await self._plan(self.survey.version)
        if plan is None:
            raise SurveyClosed
        subject = "" if place is None else str(place)
        sitting = self._sitting(plan, self.survey.version, subject)
        revision = self._saved.revision + 1 if self._saved else 1
        return await self._arrive(sitting, engine.begin(sitting, revision=revision), subject)

    async def come_back(self) -> Message:
        """The question where the person is, on a new screen: typed words answer it again."""
        begun = await self._begun()
        if begun is None:
            return await self._nothing_asked()
        interview = replace(begun.interview, revision=begun.interview.revision + 1)
        return await self._arrive(
            begun.sitting, engine.resume(begun.sitting, interview), begun.subject
        )

    async def pause(self) -> Message:
        """Leave it for now: what they type is no answer any more until they come back.

        Raises:
            InterviewStale: somebody else was faster; nothing changed.
        """
        if self._saved is None or not self._saved.goes_on:
            return self._card()
        await _interviews(self._turn).pause(self._turn.person.id, self._saved, self._turn.now)
        return overview.paused(self._turn.t, self.survey)

    async def where(self) -> Message:
        """The question where the person is, as it is kept now; whoever had left it comes back.

        What is shown with it comes again, unless it came a moment ago: then a button was pressed
        twice.
        """
        self._saved = await _interviews(self._turn).get(self._turn.person.id, self.survey.form)
        if self._saved is not None and self._saved.is_paused:
            return await self.come_back()
        begun = await self._begun()
        if begun is None or self._saved is None:
            return await self._nothing_asked()
        step = engine.resume(begun.sitting, begun.interview)
        screen = self._screen(begun.sitting, step, 0)
        if self._turn.now - self._saved.updated_at < MOMENT:
            return screen
        return replace(screen, first=self._showcase.of(step.shown, 0))

    async def take(self, revision: int | None, did: Input, page: int = 0) -> Taken:
        """Take what the person did.

        Raises:
            InterviewStale: nothing is asked, or the screen is not the newest; nothing changed.
        """
        begun = await self._begun()
        if begun is None or revision not in {None, begun.interview.revision}:
            raise InterviewStale
        step = did(begun.sitting, begun.interview)
        if step.interview is begun.interview:
            screen = self._screen(begun.sitting, step, page)
            return Taken(step, self._turned(step, page, screen))
        if step.interview.at == begun.interview.at:
            return Taken(step, await self._next(begun.sitting, step, begun.subject, page))
        seen = await self._arrive(begun.sitting, step, begun.subject, page)
        # What is shown above a question stays with it: the next one stands below.
        return Taken(step, replace(seen, anew=self._shows_with(begun)))

    def _turned(self, step: Step, page: int, screen: Message) -> Message:
        """A page of the same question, with what is shown of the choices on it."""
        shown = step.shown
        if step.effects or not isinstance(shown, Asked):
            return screen
        return replace(screen, first=self._showcase.of_choices(shown, page))

    async def asked(self) -> Asked | None:
        """The question that is open now."""
        begun = await self._begun()
        shown = engine.resume(begun.sitting, begun.interview).shown if begun else None
        return shown if isinstance(shown, Asked) else None

    def ask_to_drop(self, revision: int | None) -> Message:
        """Ask whether to delete the answers so far; nothing changes.

        Args:
            revision: of the screen that they came from; None where it is no question's.

        Raises:
            InterviewStale: the screen is not the newest.
        """
        if self._saved is None or not self._saved.goes_on:
            return self._card()
        if revision not in {None, self._saved.revision}:
            raise InterviewStale
        return overview.dropping(self._turn.t, self.survey, self._saved.revision)

    async def drop(self, revision: int) -> Message:
        """Delete the answers so far.

        Raises:
            InterviewStale: they went on since they were asked; nothing changed.
        """
        if self._saved is None or not self._saved.goes_on:
            return self._card()
        if revision != self._saved.revision:
            raise InterviewStale
        await self._save(dropped(self.survey.form, self._saved.revision + 1), "")
        return overview.dropped(self._turn.t, self.survey)

    async def _begun(self) -> Begun | None:
        """What the person began and has not ended; None also where its version is gone."""
        saved = self._saved
        if saved is None or saved.interview is None or not saved.goes_on:
            return None
        version = int(saved.interview.version)
        plan = await self._plan(version)
        if plan is None:
            return None
        sitting = self._sitting(plan, version, saved.subject)
        return Begun(sitting, replace(saved.interview, paused=False), saved.subject)

    async def _plan(self, version: int) -> Plan | None:
        ready = await self._ready(version)
        if ready is None:
            return None
        self._files = ready.files
        return ready.plan

    async def _ready(self, version: int) -> Ready | None:
        return await self._turn.house.library.survey(self._turn.work, self.survey.id, version)

    def _sitting(self, plan: Plan, version: int, subject: str) -> Sitting:
        house = self._turn.house
        return house.library.sitting(
            self.survey,
            version,
            plan,
            now=self._turn.now,
            zone=house.zone,
            language=self._language(plan, subject),
        )

    def _language(self, plan: Plan, subject: str) -> Language:
        return language_in(plan, self._turn.t.language, subject)

    async def _arrive(self, sitting: Sitting, step: Step, subject: str, page: int = 0) -> Message:
        """As `_next`, at a question that the person comes to: with all that is shown with it."""
        seen = await self._next(sitting, step, subject, page)
        return replace(seen, first=self._showcase.of(step.shown, page))

    async def _next(self, sitting: Sitting, step: Step, subject: str, page: int = 0) -> Message:
        """Keep what a step led to, and say what there is to see; at the end, keep the answers."""
        shown, interview = step.shown, step.interview
        if not isinstance(shown, Finished):
            await self._save(interview, subject)
            return self._screen(sitting, step, page)
        return await self._end(sitting, interview, shown)

    async def _end(self, sitting: Sitting, interview: Interview, shown: Finished) -> Message:
        """Keep the answers of whoever agreed to it and gave any."""
        record = record_of(sitting, interview)
        asked = sitting.asked(interview)
        if not agreed(asked):
            await self._save(dropped(self.survey.form, interview.revision), "")
            return overview.declined(self._turn.t, shown.notes)
        desk = SurveyDesk(self._turn.work)
        version = int(sitting.version)
        if not says_something(asked):
            await self._save(dropped(self.survey.form, interview.revision), "")
            return overview.nothing_sent(self._turn.t, shown.notes)
        await self._save(interview, "")  # first: if another process was faster, nothing is sent
        await desk.submit(self.survey, version, asked, record)
        return overview.sent(self._turn.t, shown.notes)

    def _screen(self, sitting: Sitting, step: Step, page: int) -> Message:
        """What a step shows; where people agree, with the author's words if need be."""
        screen = self._frame(page)
        form = sitting.plan.form
        unchecked = code_of(sitting.moment.language) in form.unreviewed
        if unchecked and is_consent(step.interview.at):
            original = engine.resume(sitting.told_in(form.default), step.interview).shown
            screen = replace(screen, original=original if isinstance(original, Asked) else None)
        return questions.question(screen, step)

    @property
    def _showcase(self) -> Showcase:
        return Showcase(self._turn.t, self._files)

    def _shows_with(self, begun: Begun) -> bool:
        """Whether something is shown with the question where an interview stands."""
        if not self._files:
            return False
        shown = engine.resume(begun.sitting, begun.interview).shown
        return bool(self._showcase.of(shown, 0))

    def _frame(self, page: int) -> Screen:
        return Screen(self._turn.t, self.survey.id, page)

    async def _save(self, interview: Interview, subject: str) -> None:
        turn = self._turn
        await _interviews(turn).save(turn.person.id, interview, subject, turn.now)

    async def _nothing_asked(self) -> Message:
        """The way into the survey; of a version that is gone, the answers are deleted."""
        if self._saved is None or not self._saved.goes_on:
            return self._card()
        await self._save(dropped(self.survey.form, self._saved.revision + 1), "")
        return overview.changed(self._turn.t, self.survey)

    def _card(self) -> Message:
        return overview.card(self._turn.t, self.offer, self._turn.house.catalogues)


def standing(saved: Saved | None) -> Standing:
    """Where a person is in a survey."""
    if saved is None or not (saved.goes_on or saved.came_to_end):
        return Standing.NEW
    return Standing.BEGUN if saved.goes_on else Standing.SENT


def _interviews(turn: Turn) -> Interviews:
    return Interviews(turn.work, turn.house.vault)
