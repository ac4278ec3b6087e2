"""/privacy, /mydata and /delete: what is kept, a copy of it, and its end."""

from bot.chat import menus
from bot.chat.context import Turn
from bot.chat.keepers import privacy_of
from bot.chat.routes import Routes
from bot.people.confirming import confirmation, confirms
from bot.people.roles import Roles
from bot.people.views import fallback
from bot.people.views import privacy as views


async def notice(turn: Turn) -> None:
    """/privacy: what is kept, in plain words."""
    english = turn.house.catalogues.translator("en")
    turn.show(views.notice(turn.t, english, turn.house.content.organisation))


async def copy(turn: Turn) -> None:
    """/mydata: everything that is held, as a file."""
    held = await privacy_of(turn).held_about(turn.person.id)
    turn.reply(views.copy(turn.t, turn.house.catalogues.translator("en"), held))


async def ask(turn: Turn) -> None:
    """/delete: ask once."""
    english = turn.house.catalogues.translator("en")
    has_role = bool(await Roles(turn.work).of(turn.person.id))
    sure = confirmation(turn.person, turn.now)
    turn.show(views.confirm(turn.t, english, sure, has_role=has_role))


async def erase(turn: Turn) -> None:
    """The answer yes: erase everything and say goodbye."""
    if not confirms(turn.tap.args, turn.person, turn.now):
        turn.toast(fallback.old_button(turn.t))
        await ask(turn)
        return
    catalogues = turn.house.catalogues
    t = catalogues.translator(str(turn.tap.args[-1]) if turn.tap.args else None)
    await privacy_of(turn).erase(turn.person.id, turn.now)
    turn.erased = True
    turn.show(views.goodbye(t, catalogues.translator("en")))
    menu = menus.forget_chat(turn.person.telegram_id)
    turn.call(menu.method, **menu.params)


def register(routes: Routes) -> None:
    """Listen for the commands and their buttons, from everybody."""
    routes.command("privacy", notice)
    routes.command("mydata", copy)
    routes.command("delete", ask)
    routes.tap("privacy", notice)
    routes.tap("mydata", copy)
    routes.tap("delete", ask)
    routes.tap("erase", erase)
