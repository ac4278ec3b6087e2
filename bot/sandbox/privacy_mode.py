"""Which messages of a group a bot hears of."""

from bot.sandbox.chats import PRESENT, RUNS_IT, Group
from bot.sandbox.entities import JsonObject
from bot.sandbox.world import Bot


def sees(bot: Bot, group: Group, message: JsonObject) -> bool:
    """Whether a bot in a group hears of a person's message there: its privacy mode decides.

    Source: core.telegram.org/bots/features#privacy-mode
    """
    status = group.bots.get(bot.id)
    if status not in PRESENT:
        return False
    replied = message.get("reply_to_message", {})
    near = (message.get("via_bot", {}), replied.get("from", {}), replied.get("via_bot", {}))
    if bot.reads_all or status in RUNS_IT or any(one.get("id") == bot.id for one in near):
        return True
    text = str(message.get("text") or message.get("caption") or "").encode("utf-16-le")
    for entity in message.get("entities") or message.get("caption_entities") or ():
        start = 2 * entity["offset"]
        part = text[start : start + 2 * entity["length"]].decode("utf-16-le").lower()
        command, _, name = part.partition("@")
        named = name == bot.username.lower()
        if entity["type"] == "mention" and not command and named:
            return True
        if entity["type"] == "bot_command" and (named or (not name and group.last_bot == bot.id)):
            return True
    return False
