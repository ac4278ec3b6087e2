"""/language: the language everything is in."""

from bot.chat import menus
from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.i18n import LANGUAGES
from bot.people.service import People
from bot.people.views import area, welcome
from handlers.start import follow, own_home


async def languages(turn: Turn) -> None:
    """Show the languages there are."""
    reader = turn.t if turn.person.language else None
    turn.show(welcome.languages(turn.house.catalogues.all, turn.t.language, reader))


async def choose_language(turn: Turn) -> None:
    """A language's button: use it, then go on with what brought the person here."""
    code, link = (*map(str, turn.tap.args), "", "")[:2]
    if code not in LANGUAGES:
        await languages(turn)
        return
    await use_language(turn, code, link)


async def use_language(turn: Turn, code: str, link: str = "") -> None:
    """Speak this language from now on, the menu of the chat included."""
    turn.meet(await People(turn.work).choose_language(turn.person.id, code))
    turn.show(welcome.language_chosen(turn.t, turn.house.catalogues.translator("en")))
    await menus.refresh(turn)
    if link:
        await follow(turn, link)
    elif turn.person.borough is None:
        turn.reply(area.ask(turn.t, turn.house.content.boroughs, None))
    else:
        turn.reply(await own_home(turn))


def register(routes: Routes) -> None:
    """Listen for /language and its buttons, from everybody."""
    routes.command("language", languages)
    routes.tap("language", choose_language)
