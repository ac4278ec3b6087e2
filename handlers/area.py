"""Where a person lives."""

from bot.chat.context import Turn
from bot.chat.routes import Routes
from bot.events.look import Look
from bot.message import Tap
from bot.people.hearing import AskWhich, Heard, LivesIn, Offer, OfferOutside, answer_of
from bot.people.service import People
from bot.people.views import area, fallback
from handlers.start import home_screen


async def ask(turn: Turn) -> None:
    """Ask where the person lives."""
    turn.show(area.ask(turn.t, turn.house.content.boroughs, turn.person.borough))


async def choose(turn: Turn) -> None:
    """A button with an answer."""
    answer = answer_of(turn.tap.args, turn.house.content.boroughs)
    if answer is None:
        turn.toast(fallback.old_button(turn.t))
        await ask(turn)
    else:
        await keep(turn, answer)


async def keep(turn: Turn, answer: LivesIn) -> None:
    """Keep where the person lives, and go on."""
    people = People(turn.work)
    turn.meet(await people.choose_place(turn.person.id, answer.area, answer.outcode))
    turn.show(home_screen(turn, area.kept(turn.t, turn.house.content.boroughs, answer.area)))


async def heard(turn: Turn, what: Heard) -> None:
    """A typed place."""
    boroughs = turn.house.content.boroughs
    match what:
        case LivesIn():
            await keep(turn, what)
        case AskWhich(place):
            known = turn.person.borough is not None
            turn.reply(area.which(turn.t, boroughs, place, known=known))
        case Offer(borough, outcode):
            show = Tap.to("list", Look.around(borough.key, boroughs).code(boroughs))
            turn.reply(area.offer(turn.t, borough, outcode, show))
        case OfferOutside(place):
            show = Tap.to("list", Look().code(boroughs))
            turn.reply(area.offer_outside(turn.t, place, show))


def register(routes: Routes) -> None:
    """Listen for the question and its answers."""
    routes.tap("area", ask)
    routes.tap("live", choose)
