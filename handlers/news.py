"""News: yes or no, and what of."""

from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.errors import NewsNotWanted
from bot.i18n import LANGUAGES
from bot.message import Message
from bot.people.following import WORDING, Following, named
from bot.people.models import FollowKind
from bot.people.views import fallback
from bot.people.views import news as views
from handlers.start import home_screen

PAGES = {
    FollowKind.INTEREST: views.TOPICS,
    FollowKind.BOROUGH: views.BOROUGHS,
    FollowKind.GROUP: views.GROUPS_PAGE,
}


async def screen(turn: Turn) -> None:
    """/news: what the person gets, or the question whether they want any."""
    page = str(turn.tap.args[0]) if turn.tap.args else ""
    turn.show(await _page(turn, page))


async def agree(turn: Turn) -> None:
    """Yes, send me news."""
    wording, language = (*map(str, turn.tap.args), "", "")[:2]
    if wording == WORDING and language in LANGUAGES:
        await Following(turn.work).agree(turn.person.id, language, turn.now)
        turn.toast(views.agreed(turn.t))
    else:
        turn.toast(fallback.old_button(turn.t))
    turn.show(await _page(turn))


async def withdraw(turn: Turn) -> None:
    """No news, or no more."""
    wanted = await Following(turn.work).withdraw(turn.person.id, turn.now)
    said = views.withdrawn(turn.t) if wanted else views.declined(turn.t)
    if turn.tap.args[:1] == (views.HERE,):
        turn.show(home_screen(turn, said))
    else:
        # Under a piece of news the button leaves it as it is: it may still be needed.
        turn.reply(home_screen(turn, said))


async def choose(turn: Turn) -> None:
    """Follow a topic, a borough or a group, or not any more."""
    choice = named(turn.tap.args, turn.house.content.boroughs)
    if choice is None:
        turn.toast(fallback.old_button(turn.t))
        turn.show(await _page(turn))
        return
    kind, key, chosen = choice
    try:
        await Following(turn.work).choose(turn.person.id, kind, key, chosen=chosen)
    except NewsNotWanted:
        turn.toast(fallback.old_button(turn.t))
    turn.show(await _page(turn, PAGES[kind]))


async def _page(turn: Turn, page: str = "") -> Message:
    t, boroughs, area = turn.t, turn.house.content.boroughs, turn.person.borough
    english = turn.house.catalogues.translator("en")
    following = Following(turn.work)
    if not await following.wants_news(turn.person.id):
        return views.ask(t, english)
    followed = await following.of(turn.person.id)
    match page:
        case views.TOPICS:
            return views.topics(t, english, followed)
        case views.BOROUGHS:
            return views.more_boroughs(t, boroughs, area, followed)
        case views.GROUPS_PAGE:
            return views.groups(t, followed)
        case _:
            return views.screen(t, boroughs, turn.person, followed)


def register(routes: Routes) -> None:
    """Listen for the command and the buttons."""
    routes.command("news", screen)
    routes.tap("news", screen)
    routes.tap("newsyes", agree)
    routes.tap("nonews", withdraw)
    routes.tap("follow", choose)
