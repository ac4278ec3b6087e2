"""Saved conversations: one person's progress through one form, sealed, and walked step by step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

import structlog

from bot.chat.inbox import QUERIES
from bot.clock import from_micros, to_micros
from bot.db import Work
from bot.errors import InterviewStale, SealBroken
from bot.forms import engine
from bot.forms.happened import Step
from bot.forms.interview import OVER, Interview
from bot.forms.route import AnyForm
from bot.forms.values import Value
from bot.people.privacy import Held
from bot.people.vault import Vault

Input = Callable[[AnyForm, Interview], Step]
"""What a person did, as one of the functions of `bot.forms.engine` with its further arguments."""

_PURPOSE = "interview"
_DROPPED = ""  # as the version of an interview that is over: its person took everything back
_DAY = 24 * 60 * 60 * 1_000_000  # microseconds
_NOTHING: Mapping[str, Value] = {}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """An interview as it is kept.

    Attributes:
        interview: None where it cannot be read, because the key is lost or the program changed.
        subject: what it is about, such as the number of an event; may be empty.
        revision: of the interview, known even where that cannot be read.
        updated_at: when it changed last; of one that is over, on which day.
        form: what the interview remembers its form by.
    """

    interview: Interview | None
    subject: str
    revision: int
    updated_at: datetime
    form: str

    @property
    def goes_on(self) -> bool:
        """Whether there is something to go on with."""
        return self.interview is not None and self.interview.at != OVER

    @property
    def is_paused(self) -> bool:
        """Whether the person has left it for now."""
        return self.interview is not None and self.interview.paused

    @property
    def came_to_end(self) -> bool:
        """Whether the person came to the end."""
        kept = self.interview
        return kept is not None and kept.at == OVER and kept.version != _DROPPED


@dataclass(frozen=True, slots=True)
class Taken:
    """What a person did, taken, and what their interview is about."""

    step: Step
    subject: str


class Interviews:
    """Keeps people's interviews, one for each form; also answers for them to /mydata, /delete."""

    tables: ClassVar[frozenset[str]] = frozenset({"interviews"})

    def __init__(self, work: Work, vault: Vault) -> None:
        self._run = work.runner(QUERIES)
        self._at_the_end = work.at_the_end(QUERIES)
        self._vault = vault

    async def get(self, person_id: int, form: str) -> Saved | None:
        """A person's interview of a form; None where they never began it."""
        row = await self._run.get_interview(person_id=person_id, form=form)
        return None if row is None else self._read(row)

    async def waiting(self, person_id: int, since: datetime) -> list[Saved]:
        """A person's interviews that go on and were touched since a moment, the newest first."""
        rows = await self._run.waiting_interviews(person_id=person_id, since=to_micros(since))
        return [self._read(row) for row in rows]

    async def save(self, person_id: int, interview: Interview, subject: str, now: datetime) -> None:
        """Keep an interview in place of the one before; of one that is over, only that it was.

        Raises:
            InterviewStale: what is kept is as new or newer; nothing changed.
        """
        row = self._row(person_id, interview, subject, now)
        if await self._run.save_interview(**row) is None:
            raise InterviewStale

    async def pause(self, person_id: int, saved: Saved, now: datetime) -> None:
        """Take nothing that the person types for an answer until they come back.

        Raises:
            InterviewStale: what is kept is newer; nothing changed.
        """
        kept = saved.interview
        if kept is not None and saved.goes_on and not kept.paused:
            paused = replace(kept, revision=kept.revision + 1, paused=True)
            await self.save(person_id, paused, saved.subject, now)

    async def begin(
        self, person_id: int, interview: Interview, subject: str, now: datetime
    ) -> None:
        """Keep a person's first interview of a form; nothing changes where there is one."""
        row = self._row(person_id, interview, subject, now)
        await self._at_the_end.begin_interview(**row)

    def _row(
        self, person_id: int, interview: Interview, subject: str, now: datetime
    ) -> dict[str, int | str]:
        # Of one that is over only the day is kept: the moment would be that at which its response,
        # which belongs to nobody, came.
        sealed, micros = "", to_micros(now) // _DAY * _DAY
        if interview.at != OVER:
            sealed = self._vault.seal(interview.to_json(), purpose=_PURPOSE, person_id=person_id)
            micros = to_micros(now)
        return {
            "person_id": person_id,
            "form": interview.form,
            "version": interview.version,
            "subject": subject if sealed else "",
            "sealed": sealed,
            "revision": interview.revision,
            "now": micros,
        }

    async def held_about(self, person_id: int) -> Held:
        """What a person has told in conversations that go on."""
        rows = await self._run.interviews_of(person_id=person_id)
        return {"conversations": [_plain(row["form"], self._read(row)) for row in rows]}

    async def forget(self, person_id: int, now: datetime) -> None:
        """Erase a person's interviews."""
        del now
        await self._run.forget_interviews(person_id=person_id)

    async def erase(self, person_id: int, form: str) -> None:
        """Erase one interview, and that it ever was."""
        await self._run.erase_interview(person_id=person_id, form=form)

    async def forget_before(self, moment: datetime) -> int:
        """Erase the interviews nobody went on with since a moment; how many those were.

        That somebody came to an end stays known, so that they are not asked again.
        """
        forgotten: int = await self._run.forget_old_interviews(before=to_micros(moment))
        return forgotten

    def _read(self, row: Mapping[str, Any]) -> Saved:
        interview = None
        if not row["sealed"]:
            interview = Interview(row["form"], row["version"], OVER, revision=row["revision"])
            return Saved(
                interview, "", row["revision"], from_micros(row["updated_at"]), row["form"]
            )
        try:
            text = self._vault.unseal(row["sealed"], purpose=_PURPOSE, person_id=row["person_id"])
            interview = Interview.from_json(text)
        except (SealBroken, ValueError):
            log.warning("interview_unreadable", hint="was BAOBAB_SECRET_KEY changed?")
        return Saved(
            interview, row["subject"], row["revision"], from_micros(row["updated_at"]), row["form"]
        )


def dropped(form: str, revision: int) -> Interview:
    """What is kept of an interview whose person took everything back: only its revision."""
    return Interview(form, _DROPPED, at=OVER, revision=revision)


class Conversation:
    """One person's way through one form.

    Args:
        interviews: where it is kept.
        form: what is asked.
        person_id: who is asked.
    """

    def __init__(self, interviews: Interviews, form: AnyForm, person_id: int) -> None:
        self._interviews = interviews
        self._form = form
        self._person_id = person_id

    async def was_begun(self) -> bool:
        """Whether this person was ever asked."""
        return await self._interviews.get(self._person_id, self._form.name) is not None

    async def begin(
        self, now: datetime, *, subject: str = "", prefill: Mapping[str, Value] = _NOTHING
    ) -> Step:
        """Ask from the beginning; buttons of an interview before this one are old from now on."""
        saved = await self._interviews.get(self._person_id, self._form.name)
        revision = saved.revision + 1 if saved else 1
        step = engine.begin(self._form, prefill, revision=revision)
        await self._interviews.save(self._person_id, step.interview, subject, now)
        return step

    async def begin_first(self, now: datetime, *, subject: str = "") -> Step:
        """Ask somebody who was never asked (`was_begun`).

        Should another process have asked them in this very moment, its screen is the same as
        this one, and either may be answered.
        """
        step = engine.begin(self._form)
        await self._interviews.begin(self._person_id, step.interview, subject, now)
        return step

    async def now(self) -> Taken | None:
        """What the person sees now; None where nothing is asked."""
        saved = await self._open()
        if saved is None or saved.interview is None:
            return None
        return Taken(engine.resume(self._form, saved.interview), saved.subject)

    async def asked_since(self) -> datetime | None:
        """When the open interview changed last; None where nothing is asked."""
        saved = await self._open()
        return saved.updated_at if saved else None

    async def take(self, revision: int | None, did: Input, now: datetime) -> Taken:
        """Take what the person did. Of an interview that ends, the answers are not kept here.

        Args:
            revision: of the screen they answered; None for typed words, which answer the newest.
            did: what they did.
            now: when.

        Raises:
            InterviewStale: nothing is asked, or the screen is not the newest; nothing changed.
        """
        saved = await self._open()
        if saved is None or saved.interview is None:
            raise InterviewStale
        if revision is not None and revision != saved.interview.revision:
            raise InterviewStale
        step = did(self._form, saved.interview)
        if step.interview is not saved.interview:
            await self._interviews.save(self._person_id, step.interview, saved.subject, now)
        return Taken(step, saved.subject)

    async def stop(self, now: datetime) -> None:
        """Ask no more; what was answered so far is forgotten."""
        saved = await self._interviews.get(self._person_id, self._form.name)
        if saved is not None:
            over = Interview(
                self._form.name, self._form.version, at=OVER, revision=saved.revision + 1
            )
            await self._interviews.save(self._person_id, over, saved.subject, now)

    async def _open(self) -> Saved | None:
        saved = await self._interviews.get(self._person_id, self._form.name)
        if saved is None or saved.interview is None:
            return None
        # A person finishes on the version they began; this form has only ever had one at a time.
        if saved.interview.at == OVER or saved.interview.version != self._form.version:
            return None
        return saved


def _plain(form: str, saved: Saved) -> Held:
    about: Held = {"form": form, "about": saved.subject, "at": saved.updated_at.isoformat()}
    if saved.interview is None:
        return about | {"unreadable": True}
    return about | {"answers": dict(saved.interview.answers)}
