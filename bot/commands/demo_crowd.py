"""People of the demo who are only there to be written to: they want news, and say nothing."""

from typing import Final

from bot.clock import Clock
from bot.db import Database
from bot.people.content import Content
from bot.people.following import Following
from bot.people.service import People
from bot.sandbox import Sandbox

LANGUAGES: Final = ("en", "so", "ar", "fr")
AT_ONCE: Final = 1000  # in one transaction


async def bring_crowd(
    sandbox: Sandbox, database: Database, content: Content, size: int, clock: Clock
) -> None:
    """Let so many people have started the bot, one in each language and borough after the other.

    They are not on the page.
    """
    boroughs = [borough.key for borough in content.boroughs]
    numbers = sandbox.people.add_crowd(size)
    for begin in range(0, size, AT_ONCE):
        async with database.long_work() as work:
            people, following, now = People(work), Following(work), clock.now()
            for place, number in enumerate(numbers[begin : begin + AT_ONCE], begin):
                language = LANGUAGES[place % len(LANGUAGES)]
                person = await people.greet(number, now)
                await people.choose_language(person.id, language)
                await people.choose_place(person.id, boroughs[place % len(boroughs)])
                await following.agree(person.id, language, now)
