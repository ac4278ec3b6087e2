"""The bare echo bot of python-telegram-bot, with its own HTTP client and 256 updates at once."""

import sys
from typing import Any

import uvloop
from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, _context: Any) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


uvloop.install()
url, at_once = sys.argv[1], int(sys.argv[2])
builder = Application.builder().token("1:bench").base_url(f"{url}/bot")
if at_once > 1:
    builder = builder.concurrent_updates(at_once).connection_pool_size(at_once)
application = builder.build()
application.add_handler(MessageHandler(filters.ALL, echo))
application.run_polling()
