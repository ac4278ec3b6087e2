"""Who plays a survey in the terminal: somebody by hand, or a file of answers."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

from bot.commands.stage import Move, Stage
from bot.errors import FormNotGood
from bot.forms.definition import Kind
from bot.forms.happened import Asked
from bot.forms.inputs import Done, Picked, Sent, Toggled, Typed
from bot.forms.xforms.asking import Asking
from bot.surveys.views import answers as views

_TICKED = frozenset({Kind.CHOOSE_MANY, Kind.RANK})
_ENDS = {"/quit": True, "/exit": True}


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
    named = views.labels(stage.t, asked.choices)
    return Typed(said, named, language=stage.t.language, today=stage.now.date())


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
