"""`baobab survey rehearse`: a survey in the terminal, by hand or from a file of answers."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from rich.console import Console

from bot.commands.players import ByHand, FromFile
from bot.commands.stage import Player, Stage
from bot.errors import FormNotGood, InterviewStale
from bot.forms.xforms.languages import code_of
from bot.forms.xforms.model import Language
from bot.forms.xforms.plan import Plan
from bot.i18n import Catalogues

HELP = (
    "Type an answer, or its number. /skip  /back  /keep  /done (after ticks)  /review  "
    "/send (at the end)  /quit"
)


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
