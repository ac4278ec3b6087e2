"""Trying a draft as people will see it; nothing of it is kept."""

from typing_extensions import override

from bot.chat.context import Turn
from bot.chat.interviews import Interviews, Saved
from bot.clock import to_micros
from bot.errors import DraftNotFound, NotAllowed
from bot.forms import engine
from bot.forms.happened import Finished, Step
from bot.forms.interview import Interview
from bot.forms.xforms.consent import agreed
from bot.forms.xforms.model import Language
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.record import record_of
from bot.forms.xforms.sitting import Sitting
from bot.message import Message
from bot.surveys.authoring import AuthorDesk
from bot.surveys.desk import says_something
from bot.surveys.drafts import PREFIX, Draft
from bot.surveys.library import Ready
from bot.surveys.models import Audience, Survey
from bot.surveys.views import trying as views
from bot.surveys.views.keyboard import Screen
from handlers.answering import heard, press
from handlers.taking import Taking

_SECOND = 1_000_000  # microseconds


class _Proof(Survey):
    """A draft in the place of a survey."""

    __slots__ = ()

    @property
    @override
    def form(self) -> str:
        return f"{PREFIX}{self.id}"


class Trial(Taking):
    """One author trying one draft of theirs, in any language that it has."""

    def __init__(self, turn: Turn, draft: Draft, saved: Saved | None) -> None:
        super().__init__(turn, _proof(draft), saved)
        self._draft = draft

    @classmethod
    async def of_draft(cls, turn: Turn, draft_id: int) -> "Trial":
        """Where the author is in a draft.

        Raises:
            NotAllowed: they may not publish surveys, or not any more.
            DraftNotFound: it is none of theirs that can be tried.
        """
        draft = await AuthorDesk(turn.work, turn.person.id).usable(draft_id)
        interviews = Interviews(turn.work, turn.house.vault)
        return cls(turn, draft, await interviews.get(turn.person.id, draft.form))

    async def start(self, place: int) -> Message:
        """From the beginning, in the language at this place."""
        plan = await self._plan(1)
        if plan is None:
            raise DraftNotFound
        # Nothing is left of an earlier trial, so the time keeps its buttons older than these.
        seconds = to_micros(self._turn.now) // _SECOND
        revision = max(seconds, self._saved.revision + 1 if self._saved else 0)
        sitting = self._sitting(plan, 1, str(place))
        return await self._arrive(sitting, engine.begin(sitting, revision=revision), str(place))

    async def stop(self) -> Message:
        """Break it off."""
        await self._forget()
        return views.stopped(self._turn.t, self._draft)

    @override
    async def _ready(self, version: int) -> Ready | None:
        return await self._turn.house.library.draft(self._turn.work, self._draft.id)

    @override
    def _language(self, plan: Plan, subject: str) -> Language:
        offered = plan.offered or (plan.form.default,)
        place = int(subject) if subject.isdecimal() else 0
        return offered[min(place, len(offered) - 1)]

    @override
    async def _end(self, sitting: Sitting, interview: Interview, shown: Finished) -> Message:
        await self._forget()
        record = record_of(sitting, interview)
        asked = sitting.asked(interview)
        left = record if says_something(asked) else {}
        return views.ended(self._turn.t, self._draft, shown.notes, left, agreed=agreed(asked))

    @override
    def _screen(self, sitting: Sitting, step: Step, page: int) -> Message:
        return views.only_a_test(self._turn.t, super()._screen(sitting, step, page))

    @override
    def _frame(self, page: int) -> Screen:
        return views.TrialScreen(self._turn.t, self._draft.id, page)

    @override
    async def _nothing_asked(self) -> Message:
        return self._card()

    @override
    def _card(self) -> Message:
        return views.stopped(self._turn.t, self._draft)

    async def _forget(self) -> None:
        interviews = Interviews(self._turn.work, self._turn.house.vault)
        await interviews.erase(self._turn.person.id, self._draft.form)


def _proof(draft: Draft) -> Survey:
    return _Proof(
        draft.id,
        draft.name,
        draft.title,
        draft.languages,
        draft.unreviewed,
        Audience.STEERING,
        1,
        draft.questions,
        draft.received_at,
        None,
    )


async def walk(turn: Turn) -> None:
    """A button under a question of a draft.

    Raises:
        NotAllowed, DraftNotFound: see Trial.
    """
    did, what = turn.tap.text(2), turn.tap.text(3)
    trial = await Trial.of_draft(turn, turn.tap.number(0))
    if did in {"pause", "drop"}:
        turn.show(await trial.stop())
    else:
        await press(turn, trial, did, what)


async def hear(turn: Turn, saved: Saved) -> bool:
    """Typed words, a place or a file, if a draft that is tried waits for it."""
    if not saved.form.startswith(PREFIX):
        return False
    try:
        trial = await Trial.of_draft(turn, int(saved.form.removeprefix(PREFIX)))
    except (NotAllowed, DraftNotFound):
        return False
    return await heard(turn, trial, saved.updated_at)
