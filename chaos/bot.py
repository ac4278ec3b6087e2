"""The bot that is killed: the real one, with a handler and a renderer whose work can be counted.

`/count 7` is written down and repeated. Mailings of the kind NUMBERED say a number that no other
delivery has. Everything else is what people get.
"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

import handlers
from bot.app import Baobab
from bot.chat.context import House
from bot.chat.renderers import every_renderer
from bot.chat.routes import Routes
from bot.config import read_settings
from bot.db import Work
from bot.delivery.models import Mailing, Owed, Renderer, Written
from bot.logs import configure_logs
from bot.message import Message
from tests.support.counting_bot import write_down

NUMBERED = "numbered"


def number_of(mailing_id: int, person_id: int) -> str:
    """The text of one delivery."""
    return f"No. {mailing_id}/{person_id}"


class NumberRenderer:
    """Writes to each person what nobody else gets, and they get once."""

    async def render(
        self, work: Work, mailing: Mailing, owed: Sequence[Owed], now: object
    ) -> Mapping[int, Written]:
        del work, now
        return {
            each.delivery.id: Written(Message(Markup.escape(number_of(mailing.id, each.person.id))))
            for each in owed
        }


def renderers(house: House) -> Mapping[str, Renderer]:
    return {**every_renderer(house), NUMBERED: NumberRenderer()}


def register(routes: Routes) -> None:
    routes.command("count", write_down)
    handlers.register(routes)


async def main() -> None:
    settings = read_settings()
    configure_logs(settings.log_format)
    async with Baobab(settings, register=register, renderers=renderers) as baobab:
        await baobab.run()
