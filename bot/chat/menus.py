"""What Telegram shows around the chat: the commands menu, and the bot's name and descriptions.

Telegram's own apps know neither Somali nor most languages of Africa, so the menu of a chat is also
set for that chat alone once its person has chosen a language.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
import structlog

from bot.chat.context import Turn
from bot.chat.http import ApiError, TelegramHttp
from bot.chat.outgoing import Call
from bot.i18n import N_, Catalogues, Translator
from bot.people.content import Content
from bot.people.models import Person, Right, Role
from bot.people.roles import Roles, may
from bot.people.views.about import description, short_description

PUBLISHED = "menus"
"""Under which name Meta keeps what `publish` returns."""
COMMANDS = (
    ("events", N_("Find events near you")),
    ("bookings", N_("See or cancel your bookings")),
    ("reminders", N_("Choose your reminders")),
    ("news", N_("Choose your news")),
    ("survey", N_("Answer a survey")),
    ("help", N_("Get help, and what to do in danger")),
    ("language", N_("Choose your language")),
    ("privacy", N_("Read what we keep about you")),
    ("mydata", N_("Get a copy of your data")),
    ("delete", N_("Delete all your data")),
    ("stop", N_("Stop messages")),
    ("start", N_("Go to the start")),
)
"""Every command people are told of, the most wanted first. /crisis is not one: see redaction.py."""
FOR_ROLES = (
    ("broadcast", N_("Write to many people"), Right.WRITE_BROADCASTS),
    ("reports", N_("See the results of broadcasts"), Right.READ_REPORTS),
    ("schedule", N_("See what will be sent"), Right.SEE_SCHEDULE),
    ("publish", N_("Publish and close surveys"), Right.PUBLISH_SURVEYS),
    ("roles", N_("Give roles and take them away"), Right.INVITE),
    ("log", N_("See who did what"), Right.READ_LOG),
)
"""The commands that only some people are told of, each with the right it takes."""
IN_GROUPS = (("thisgroup", N_("See which news I bring to this group")),)
"""The commands people are told of in groups."""
_GROUPS = {"type": "all_group_chats"}
_SCOPES = ({"type": "default"}, {"type": "all_private_chats"})
_log = structlog.get_logger(__name__)


def commands(t: Translator, roles: frozenset[Role] = frozenset()) -> list[dict[str, str]]:
    """The commands menu in a language, as the Bot API takes it.

    Args:
        t: the language.
        roles: of whoever sees it; their own commands come first.
    """
    own = [(name, description) for name, description, right in FOR_ROLES if may(roles, right)]
    return [
        {"command": name, "description": t.plain(description)}
        for name, description in (*own, *COMMANDS)
    ]


def for_chat(t: Translator, chat_id: int, roles: frozenset[Role] = frozenset()) -> Call:
    """The call that puts one chat's menu into a language, and fits it to its person's roles."""
    return Call("setMyCommands", {"commands": commands(t, roles), "scope": _chat(chat_id)})


async def refresh(turn: Turn, person: Person | None = None) -> None:
    """Fit the menu of a chat to what its person may do now, and to their language.

    Args:
        turn: the update that changes it.
        person: whose menu; None: of whoever sent the update.
    """
    whose = person or turn.person
    t = turn.house.catalogues.translator(person.language) if person else turn.t
    menu = for_chat(t, whose.telegram_id, await Roles(turn.work).of(whose.id))
    turn.call(menu.method, **menu.params)


def forget_chat(chat_id: int) -> Call:
    """The call that takes a chat's own menu away."""
    return Call("deleteMyCommands", {"scope": _chat(chat_id)})


def _chat(chat_id: int) -> dict[str, Any]:
    return {"type": "chat", "chat_id": chat_id}


async def publish(
    http: TelegramHttp, catalogues: Catalogues, content: Content, published: str | None
) -> str:
    """Tell Telegram the menus in every language, as far as they are not what it shows already.

    Args:
        http: the session to the Bot API.
        catalogues: every language.
        content: names the organisation.
        published: what this function returned the last time; None the first time.

    Returns:
        What to hand in the next time.

    Raises:
        ApiUnreachable: no whole answer came; everything is told again the next time.
    """
    known = await _still_shown(http, published)
    now: dict[str, str] = {}
    for call in _calls(catalogues, content):
        name, fingerprint = _name(call), _fingerprint(call)
        if known.get(name) != fingerprint:
            try:
                await http.call(call.method, call.params)
            except ApiError as error:
                # Telegram lets a bot change its name only a few times a day: next time, then.
                _log.warning("a menu was refused", method=call.method, code=error.code)
                continue
        now[name] = fingerprint
    return orjson.dumps(now).decode()


async def _still_shown(http: TelegramHttp, published: str | None) -> dict[str, str]:
    """What Telegram was told before, unless another bot or another server is told now."""
    if published is None:
        return {}
    known: dict[str, str] = orjson.loads(published)
    shown = await http.call("getMyCommands", {"scope": _SCOPES[0]})
    said = Call("setMyCommands", {"commands": shown, "scope": _SCOPES[0]})
    return known if known.get(_name(said)) == _fingerprint(said) else {}


def _calls(catalogues: Catalogues, content: Content) -> Iterator[Call]:
    for t in catalogues.all:
        # English has no code of its own: it is what people of all other languages see.
        language = {} if t.language == "en" else {"language_code": t.language}
        for scope in _SCOPES:
            yield Call("setMyCommands", {"commands": commands(t), "scope": scope, **language})
        here = [{"command": name, "description": t.plain(text)} for name, text in IN_GROUPS]
        yield Call("setMyCommands", {"commands": here, "scope": _GROUPS, **language})
        yield Call("setMyDescription", {"description": description(t, content), **language})
        yield Call("setMyShortDescription", {"short_description": short_description(t), **language})


def _name(call: Call) -> str:
    """Tells apart what is set on its own: method, scope and language."""
    scope = call.params.get("scope", {}).get("type", "")
    return f"{call.method} {scope} {call.params.get('language_code', '')}"


def _fingerprint(call: Call) -> str:
    body = orjson.dumps(call.params, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(body).hexdigest()[:16]
