"""A bare bot of aiogram, as its own documentation writes one. It knows all by heart: no database.

Typed words are repeated. A tap is answered and its message edited, as Baobab's screens are: a text
and a keyboard of a card's size. The tap "three" brings a new message with a question as well.
"""

import sys

import uvloop
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

CARD = "<b>A measured event</b>\n\n" + "<b>Where:</b> A line such as a card has many of.\n" * 12
LABELS = ("Book", "Calendar file", "Who will be there", "Share", "Back to the list")
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text=label, callback_data=f"event:1:{label}")] for label in LABELS
    ]
)

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


@dispatcher.callback_query(F.data == "two")
async def two(query: CallbackQuery) -> None:
    assert isinstance(query.message, Message)
    await query.answer()
    await query.message.edit_text(CARD, parse_mode="HTML", reply_markup=KEYBOARD)


@dispatcher.callback_query(F.data == "three")
async def three(query: CallbackQuery) -> None:
    await two(query)
    assert isinstance(query.message, Message)
    await query.message.answer(CARD, parse_mode="HTML", reply_markup=KEYBOARD)


async def main(url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    await dispatcher.start_polling(Bot("1:bench", session=session), handle_signals=False)


uvloop.run(main(sys.argv[1]))
