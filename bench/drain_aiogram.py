"""A plain loop of aiogram's `send_message`, in as many workers as draining.py says.

What it says, it knows by heart: no database, nothing marked. Each worker takes the next person as
soon as it has sent. "bare": a line of words alone; "like": words and buttons as long as those that
Baobab tells people of a change with.
"""

import asyncio
import sys

import uvloop
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

BARE = "A measured message"
LIKE = "<b>A measured event</b>\n\n" + "<b>Where:</b> A line such as a change has some of.\n" * 6
LABELS = ("I am still coming", "Cancel my place", "See the event")
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text=label, callback_data=f"event:1:{label}")] for label in LABELS
    ]
)


async def main(url: str, messages: int, workers: int, *, bare: bool) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    people = iter(range(1, messages + 1))
    async with Bot("1:bench", session=session) as bot:

        async def work() -> None:
            for person in people:
                if bare:
                    await bot.send_message(person, BARE)
                else:
                    await bot.send_message(person, LIKE, parse_mode="HTML", reply_markup=KEYBOARD)

        await asyncio.gather(*(work() for _ in range(workers)))
        await asyncio.Event().wait()  # whoever measures looks at what it used, and ends it


uvloop.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), bare=sys.argv[4] == "bare"))
