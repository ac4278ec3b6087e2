"""Which handler hears what: python-telegram-bot's dispatch, and handlers that take a Turn."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.chat.context import Turn, current_turn

Handler = Callable[[Turn], Awaitable[None]]
App = Application[Any, Any, Any, Any, Any, Any]
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
ALLOWED_UPDATES = ["message", "callback_query", "inline_query", "my_chat_member"]


class Routes:
    """Registers handlers; the first that fits an update gets it."""

    def __init__(self, application: App) -> None:
        self._application = application

    def _add(self, handler: BaseHandler[Any, Any, Any]) -> None:
        self._application.add_handler(handler)

    def command(self, name: str, handler: Handler) -> None:
        """A command, such as /events."""
        self._add(CommandHandler(name, _with_turn(handler), filters=PRIVATE))

    def tap(self, verb: str, handler: Handler) -> None:
        """A button whose tap has this verb."""
        self._add(CallbackQueryHandler(_with_turn(handler), pattern=f"^{verb}(:|$)"))

    def location(self, handler: Handler) -> None:
        """A shared place."""
        self._add(MessageHandler(filters.LOCATION & PRIVATE, _with_turn(handler)))

    def text(self, handler: Handler) -> None:
        """Typed words that are no command."""
        self._add(MessageHandler(filters.TEXT & ~filters.COMMAND & PRIVATE, _with_turn(handler)))

    def inline(self, handler: Handler) -> None:
        """The bot's name typed in another chat."""
        self._add(InlineQueryHandler(_with_turn(handler)))

    def membership(self, handler: Handler) -> None:
        """The person blocked the bot, or came back."""
        self._add(
            ChatMemberHandler(
                _with_turn(handler), chat_member_types=ChatMemberHandler.MY_CHAT_MEMBER
            )
        )

    def strangers(self, handler: Handler) -> None:
        """Whatever somebody says or presses who has not chosen a language yet."""
        self._add(_StrangerHandler(_with_turn(handler)))

    def any_message(self, handler: Handler) -> None:
        """Whatever else a person sends."""
        self._add(MessageHandler(PRIVATE, _with_turn(handler)))

    def any_tap(self, handler: Handler) -> None:
        """Buttons that nothing listens to any more."""
        self._add(CallbackQueryHandler(_with_turn(handler)))


class _StrangerHandler(BaseHandler[Update, Any, Any]):
    """Hears people without a language; the turn of the update knows who that is."""

    def check_update(self, update: object) -> bool:
        is_said = isinstance(update, Update) and bool(update.message or update.callback_query)
        return is_said and current_turn.get().person.language is None


def _with_turn(handler: Handler) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
    async def run(_update: Update, _context: Any) -> None:
        await handler(current_turn.get())

    return run
