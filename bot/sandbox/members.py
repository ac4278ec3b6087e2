"""The methods about who is in a group."""

from typing import Final

from bot.sandbox.calls import Call, Method, chat, integer
from bot.sandbox.chats import PRESENT, RUNS_IT, Group, membership
from bot.sandbox.entities import JsonObject
from bot.sandbox.refusal import bad_request


def _group(call: Call) -> Group:
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    if not isinstance(where, Group):
        raise bad_request("there are no administrators in the private chat")
    return where


def _user(call: Call, number: int) -> JsonObject | None:
    if number in call.world.people:
        return call.world.people[number].user()
    return next((bot.user() for bot in call.world.bots.values() if bot.id == number), None)


def get_chat_member(call: Call) -> JsonObject:
    """What somebody is in a group, or in their own chat."""
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    user = _user(call, call.get("user_id", 0))
    if user is None:
        raise bad_request("invalid user_id specified")
    if not isinstance(where, Group):
        return membership(user, "member" if user["id"] in {where.id, call.bot.id} else "left")
    return membership(user, {**where.bots, **where.members}.get(user["id"], "left"))


def get_chat_administrators(call: Call) -> list[JsonObject]:
    """Who runs a group, but for other bots."""
    group = _group(call)
    everyone = {**group.members, call.bot.id: group.bots[call.bot.id]}
    return [
        membership(user, status)
        for number, status in everyone.items()
        if status in RUNS_IT and (user := _user(call, number)) is not None
    ]


def get_chat_member_count(call: Call) -> int:
    """How many are in a chat."""
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    if not isinstance(where, Group):
        return 2
    return sum(status in PRESENT for status in (*where.members.values(), *where.bots.values()))


def leave_chat(call: Call) -> bool:
    """Go out of a group."""
    where = call.world.open_chat(call.bot, call.get("chat_id"))
    if not isinstance(where, Group):
        raise bad_request("chat member status can't be changed in private chats")
    old, where.bots[call.bot.id] = where.bots[call.bot.id], "left"
    change = {
        "chat": where.described(),
        "from": call.bot.user(),
        "date": int(call.world.now()),
        "old_chat_member": membership(call.bot.user(), old),
        "new_chat_member": membership(call.bot.user(), "left"),
    }
    call.bot.updates.add("my_chat_member", change, ("member", where.id))
    return True


METHODS: Final = {
    "getChatMember": Method(get_chat_member, {"chat_id": chat, "user_id": integer}),
    "getChatAdministrators": Method(get_chat_administrators, {"chat_id": chat}),
    "getChatMemberCount": Method(get_chat_member_count, {"chat_id": chat}),
    "leaveChat": Method(leave_chat, {"chat_id": chat}),
}
