"""Walks a form: definition + interview + input -> new interview + what happened.

Every function is pure and returns a Step. A step that only refuses carries the very same
interview, so nothing needs saving. After an answer, a skip or a keep the person goes on to the
first question that is still open, or to the review, or to the end.

All but `begin` and `resume` raise

- InterviewStale: the interview is over, or what the input speaks of is no longer asked;
  `resume` then shows where the person is.
- ValueError: the interview belongs to another form or version. That is the caller's to check
  beforehand, as is the revision a button carries.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.errors import InterviewStale
from bot.forms.definition import Kind
from bot.forms.happened import (
    Answered,
    Asked,
    Dropped,
    Effect,
    Finished,
    Line,
    Progress,
    Refused,
    ReviewShown,
    Shown,
    Skipped,
    Step,
    Ticked,
    WentBack,
)
from bot.forms.inputs import Raw, Reason, Refusal
from bot.forms.interview import OVER, REVIEW, Interview
from bot.forms.kinds import KINDS, Blank, Marked, Put, Read
from bot.forms.route import AnyForm, Route, Stop, Walking, walk
from bot.forms.values import Value, frozen

_NOTHING: Mapping[str, Value] = {}
TICKED = frozenset({Kind.CHOOSE_MANY, Kind.RANK})
"""Kinds of questions whose answer is ticked together before it is given."""


def begin(form: AnyForm, prefill: Mapping[str, Value] = _NOTHING, *, revision: int = 1) -> Step:
    """A new interview, with its first question.

    Args:
        form: the form to walk.
        prefill: facts, and answers known already, by name. What is answered is not asked, but
            can be changed at the review; an answer that does not fit its question is asked.
            None stands for unknown.
        revision: where to start counting. Give it a number beyond that of the interview this
            one replaces, so that its old buttons stay old.

    Raises:
        ValueError: `prefill` names something the form does not have, or holds a number that is
            out of range.
        TypeError: `prefill` holds what JSON cannot carry.
    """
    unknown = sorted(prefill.keys() - form.names)
    if unknown:
        raise ValueError(f"form {form.name!r} does not know {', '.join(unknown)}")
    known = {name: frozen(value) for name, value in prefill.items() if value is not None}
    empty = Interview(form.name, form.version, at=OVER, revision=revision)
    step = _go_on(walk(form, replace(empty, answers=known)).on(known, ()), empty)
    return replace(step, interview=replace(step.interview, revision=revision))


def resume(form: AnyForm, interview: Interview) -> Step:
    """What the person sees now; for a return after hours, or another language.

    Nothing changes, unless the question asked is no longer in the form: then the person goes on
    from there. An interview that is over shows its end again.

    Raises:
        ValueError: the interview belongs to another form or version.
    """
    _check(form, interview)
    route = _route(form, interview)
    if interview.at in {REVIEW, OVER} or route.place(interview.at) is not None:
        return Step(interview, (), _shown(route, interview))
    return _go_on(route, interview, passed=interview.passed)


def answer(form: AnyForm, interview: Interview, raw: Raw) -> Step:
    """Takes what the person said to the question asked now.

    Happens: Answered, perhaps Dropped, and what comes next; or Ticked, or Skipped (Done with no
    ticks), or Refused, and the same again.
    """
    _check(form, interview)
    way = walk(form, interview)
    stop = way.to(interview.at)
    if stop is None:
        return _here(form, interview).refuses(Reason.NOT_AN_ANSWER)
    question = stop.question
    put = Put(
        question,
        stop.choices,
        way.known,
        interview.ticks,
        judge=lambda value: way.judge(stop, value),
    )
    reading = KINDS[question.kind].read(put, raw)
    if isinstance(reading, Read):
        reading = way.judge(stop, reading.value) or reading
    match reading:
        case Read(value):
            return _answered(way, interview, stop, value)
        case Marked(ticks):
            on = tuple(key for key in ticks if key not in interview.ticks)
            off = tuple(key for key in interview.ticks if key not in ticks)
            ticked = replace(interview, ticks=ticks, revision=interview.revision + 1)
            shown = _shown(way.on(interview.answers, interview.passed), ticked)
            return Step(ticked, (Ticked(question, on, off),), shown)
        case Blank():
            return skip(form, interview)
        case Refusal():
            shown = _shown(way.on(interview.answers, interview.passed), interview)
            return Step(interview, (Refused(question, reading),), shown)


def skip(form: AnyForm, interview: Interview) -> Step:
    """Leaves the question unanswered, and an answer it had is gone; refused where required."""
    _check(form, interview)
    way = walk(form, interview)
    stop = way.to(interview.at)
    if stop is None:
        return _here(form, interview).refuses(Reason.NOT_AN_ANSWER)
    question = stop.question
    if question.required:
        message = question.required_message
        why = {"message": message} if message else {}
        return _here(form, interview).refuses(Reason.REQUIRED, why)
    left = {name: value for name, value in interview.answers.items() if name != question.name}
    passed = (*interview.passed, question.name)
    route = way.on(left, passed)
    return _go_on(route, interview, Skipped(question), *_dropped(route), passed=passed)


def keep(form: AnyForm, interview: Interview) -> Step:
    """Leaves an answered or skipped question as it is and goes on from it.

    Of a question with nothing but a suggested answer, that becomes the answer.
    """
    here = _here(form, interview)
    if here.stop is None:
        return here.refuses(Reason.UNANSWERED)
    if _settled(here.stop, here.route, interview.passed):
        return _go_on(here.route, interview, passed=interview.passed)
    way = walk(form, interview)
    stop = way.to(interview.at)
    if stop is None or stop.offered is None:
        return here.refuses(Reason.UNANSWERED)
    refusal = way.judge(stop, stop.offered)
    if refusal is not None:
        return here.refuses(refusal.reason, refusal.details)
    return _answered(way, interview, stop, stop.offered)


def back(form: AnyForm, interview: Interview) -> Step:
    """Goes to the question before; from a change, to the review; from a review, to where one was.

    Answers stay as they are; ticks that were not Done are gone.
    """
    here = _here(form, interview)
    if interview.from_review:
        at = REVIEW
    else:
        waiting = _open(here.route, interview.passed) if here.stop is None else None
        place = here.place - 1 if waiting is None else waiting
        if place < 0:
            return here.refuses(Reason.NOTHING_BEFORE)
        at = here.route.stops[place].question.name
    went = WentBack(here.stop and here.stop.question)
    return _moved(here.route, interview, at, (went,), interview.passed)


def review(form: AnyForm, interview: Interview) -> Step:
    """Shows the answers so far for checking; possible at any question."""
    here = _here(form, interview)
    return _moved(here.route, interview, REVIEW, (), interview.passed)


def change(form: AnyForm, interview: Interview, name: str) -> Step:
    """Asks an answered or skipped question again; back undoes this.

    Answers that the new one hides are dropped, and questions that it brings are asked, before
    the person is at the review again.
    """
    route = _here(form, interview).route
    place = route.place(name)
    if place is None or not _settled(route.stops[place], route, interview.passed):
        raise InterviewStale
    return _moved(route, interview, name, (), interview.passed, from_review=True)


def finish(form: AnyForm, interview: Interview) -> Step:
    """Ends the interview with its record; while questions are open, asks the first of them."""
    route = _here(form, interview).route
    place = _open(route, interview.passed)
    at = OVER if place is None else route.stops[place].question.name
    if at == interview.at:
        return Step(interview, (), _shown(route, interview))
    return _moved(route, interview, at, (), interview.passed)


class _Here(NamedTuple):
    """Where an input finds the person; no stop means the review."""

    interview: Interview
    route: Route
    place: int
    stop: Stop | None

    def refuses(self, reason: str, details: Mapping[str, Value] = _NOTHING) -> Step:
        effect = Refused(self.stop and self.stop.question, Refusal(reason, details))
        return Step(self.interview, (effect,), _shown(self.route, self.interview))


def _here(form: AnyForm, interview: Interview) -> _Here:
    _check(form, interview)
    route = _route(form, interview)
    if interview.at == REVIEW:
        return _Here(interview, route, len(route.stops), None)
    place = route.place(interview.at)
    if place is None:
        raise InterviewStale
    return _Here(interview, route, place, route.stops[place])


def _route(form: AnyForm, interview: Interview) -> Route:
    return walk(form, interview).on(interview.answers, interview.passed)


def _answered(way: Walking, interview: Interview, stop: Stop, value: Value) -> Step:
    """On from a question with its answer."""
    question = stop.question
    passed = tuple(name for name in interview.passed if name != question.name)
    route = way.on({**interview.answers, question.name: value}, passed)
    return _go_on(
        route, interview, Answered(question, value), *_dropped(route), passed=interview.passed
    )


def _check(form: AnyForm, interview: Interview) -> None:
    if (interview.form, interview.version) != (form.name, form.version):
        raise ValueError(f"an interview of {interview.form!r} {interview.version!r} cannot go on")


def _settled(stop: Stop, route: Route, passed: tuple[str, ...]) -> bool:
    """Whether the question was answered or left unanswered on purpose."""
    return stop.question.name in route.answers or stop.question.name in passed


def _open(route: Route, passed: tuple[str, ...]) -> int | None:
    """The place of the first question that waits for an answer."""
    for place, stop in enumerate(route.stops):
        if not _settled(stop, route, passed):
            return place
    return None


def _dropped(route: Route) -> tuple[Effect, ...]:
    return (Dropped(route.dropped),) if route.dropped else ()


def _go_on(route: Route, was: Interview, *effects: Effect, passed: tuple[str, ...] = ()) -> Step:
    """On to the first open question, the review, or the end."""
    stopped = tuple(
        stop.question.name
        for stop in route.stops
        if stop.question.name in passed and stop.question.name not in route.answers
    )
    place = _open(route, stopped)
    if place is not None:
        at = route.stops[place].question.name
    else:
        at = REVIEW if route.wants_review else OVER
    return _moved(route, was, at, effects, stopped)


def _moved(  # noqa: PLR0913 -- one for each part of the interview that a move decides
    route: Route,
    was: Interview,
    at: str,
    effects: tuple[Effect, ...],
    passed: tuple[str, ...],
    *,
    from_review: bool = False,
) -> Step:
    """The step that leads to `at`; the interview is the same object if nothing changed."""
    place = route.place(at)
    stop = None if place is None else route.stops[place]
    now = replace(
        was,
        at=at,
        answers=route.answers,
        given=route.given,
        passed=passed,
        ticks=() if stop is None else _ticks(stop, route),
        from_review=from_review,
    )
    now = was if now == was else replace(now, revision=was.revision + 1)
    return Step(now, effects, _shown(route, now))


def _ticks(stop: Stop, route: Route) -> tuple[str, ...]:
    """The ticks with which a question is put: those of its answer."""
    given = route.answers.get(stop.question.name, stop.offered)
    many = stop.question.kind in TICKED
    return given if many and isinstance(given, tuple) else ()


def _shown(route: Route, interview: Interview) -> Shown:
    """What the person sees at this place of the interview."""
    passed = interview.passed
    if interview.at == OVER:
        return Finished(route.record, () if route.wants_review else route.notes)
    place = route.place(interview.at)
    if place is None:
        lines = tuple(
            Line(stop.question, stop.choices, route.answers.get(stop.question.name))
            for stop in route.stops
            if _settled(stop, route, passed)
        )
        return ReviewShown(lines, route.notes, complete=_open(route, passed) is None)
    stop = route.stops[place]
    return Asked(
        question=stop.question,
        choices=stop.choices,
        notes=stop.notes,
        progress=Progress(place + 1, len(route.stops)),
        answer=route.answers.get(interview.at, stop.offered),
        ticks=interview.ticks,
        can_go_back=place > 0 or interview.from_review,
        can_skip=not stop.question.required,
        can_keep=stop.offered is not None or _settled(stop, route, passed),
        from_review=interview.from_review,
    )
