"""Which handler hears what: of those that listen to an update, the one that was named first.

python-telegram-bot's dispatch asks each of its handlers in turn, and needs the whole update read
into objects for that. Here a turn knows under which names it can be heard, and they are looked up.
"""

from collections.abc import Awaitable, Callable

from bot.chat.context import Turn

Handler = Callable[[Turn], Awaitable[None]]
ALLOWED_UPDATES = [
    "message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member",
]  # fmt: skip


class Routes:
    """Handlers, in the order in which they are named."""

    def __init__(self) -> None:
        self._handlers: list[Handler] = []
        self._first: dict[str, int] = {}

    async def handle(self, turn: Turn) -> None:
        """Let the first handler that listens hear a turn; where none does, nothing happens."""
        places = [self._first[name] for name in turn.heard_as if name in self._first]
        if places:
            await self._handlers[min(places)](turn)

    @property
    def verbs(self) -> frozenset[str]:
        """The verbs of the buttons that something listens to."""
        heard = (name.partition(":") for name in self._first)
        return frozenset(verb for kind, _, verb in heard if kind == "tap" and verb)

    def _add(self, name: str, handler: Handler) -> None:
        self._first.setdefault(name, len(self._handlers))
        self._handlers.append(handler)

    def command(self, name: str, handler: Handler) -> None:
        """A command, such as /events."""
        self._add(f"command:{name}", handler)

    def tap(self, verb: str, handler: Handler) -> None:
        """A button whose tap has this verb."""
        self._add(f"tap:{verb}", handler)

    def location(self, handler: Handler) -> None:
        """A shared place."""
        self._add("location", handler)

    def text(self, handler: Handler) -> None:
        """Typed words that are no command."""
        self._add("text", handler)

    def inline(self, handler: Handler) -> None:
        """The bot's name typed in another chat."""
        self._add("inline_query", handler)

    def chosen(self, handler: Handler) -> None:
        """A card that was offered is in another chat now."""
        self._add("chosen_inline_result", handler)

    def group(self, what: str, handler: Handler) -> None:
        """Something that happened in a group: one of the words of `in_groups`."""
        self._add(f"group:{what}", handler)

    def membership(self, handler: Handler) -> None:
        """The person blocked the bot, or came back."""
        self._add("my_chat_member", handler)

    def strangers(self, handler: Handler) -> None:
        """Whatever somebody says or presses who has not chosen a language yet."""
        self._add("stranger", handler)

    def any_message(self, handler: Handler) -> None:
        """Whatever else a person sends."""
        self._add("message", handler)

    def any_tap(self, handler: Handler) -> None:
        """Buttons that nothing listens to any more."""
        self._add("tap", handler)
