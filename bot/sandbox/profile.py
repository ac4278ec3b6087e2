"""The methods about the bot itself: who it is, its commands, names and menu button."""

import re
from collections.abc import Callable
from typing import Any, Final

from bot.sandbox import limits
from bot.sandbox.calls import Call, Kind, Method, chat, listing, parsed, string
from bot.sandbox.entities import JsonObject
from bot.sandbox.profile_store import ALL_PRIVATE, DEFAULT, Commands, Scope
from bot.sandbox.refusal import bad_request, own_rule

_COMMAND: Final = re.compile("[a-z0-9_]+")
_LANGUAGE: Final = re.compile("[a-z]{2}")
_GROUP_SCOPES: Final = frozenset({"all_group_chats", "all_chat_administrators"})
_MENU_BUTTONS: Final = frozenset({"default", "commands", "web_app"})


def get_me(call: Call) -> JsonObject:
    """The bot's own account."""
    return {
        **call.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(call: Call) -> JsonObject:
    """What the bot may know of a person or a group."""
    where = call.world.known_chat(call.bot, call.get("chat_id"))
    return {
        **where.described(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_file(call: Call) -> JsonObject:
    """Where to download a file."""
    stored = call.world.files.of_bot(call.bot.id, call.get("file_id", ""))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.body) > limits.DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.body),
        "file_path": stored.path,
    }


def log_out(call: Call) -> bool:
    """Leave this server: every later call is refused."""
    call.bot.logged_out = True
    return True


def close(_call: Call) -> bool:
    """Make ready to move to another server; changes nothing here."""
    return True


def _language(call: Call) -> str:
    language: str = call.get("language_code", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _scope(call: Call) -> Scope:
    given = call.get("scope")
    if given is None:
        return DEFAULT
    if not isinstance(given, dict):
        raise bad_request("BotCommandScope must be an Object")
    match given:
        case {"type": "default", **rest} if not rest:
            return DEFAULT
        case {"type": "all_private_chats", **rest} if not rest:
            return ALL_PRIVATE
        case {"type": str(kind), **rest} if kind in _GROUP_SCOPES and not rest:
            return (kind,)
        case {"type": "chat", "chat_id": chat_id, **rest} if not rest:
            number = chat("chat_id", chat_id)
            return ("chat", call.world.known_chat(call.bot, number).id)
        case {"type": "chat_administrators" | "chat_member"}:
            raise own_rule(
                "command scopes of single groups' administrators and members are not modelled"
            )
        case _:
            raise bad_request("can't parse BotCommandScope: unsupported type or field specified")


def _commands(given: list[Any]) -> Commands:
    if len(given) > limits.COMMANDS:
        raise bad_request("too many bot commands specified")
    commands = []
    for one in given:
        if not isinstance(one, dict) or one.keys() - {"command", "description"}:
            raise bad_request("can't parse BotCommand: expected an Object with two fields")
        command = str(one.get("command", "")).removeprefix("/")
        description = str(one.get("description", "")).strip()
        if not command:
            raise bad_request("command must be non-empty")
        if len(command) > limits.COMMAND:
            raise bad_request(f"command length must not exceed {limits.COMMAND}")
        if not description:
            raise bad_request("command description must be non-empty")
        if len(description) > limits.COMMAND_DESCRIPTION:
            raise bad_request(
                f"command description length must not exceed {limits.COMMAND_DESCRIPTION}"
            )
        if not _COMMAND.fullmatch(command):
            raise bad_request("BOT_COMMAND_INVALID")
        commands.append({"command": command, "description": description})
    return commands


def _tell_pages(call: Call, scope: Scope = DEFAULT) -> None:
    seen_by = scope[1:] if scope[0] == "chat" else tuple(call.bot.chats)
    for person_id in seen_by:
        call.world.stream.publish("commands", {"person_id": person_id})


def set_my_commands(call: Call) -> bool:
    """Set the list of commands of a scope and language."""
    if "commands" not in call.args:
        raise bad_request("can't parse commands: expected an Array")
    where = _scope(call), _language(call)
    commands = _commands(call.args["commands"])
    if commands:
        call.bot.profile.commands[where] = commands
    else:
        call.bot.profile.commands.pop(where, None)
    _tell_pages(call, where[0])
    return True


def get_my_commands(call: Call) -> Commands:
    """The list of exactly this scope and language; empty when none was set."""
    return call.bot.profile.commands.get((_scope(call), _language(call)), [])


def delete_my_commands(call: Call) -> bool:
    """Forget the list of a scope and language."""
    where = _scope(call), _language(call)
    call.bot.profile.commands.pop(where, None)
    _tell_pages(call, where[0])
    return True


def _setter(kind: str, longest: int) -> Callable[[Call], bool]:
    def run(call: Call) -> bool:
        language = _language(call)
        text = call.get(kind, "").strip()
        if len(text) > longest:
            raise own_rule(f"{kind} has at most {longest} characters")
        call.bot.profile.texts[kind, language] = text
        _tell_pages(call)
        return True

    return run


def _getter(kind: str) -> Callable[[Call], JsonObject]:
    def run(call: Call) -> JsonObject:
        text = call.bot.profile.text(kind, _language(call))
        if not text and kind == "name":
            text = call.bot.first_name
        return {kind: text}

    return run


def _menu_chat(call: Call) -> int | None:
    chat_id = call.get("chat_id")
    if chat_id is None:
        return None
    return call.world.known_chat(call.bot, chat_id).id


def set_chat_menu_button(call: Call) -> bool:
    """Set the button beside the text field, in one chat or by default."""
    button = call.get("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or str(button.get("type")) not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: unsupported type specified")
    call.bot.profile.menu_buttons[_menu_chat(call)] = button
    return True


def get_chat_menu_button(call: Call) -> JsonObject:
    """The button beside the text field."""
    return call.bot.profile.menu_button(_menu_chat(call))


_WHERE: Final[dict[str, Kind]] = {
    "scope": parsed("bot command scope"),
    "language_code": string,
}
_SPOKEN: Final[dict[str, Kind]] = {"language_code": string}

METHODS: Final = {
    "getMe": Method(get_me, {}),
    "getChat": Method(get_chat, {"chat_id": chat}),
    "getFile": Method(get_file, {"file_id": string}),
    "logOut": Method(log_out, {}),
    "close": Method(close, {}),
    "setMyCommands": Method(set_my_commands, {**_WHERE, "commands": listing}),
    "getMyCommands": Method(get_my_commands, _WHERE),
    "deleteMyCommands": Method(delete_my_commands, _WHERE),
    "setMyName": Method(_setter("name", limits.BOT_NAME), {**_SPOKEN, "name": string}),
    "getMyName": Method(_getter("name"), _SPOKEN),
    "setMyDescription": Method(
        _setter("description", limits.BOT_DESCRIPTION), {**_SPOKEN, "description": string}
    ),
    "getMyDescription": Method(_getter("description"), _SPOKEN),
    "setMyShortDescription": Method(
        _setter("short_description", limits.BOT_SHORT_DESCRIPTION),
        {**_SPOKEN, "short_description": string},
    ),
    "getMyShortDescription": Method(_getter("short_description"), _SPOKEN),
    "setChatMenuButton": Method(
        set_chat_menu_button, {"chat_id": chat, "menu_button": parsed("menu button")}
    ),
    "getChatMenuButton": Method(get_chat_menu_button, {"chat_id": chat}),
}
