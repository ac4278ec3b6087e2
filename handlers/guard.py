"""What somebody sees who may not do what they ask for, or who asks for what is gone."""

from collections.abc import Awaitable, Callable
from functools import wraps

from bot.chat import menus
from bot.chat.context import Turn
from bot.errors import NotAllowed
from bot.i18n import Translator
from bot.message import Message

Handler = Callable[[Turn], Awaitable[None]]


def guarded(
    not_allowed: Callable[[Translator], Message],
    missing: tuple[type[Exception], ...],
    gone: Callable[[Translator], str],
    overview: Callable[[Turn], Awaitable[Message]],
) -> Callable[[Handler], Handler]:
    """A handler for those who have a role for it, as a decorator.

    Args:
        not_allowed: what others see, and whoever has lost the role.
        missing: what the handler raises where things have changed since its button was shown.
        gone: a word about that.
        overview: what is seen then.
    """

    def guard(handler: Handler) -> Handler:
        @wraps(handler)
        async def handle(turn: Turn) -> None:
            try:
                try:
                    await handler(turn)
                except missing:
                    seen = await overview(turn)  # first: perhaps they may not see that either
                    turn.toast(gone(turn.t))
                    turn.show(seen)
            except NotAllowed:
                turn.show(not_allowed(turn.t))
                # Their menu may still have the command, from when they had the role.
                await menus.refresh(turn)

        return handle

    return guard
