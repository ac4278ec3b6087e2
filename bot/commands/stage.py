"""A survey in the terminal: one rehearsal, as it is shown and walked."""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from bot.clock import Clock
from bot.forms import engine
from bot.forms.definition import Question
from bot.forms.happened import Asked, Finished, Refused, ReviewShown, Step
from bot.forms.inputs import Raw
from bot.forms.interview import Interview
from bot.forms.values import Record
from bot.forms.xforms.asking import Asking
from bot.forms.xforms.model import Language
from bot.forms.xforms.plan import Plan
from bot.forms.xforms.record import record_of
from bot.forms.xforms.sitting import Sitting
from bot.i18n import Translator
from bot.surveys.views import answers as views
from bot.surveys.views.markdown import to_plain
from bot.surveys.views.refusals import refused


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
        named = views.labels(self.t, asked.choices)
        for place, choice in enumerate(asked.choices, 1):
            mark = "☑ " if choice.key in asked.ticks else ""
            shown = "".join(f" [{file}]" for file in choice.shows.values())
            self.console.print(escape(f"  {place}. {mark}{named[choice.key]}{shown}"))
        if asked.answer is not None and not asked.ticks:
            now = views.answer(self.t, question, asked.choices, asked.answer).striptags()
            self.console.print(f"[dim]Now: {escape(now)}[/dim]")

    def _show_files(self, question: Question) -> None:
        """Name the pictures, sounds and videos that a chat shows here."""
        if isinstance(question, Asking):
            for column, file in question.shows.items():
                self.console.print(escape(f"[{column}: {file}]"))

    def _show_check(self, shown: ReviewShown) -> None:
        self.console.print("[bold]Please check your answers.[/bold]")
        for place, line in enumerate(shown.lines, 1):
            said = views.answer(self.t, line.question, line.choices, line.value).striptags()
            label = to_plain(line.question.label)
            self.console.print(escape(f"  {place}. {label}: {said}"))
