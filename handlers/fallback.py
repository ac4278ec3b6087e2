"""Typed words, and a kind answer to whatever nothing else understood."""

from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.people.hearing import hear_place
from bot.people.keywords import Keyword, keyword_in, language_in
from bot.people.views import fallback as views
from bot.people.views import welcome
from handlers import area, authoring, language, search, stop, waiting
from handlers.help import help_
from handlers.start import home_screen


async def heard_text(turn: Turn) -> None:
    """Typed words: a keyword, the answer to a question, a place, or words to search for."""
    if await _heard_keyword(turn) or await waiting.answered(turn):
        return
    code = language_in(turn.text)
    known = turn.person.borough is not None
    place = hear_place(turn.text, turn.house.content.boroughs, known=known)
    if code not in {None, turn.t.language}:
        # Perhaps they look for events in that language; so they are asked, and not switched over.
        turn.reply(welcome.languages(turn.house.catalogues.all, code, turn.t))
    elif place is not None:
        await area.heard(turn, place)
    else:
        await search.search(turn, turn.text)


async def heard_stranger(turn: Turn) -> None:
    """Somebody without a language says or presses something: that comes first."""
    if await _heard_keyword(turn):
        return
    if (code := language_in(turn.text)) is not None:
        await language.use_language(turn, code)
        return
    turn.toast(views.old_button(turn.t))
    turn.reply(welcome.language_first(turn.house.catalogues.all, turn.telegram_language))


async def _heard_keyword(turn: Turn) -> bool:
    """Do what a keyword of any language asks for; False where the text is none."""
    match keyword_in(turn.text):
        case Keyword.STOP:
            await stop.choices(turn)
        case Keyword.HELP:
            await help_(turn)
        case Keyword.LANGUAGE:
            await language.languages(turn)
        case None:
            return False
    return True


async def heard_anything(turn: Turn) -> None:
    """A command that does not exist, or what is no text."""
    if turn.sent is not None and await waiting.answered(turn):
        return
    if await authoring.received(turn):
        return
    if not turn.text and await waiting.refused(turn):
        return
    said = views.unknown_command if turn.text.startswith("/") else views.unreadable
    turn.reply(home_screen(turn, said(turn.t)))


async def old_button(turn: Turn) -> None:
    """A button that nothing listens to any more."""
    turn.toast(views.old_button(turn.t))
    turn.reply(home_screen(turn))


def register_strangers(routes: Routes) -> None:
    """Listen to people who have no language yet, before what is for those who have."""
    routes.strangers(heard_stranger)


def register(routes: Routes) -> None:
    """Listen to what is left over; comes last."""
    routes.text(heard_text)
    routes.any_message(heard_anything)
    routes.any_tap(old_button)
