"""The pictures, sounds and videos of a form, as messages that go before the words they belong to.

They are messages of their own, and no albums: under an album nobody sees which picture is which.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from bot.forms.definition import Question
from bot.forms.happened import Asked, Shown
from bot.forms.xforms.asking import Asking
from bot.i18n import Translator
from bot.message import Kept, Message
from bot.surveys.views.answers import labels
from bot.surveys.views.keyboard import page_of

_ORDER = ("image", "video", "audio")
_LONGEST = 900  # characters under a picture; Telegram takes 1,024


@dataclass(frozen=True, slots=True)
class Showcase:
    """What a form can show.

    Attributes:
        t: the reader's voice.
        files: by name; those that are not here are passed over.
    """

    t: Translator
    files: Mapping[str, Kept] = field(default_factory=dict)

    def of(self, shown: Shown, page: int) -> tuple[Message, ...]:
        """All that belongs to what a step shows."""
        found = [*self._with(shown.notes)]
        if isinstance(shown, Asked):
            found += [*self._with([shown.question]), *self.of_choices(shown, page)]
        return tuple(found)

    def of_choices(self, asked: Asked, page: int) -> tuple[Message, ...]:
        """What belongs to the choices on a page, each with its number and its label."""
        if not self.files:
            return ()
        named = labels(self.t, asked.choices)
        return tuple(
            Message(self._caption(place + 1, named[choice.key]), kept=kept)
            for place in page_of(asked.choices, page)
            for choice in (asked.choices[place],)
            for kept in self._kept(choice.shows)
        )

    def _with(self, questions: Iterable[Question]) -> Iterator[Message]:
        for question in questions:
            if isinstance(question, Asking):
                for kept in self._kept(question.shows):
                    yield Message(Markup(), kept=kept)

    def _kept(self, shows: Mapping[str, str]) -> Iterator[Kept]:
        for column in _ORDER:
            if (kept := self.files.get(shows.get(column, ""))) is not None:
                yield kept

    def _caption(self, number: int, label: str) -> Markup:
        cut = label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…"
        return self.t("{number}. {choice}", number=number, choice=escape(cut))
