"""/start: the first words, the home screen, and links that open something."""

import re

from markupsafe import Markup

from bot.broadcasts.views.desk import to_all
from bot.broadcasts.views.report import to_reports
from bot.chat import menus
from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.events.links import parse_payload
from bot.groups.models import LINK as FROM_GROUP
from bot.message import Message
from bot.people.models import Right, Role
from bot.people.roles import Roles, may
from bot.people.service import People
from bot.people.views import holders, welcome
from bot.people.views import roles as role_views
from handlers import events, invites, surveys, updates

LINK = re.compile(r"[A-Za-z0-9_-]{1,52}")
"""A link that fits into the buttons of the languages: 64 bytes, less those of "language:so:"."""


async def start(turn: Turn) -> None:
    """/start, with or without a link that brought the person here."""
    if turn.person.language is None:
        link = turn.payload if LINK.fullmatch(turn.payload) else ""
        turn.reply(welcome.greet(turn.house.catalogues.all, turn.telegram_language, link))
    elif turn.payload:
        await follow(turn, turn.payload)
    else:
        turn.reply(await own_home(turn, welcome.hello_again(turn.t)))
        if await Roles(turn.work).of(turn.person.id):
            # Roles can be given outside the chat, so its menu may not know of them yet.
            await menus.refresh(turn)


async def follow(turn: Turn, payload: str) -> None:
    """Open what a link leads to."""
    if (code := invites.code_in(payload)) is not None:
        await invites.accept(turn, code)
        return
    if (survey_id := surveys.survey_in(payload)) is not None:
        turn.reply(await surveys.opened(turn, survey_id))
        return
    if (update := updates.update_in(payload)) is not None:
        await updates.opened(turn, *update)
        return
    if payload == FROM_GROUP:
        turn.reply(await own_home(turn))
        return
    link = parse_payload(payload)
    if link is None:
        turn.reply(home_screen(turn, welcome.link_leads_nowhere(turn.t)))
        return
    turn.meet(await People(turn.work).greet(turn.person.telegram_id, turn.now, link.source))
    await events.open_link(turn, link)


async def home(turn: Turn) -> None:
    """The home screen, in the place of the screen that was left."""
    turn.show(await own_home(turn))


async def own_home(turn: Turn, *said: Markup) -> Message:
    """The home screen with what only this person's roles let them do."""
    roles: frozenset[Role] = await Roles(turn.work).of(turn.person.id)
    screen = home_screen(turn, *said)
    rows = []
    if may(roles, Right.WRITE_BROADCASTS):
        rows.append([to_all(turn.t)])
    elif may(roles, Right.READ_REPORTS):
        rows.append([to_reports(turn.t)])
    if may(roles, Right.SEE_SCHEDULE):
        rows.append([role_views.to_schedule(turn.t)])
    if may(roles, Right.INVITE):
        rows.append([holders.to_roles(turn.t), holders.to_log(turn.t)])
    return screen.with_buttons(*rows)


def home_screen(turn: Turn, *said: Markup) -> Message:
    """The home screen of this person, below what has just been done."""
    return welcome.home(turn.t, *said, stopped=not turn.person.wants_messages)


def register(routes: Routes) -> None:
    """Listen for /start, from everybody."""
    routes.command("start", start)


def register_home(routes: Routes) -> None:
    """Listen for the way home, from people who have a language."""
    routes.tap("home", home)
