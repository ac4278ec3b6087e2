"""A bot's public profile: commands per scope and language, names and descriptions per language."""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from bot.sandbox.entities import JsonObject

Commands: TypeAlias = list[JsonObject]
Scope: TypeAlias = tuple[str | int, ...]  # ("default",), ("chat", 5000000001), …

DEFAULT: Final[Scope] = ("default",)
ALL_PRIVATE: Final[Scope] = ("all_private_chats",)
ALL_GROUPS: Final[Scope] = ("all_group_chats",)
ADMINISTRATORS: Final[Scope] = ("all_chat_administrators",)


@dataclass(slots=True)
class ProfileStore:
    """What `setMyCommands`, `setMyName` and the like have left."""

    commands: dict[tuple[Scope, str], Commands] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, JsonObject] = field(default_factory=dict)

    def menu(self, language: str, *scopes: Scope) -> Commands:
        """The commands that a person sees, by Telegram's rule: the narrowest scope wins.

        Source: core.telegram.org/bots/api#determining-list-of-commands

        Args:
            language: of their app.
            scopes: those that hold for them where they are, the narrowest first; the default
                scope comes after them.
        """
        for scope in (*scopes, DEFAULT):
            for wanted in (language, ""):
                found = self.commands.get((scope, wanted))
                if found:
                    return found
        return []

    def text(self, kind: str, language: str) -> str:
        """A text in a language, or the one for every language, or nothing."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")

    def menu_button(self, chat_id: int | None) -> JsonObject:
        """The menu button in a chat; None asks for the default one."""
        own = self.menu_buttons.get(chat_id)
        return own or self.menu_buttons.get(None) or {"type": "commands"}
