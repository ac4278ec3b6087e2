"""`baobab survey rehearse`: a survey in the terminal, by hand or from a file of answers."""

import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import orjson
from rich.console import Console
from rich.markup import escape

from bot.clock import Clock
from bot.errors import FormNotGood, InterviewStale
from bot.forms import engine
from bot.forms.definition import Kind, Question
from bot.forms.happened import Asked, Finished, Refused, ReviewShown, Step
from bot.forms.inputs import Done, Picked, Raw, Sent, Toggled, Typed
from bot.forms.interview import Interview
from bot.forms.values import Record
from bot.forms.xforms.asking import Asking
from bot.forms.xforms.languages import code_of
from bot.forms.xforms.model import Language
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.record import record_of
from bot.forms.xforms.sitting import Sitting
from bot.i18n import Catalogues, Translator
from bot.surveys.views import questions
from bot.surveys.views.markdown import to_plain
from bot.surveys.views.refusals import refused

HELP = (
    "Type an answer, or its number. /skip  /back  /keep  /done (after ticks)  /review  "
    "/send (at the end)  /quit"
)
_TICKED = frozenset({Kind.CHOOSE_MANY, Kind.RANK})
_ENDS = {"/quit": True, "/exit": True}


def language_of(plan: Plan, wanted: str | None) -> Language:
    """A language of a form by its code or its name; the form's default where none is wanted.

    Raises:
        FormNotGood: the form does not have it.
    """
    languages = plan.form.languages or (plan.form.default,)
    if wanted is None:
        return next((each for each in languages if each == plan.form.default), languages[0])
    for language in languages:
        if wanted.casefold() in {language.name.casefold(), code_of(language)}:
            return language
    named = ", ".join(language.name for language in languages)
    raise FormNotGood([f"The form has no language {wanted}. It has: {named}."])


class Player(Protocol):
    """Says what to do next."""

    def next(self, stage: "Stage", asked: Asked) -> "Move":
        """What to do at a question."""

    def end(self, stage: "Stage") -> str:
        """What to do at the check: "/send", "/back", or the number of an answer."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a player does: a verb of the engine, and what is answered with "answer"."""

    verb: str
    raw: Raw | None = None


class Stage:
    """One rehearsal.

    Args:
        plan: the form.
        language: in which it is played.
        t: the voice of the bot around it.
        zone: of the form.
        console: where the conversation is shown.
    """

    def __init__(
        self, plan: Plan, language: Language, t: Translator, zone: ZoneInfo, console: Console
    ) -> None:
        self._plan = plan
        self._language = language
        self.t = t
        self._zone = zone
        self.console = console
        self._chance = random.Random(0)  # noqa: S311 -- a rehearsal is the same each time

    @property
    def now(self) -> datetime:
        """The time in the zone of the form."""
        return Clock().now().astimezone(self._zone)

    def play(self, player: Player) -> Record:
        """From the beginning to the record.

        Raises:
            FormNotGood: the player gave up, or cannot go on.
        """
        step = engine.begin(self._sitting())
        while not isinstance(step.shown, Finished):
            interview = Interview.from_json(step.interview.to_json())
            self._show(step)
            if isinstance(step.shown, ReviewShown):
                step = self._at_the_check(player, interview, step.shown)
            else:
                step = self._answered(player, interview, step.shown)
        for note in step.shown.notes:
            self.console.print(escape(to_plain(note.label)))
        return record_of(self._sitting(), step.interview)

    def _sitting(self) -> Sitting:
        return Sitting(
            self._plan,
            name="rehearsal",
            version="1",
            now=self.now,
            language=self._language,
            chance=self._chance,
        )

    def _answered(self, player: Player, interview: Interview, asked: Asked) -> Step:
        move = player.next(self, asked)
        sitting = self._sitting()
        if move.raw is not None:
            return engine.answer(sitting, interview, move.raw)
        verbs = {
            "skip": engine.skip,
            "back": engine.back,
            "keep": engine.keep,
            "review": engine.review,
        }
        return verbs[move.verb](sitting, interview)

    def _at_the_check(self, player: Player, interview: Interview, shown: ReviewShown) -> Step:
        said = player.end(self)
        sitting = self._sitting()
        if said.isdecimal() and 0 < int(said) <= len(shown.lines):
            return engine.change(sitting, interview, shown.lines[int(said) - 1].question.name)
        if said == "/back":
            return engine.back(sitting, interview)
        return engine.finish(sitting, interview)

    def _show(self, step: Step) -> None:
        for effect in step.effects:
            if isinstance(effect, Refused):
                why = refused(self.t, effect.why).striptags()
                self.console.print(f"[yellow]{escape(why)}[/yellow]")
        if isinstance(step.shown, ReviewShown):
            self._show_check(step.shown)
        elif isinstance(step.shown, Asked):
            self._show_question(step.shown)

    def _show_question(self, asked: Asked) -> None:
        question = asked.question
        for note in asked.notes:
            self._show_files(note)
            self.console.print(escape(to_plain(note.label)))
        self._show_files(question)
        where = f"{asked.progress.number} of about {asked.progress.about}"
        headings = question.headings if isinstance(question, Asking) else ()
        self.console.print(f"[dim]{escape(' · '.join((where, *map(to_plain, headings))))}[/dim]")
        label = to_plain(question.label)
        if isinstance(question, Asking) and question.another:
            label = f"Do you want to add another: {label}?"
        self.console.print(f"[bold]{escape(label)}[/bold]")
        if question.hint:
            self.console.print(f"[italic]{escape(to_plain(question.hint))}[/italic]")
        named = questions.labels(self.t, asked.choices)
        for place, choice in enumerate(asked.choices, 1):
            mark = "☑ " if choice.key in asked.ticks else ""
            shown = "".join(f" [{file}]" for file in choice.shows.values())
            self.console.print(escape(f"  {place}. {mark}{named[choice.key]}{shown}"))
        if asked.answer is not None and not asked.ticks:
            now = questions.answer(self.t, question, asked.choices, asked.answer).striptags()
            self.console.print(f"[dim]Now: {escape(now)}[/dim]")

    def _show_files(self, question: Question) -> None:
        """Name the pictures, sounds and videos that a chat shows here."""
        if isinstance(question, Asking):
            for column, file in question.shows.items():
                self.console.print(escape(f"[{column}: {file}]"))

    def _show_check(self, shown: ReviewShown) -> None:
        self.console.print("[bold]Please check your answers.[/bold]")
        for place, line in enumerate(shown.lines, 1):
            said = questions.answer(self.t, line.question, line.choices, line.value).striptags()
            label = to_plain(line.question.label)
            self.console.print(escape(f"  {place}. {label}: {said}"))


class ByHand:
    """Somebody at the terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def next(self, stage: Stage, asked: Asked) -> Move:
        """What they type."""
        said = self._said()
        if said == "/done":
            return Move("answer", Done())
        if said in {"/skip", "/back", "/keep", "/review"}:
            return Move(said[1:])
        if asked.question.kind is Kind.FILE:
            return Move("answer", Sent(asked.question.media or "file", said, said))
        return Move("answer", typed(stage, asked, said))

    def end(self, stage: Stage) -> str:
        """What they type."""
        del stage
        return self._said()

    def _said(self) -> str:
        try:
            said = self._console.input("[green]>[/green] ").strip()
        except (EOFError, KeyboardInterrupt):
            raise FormNotGood(["The rehearsal was broken off."]) from None
        if not sys.stdin.isatty():
            self._console.print(escape(said))  # as a terminal shows what is typed
        if said in _ENDS:
            raise FormNotGood(["The rehearsal was broken off."])
        return said


class FromFile:
    """Answers of a file, by name ("age"), by path ("family/age", "kids[2]/age"), or nested."""

    def __init__(self, answers: Mapping[str, Any], console: Console) -> None:
        self._console = console
        self._answers = dict(_flat(answers))
        self._used: set[str] = set()
        self._ticking: dict[str, list[str]] = {}
        self._asked_before: set[str] = set()

    def next(self, stage: Stage, asked: Asked) -> Move:
        """The answer of the file; where it has none, the question is skipped."""
        name = asked.question.name
        if name in self._ticking:
            return self._tick(name)
        if name in self._asked_before:
            raise FormNotGood([f"{name}: the answer is not taken; the reason stands above."])
        self._asked_before.add(name)
        if isinstance(asked.question, Asking) and asked.question.another:
            more = any(key.startswith(f"{name[:-1]}/") for key in self._answers)
            return Move("answer", Picked("yes" if more else "no"))
        found = self._find(name)
        if found is None:
            return self._nothing(asked)
        return self._given(stage, asked, self._answers[found])

    def end(self, stage: Stage) -> str:
        """Send; every answer of the file must have been asked for."""
        del stage
        left = [name for name in self._answers if name not in self._used]
        if left:
            raise FormNotGood([f"{name}: no question of this name was asked." for name in left])
        return "/send"

    def _find(self, name: str) -> str | None:
        for key in (name, name.rpartition("/")[2]):
            if key in self._answers:
                self._used.add(key)
                return key
        return None

    def _nothing(self, asked: Asked) -> Move:
        if asked.answer is not None and asked.can_keep:
            return Move("keep")
        if asked.can_skip:
            return Move("skip")
        raise FormNotGood([f"{asked.question.name}: an answer is required, and the file has none."])

    def _given(self, stage: Stage, asked: Asked, value: Any) -> Move:
        kind = asked.question.kind
        if kind in _TICKED:
            keys = value.split() if isinstance(value, str) else [str(key) for key in value]
            self._say(" ".join(keys))
            if kind is Kind.CHOOSE_MANY:
                self._ticking[asked.question.name] = [
                    key for key in keys if key not in asked.ticks
                ] + [key for key in asked.ticks if key not in keys]
            else:
                self._ticking[asked.question.name] = keys
            return self._tick(asked.question.name)
        self._say(str(value))
        if kind is Kind.FILE:
            return Move("answer", Sent(asked.question.media or "file", str(value), str(value)))
        if any(str(value) == choice.key for choice in asked.choices):
            return Move("answer", Picked(str(value)))
        if isinstance(value, bool):
            value = "yes" if value else "no"
        # What stands in a file is written the same way whatever the language of the survey.
        said = Typed(str(value), language="en", today=stage.now.date())
        return Move("answer", said)

    def _tick(self, name: str) -> Move:
        keys = self._ticking[name]
        if keys:
            return Move("answer", Toggled(keys.pop(0)))
        del self._ticking[name]
        return Move("answer", Done())

    def _say(self, said: str) -> None:
        self._console.print(f"[green]> {escape(said)}[/green]")


def typed(stage: Stage, asked: Asked, said: str) -> Typed:
    """Words typed at a question."""
    named = questions.labels(stage.t, asked.choices)
    return Typed(said, named, language=stage.t.language, today=stage.now.date())


def rehearse(
    plan: Plan,
    language: str | None,
    answers: Mapping[str, Any] | None,
    catalogues: Catalogues,
    zone: ZoneInfo,
) -> str:
    """Play a survey; its record as a line of JSON.

    Raises:
        FormNotGood: it was broken off, or an answer of the file is not taken.
    """
    console = Console(highlight=False, soft_wrap=True)
    spoken = language_of(plan, language)
    stage = Stage(plan, spoken, catalogues.translator(code_of(spoken) or "en"), zone, console)
    if answers is None:
        console.print(f"[dim]{HELP}[/dim]")
        player: Player = ByHand(console)
    else:
        player = FromFile(answers, console)
    try:
        record = stage.play(player)
    except InterviewStale:
        raise FormNotGood(["The survey cannot go on from here."]) from None
    if isinstance(player, FromFile):
        player.end(stage)
    return orjson.dumps(record).decode()


def _flat(answers: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Answers by path: groups are mappings, repeats lists of mappings."""
    for name, value in answers.items():
        path = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}/")
        elif isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
            for number, each in enumerate(value, 1):
                yield from _flat(each, f"{path}[{number}]/")
        elif value is not None:
            yield path, value
