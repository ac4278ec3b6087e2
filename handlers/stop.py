"""STOP: no more messages, and their return; blocking the bot is the same."""

from bot.broadcasts.crowd import CrowdStore
from bot.broadcasts.models import Mark
from bot.chat.context import Turn
from bot.chat.keepers import privacy_of
from bot.chat.routes import Routes
from bot.delivery.models import RECALL, Reason
from bot.delivery.store import DeliveryStore
from bot.people.following import Following
from bot.people.service import People
from bot.people.views import stop as views
from handlers.start import home_screen


async def choices(turn: Turn) -> None:
    """/stop, or the word: what can be stopped."""
    news = await Following(turn.work).wants_news(turn.person.id)
    turn.show(views.choices(turn.t, stopped=not turn.person.wants_messages, news=news))


async def stop(turn: Turn) -> None:
    """Stop messages."""
    turn.meet(await People(turn.work).stop(turn.person.id, turn.now))
    await CrowdStore(turn.work).mark_last(turn.person.id, Mark.STOPPED, turn.now)
    await DeliveryStore(turn.work).silence(turn.person.id, Reason.STOPPED, turn.now, spared=RECALL)
    turn.show(views.stopped(turn.t))


async def resume(turn: Turn) -> None:
    """Start messages again."""
    turn.meet(await People(turn.work).resume(turn.person.id))
    turn.show(home_screen(turn, views.resumed(turn.t)))


async def unchanged(turn: Turn) -> None:
    """Neither stop nor delete."""
    turn.show(home_screen(turn, views.unchanged(turn.t)))


async def blocked_or_back(turn: Turn) -> None:
    """The person blocked the bot, or unblocked it; the bot says nothing to either."""
    from telegram.constants import ChatMemberStatus  # loaded with the update

    change = turn.update.my_chat_member
    if change is None or change.new_chat_member.status != ChatMemberStatus.BANNED:
        await People(turn.work).unblocked(turn.person.id)
    elif turn.person.language is None:
        # A stranger, or somebody who has just deleted everything: there is nothing to keep.
        await privacy_of(turn).erase(turn.person.id, turn.now)
    else:
        turn.meet(await People(turn.work).blocked(turn.person.id, turn.now))
        await DeliveryStore(turn.work).silence(turn.person.id, Reason.BLOCKED, turn.now)


def register(routes: Routes) -> None:
    """Listen for /stop, its buttons and blocking, from everybody."""
    routes.command("stop", choices)
    routes.tap("stop", stop)
    routes.tap("resume", resume)
    routes.tap("unchanged", unchanged)
    routes.membership(blocked_or_back)
