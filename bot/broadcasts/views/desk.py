"""What the screens of volunteers have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.broadcasts import wording
from bot.broadcasts.models import SOURCE, Broadcast, Stage
from bot.i18n import N_, Catalogues, Translator
from bot.i18n.translator import FIRST_STRONG_ISOLATE, POP_ISOLATE
from bot.message import Button, Message, Tap
from bot.people.boroughs import ELSEWHERE, UNSURE, Boroughs
from bot.people.views import GAP
from bot.people.views.welcome import go_home

VERB: Final = "bc"
"""The verb of the buttons of volunteers."""
LINE: Final = Markup("\n")
FEW: Final = 5
"""Below this, also for nobody at all, no count is shown that might tell of somebody."""
STAGES: Final[Mapping[Stage, str]] = {
    Stage.DRAFT: N_("Draft"),
    Stage.WAITING: N_("Waits for a second person"),
    Stage.SCHEDULED: N_("Begins by itself"),
    Stage.SENDING: N_("Leaving now"),
    Stage.PAUSED: N_("Paused"),
    Stage.DONE: N_("Sent"),
    Stage.STOPPED: N_("Stopped"),
    Stage.RECALLING: N_("Being taken back"),
    Stage.RECALLED: N_("Taken back"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the views of volunteers are shown with.

    Attributes:
        t: the reader's voice.
        catalogues: name the languages.
    """

    t: Translator
    catalogues: Catalogues
    boroughs: Boroughs
    now: datetime
    zone: ZoneInfo

    def language(self, code: str) -> str:
        """A language in its own name, as far as it is one of the bot's.

        A name that runs from right to left must not turn a line that does not.
        """
        found = next((t for t in self.catalogues.all if t.language == code), None)
        if found is None:
            return code
        return f"{FIRST_STRONG_ISOLATE}{found.name}{POP_ISOLATE}" if found.rtl else found.name

    def borough(self, key: str) -> str:
        """A borough, or what people say who live in none of ours."""
        match key:
            case "":
                return self.t.plain("no area given")
            case _ if key == ELSEWHERE:
                return self.t.plain("outside our area")
            case _ if key == UNSURE:
                return self.t.plain("area not sure")
            case _:
                return self.boroughs[key].name if key in self.boroughs else key

    def moment(self, moment: datetime) -> str:
        """A day and a time on the wall."""
        wall = moment.astimezone(self.zone)
        return self.t.plain(
            "{day}, {time}, UK time",
            day=self.t.date(wall.date()),
            time=self.t.time(moment, self.zone),
        )


def name_of(t: Translator, broadcast: Broadcast, most: int = 40) -> str:
    """How a broadcast is called in lists: by how its text begins."""
    text = broadcast.texts.get(SOURCE)
    if text is None:
        return t.plain("Draft {number}, no text yet", number=broadcast.id)
    return shorten(wording.first_line(text.html, most), most, placeholder="…")


def few(t: Translator, people: int) -> str:
    """A count, or that it is too small to be shown."""
    return str(people) if people >= FEW else t.plain("fewer than {number}", number=FEW)


def goes_to(t: Translator, people: int) -> Markup:
    """How many people would get it, where that tells of nobody."""
    if people < FEW:
        return t("It goes to fewer than {number} people.", number=FEW)
    return t.plural("It goes to {n} person.", "It goes to {n} people.", people)


def to(*args: str | int) -> Tap:
    """What a button does that leads to a screen of volunteers."""
    return Tap.to(VERB, *args)


def to_draft(t: Translator, broadcast_id: int) -> Button:
    """The way back to one broadcast."""
    return Button(t.plain("Back to the broadcast"), to("show", broadcast_id))


def to_all(t: Translator) -> Button:
    """The way to all broadcasts."""
    return Button(t.plain("All broadcasts"), to())


def not_allowed(t: Translator) -> Message:
    """They have no right to it, or not any more."""
    return Message(
        GAP.join(
            [
                t("You cannot do this with your role."),
                t("Should you be able to? Then ask the people who run this bot."),
            ]
        )
    ).with_buttons([go_home(t)])


def gone(t: Translator) -> str:
    """The broadcast is not there any more."""
    return t.plain("This broadcast is not there any more.")


def changed(t: Translator) -> str:
    """It is not as it was on the screen."""
    return t.plain("This has changed meanwhile. Here is how it is now.")
