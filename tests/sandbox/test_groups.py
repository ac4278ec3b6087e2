"""Groups: who is in them, what a bot hears there, and what it may do."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.flood import Flood
from bot.sandbox.refusal import RefusedError
from tests.sandbox.conftest import WireBot
from tests.support.groups import Assembly, assembled
from tests.support.oracle import problems_of_object, problems_of_update
from tests.support.people import Resident, Town

BAD, NO = "Bad Request: ", "Forbidden: "
KEYS = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def at_once() -> None:
    """No bot listens: the test fetches the updates itself."""


@pytest.fixture
async def amina(town: Town) -> Resident:
    town.quiet = at_once
    return await town.person("Amina")


@pytest.fixture
async def yusuf(town: Town) -> Resident:
    return await town.person("Yusuf")


@pytest.fixture
async def group(town: Town, amina: Resident, yusuf: Resident) -> Assembly:
    return await assembled(town, "Think Tank", amina, yusuf)


async def heard(bot: WireBot, sandbox: Sandbox) -> list[dict[str, Any]]:
    """What has reached the bot, as Telegram would write it."""
    updates = await bot.updates()
    sandbox.bot.updates.drop()
    assert [problem for update in updates for problem in problems_of_update(update)] == []
    return updates


def kinds(updates: list[dict[str, Any]]) -> list[str]:
    return [key for update in updates for key in update if key != "update_id"]


async def test_a_bot_is_let_in_and_put_out(
    bot: WireBot, sandbox: Sandbox, group: Assembly, yusuf: Resident
) -> None:
    say = {"chat_id": group.id, "text": "Hello"}
    assert (await bot.call("sendMessage", **say)).refusal == (400, BAD + "chat not found")
    await group.says(yusuf, "Nobody else hears this")
    await group.lets_the_bot_in("hello")
    came, joined, started = await heard(bot, sandbox)
    change = came["my_chat_member"]
    assert change["chat"] == {"id": group.id, "type": "group", "title": "Think Tank"}
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "left",
        "member",
    )
    assert joined["message"]["new_chat_members"] == [sandbox.bot.user()]
    assert started["message"]["text"] == "/start@baobab_demo_bot hello"

    said = (await bot.call("sendMessage", **say, reply_markup=KEYS)).result
    assert said["chat"] == change["chat"]
    await group.puts_the_bot_out()
    [out] = await heard(bot, sandbox)
    assert out["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refused = (403, NO + "bot was kicked from the group chat")
    which = {"chat_id": group.id, "message_id": said["message_id"]}
    assert (await bot.call("sendMessage", **say)).refusal == refused
    assert (await bot.call("editMessageText", **which, text="x")).refusal == refused
    assert (await bot.call("deleteMessage", **which)).refusal == refused
    assert (await bot.call("leaveChat", chat_id=group.id)).refusal == refused


async def test_a_bot_leaves_by_itself(bot: WireBot, sandbox: Sandbox, group: Assembly) -> None:
    await group.lets_the_bot_in()
    await heard(bot, sandbox)
    assert (await bot.call("leaveChat", chat_id=group.id)).result is True
    [left] = await heard(bot, sandbox)
    assert left["my_chat_member"]["from"]["is_bot"] is True
    answer = await bot.call("sendMessage", chat_id=group.id, text="x")
    assert answer.refusal == (403, NO + "bot is not a member of the group chat")


async def test_privacy_mode_keeps_what_is_not_for_the_bot(
    bot: WireBot, sandbox: Sandbox, group: Assembly, amina: Resident
) -> None:
    await group.lets_the_bot_in()
    await heard(bot, sandbox)

    async def reaches(text: str, reply_to: int | None = None) -> bool:
        await group.says(amina, text, reply_to)
        return kinds(await heard(bot, sandbox)) == ["message"]

    assert not await reaches("hello everybody")
    assert not await reaches("/events")
    assert not await reaches("/events@another_bot")
    assert await reaches("🌳 /events@Baobab_Demo_Bot")
    assert await reaches("ask @baobab_demo_bot about it")
    said = (await bot.call("sendMessage", chat_id=group.id, text="Hello")).result["message_id"]
    assert await reaches("/events"), "it spoke last of all bots"
    assert await reaches("yes please", said)
    assert not await reaches("hello everybody")
    await group.promotes_the_bot()
    [promoted] = await heard(bot, sandbox)
    assert promoted["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert await reaches("hello everybody")


async def test_taps_edits_and_deletion_in_a_group(
    bot: WireBot, sandbox: Sandbox, group: Assembly, amina: Resident, yusuf: Resident
) -> None:
    await group.lets_the_bot_in()
    said = (await bot.call("sendMessage", chat_id=group.id, text="x", reply_markup=KEYS)).result
    await heard(bot, sandbox)
    await group.look()
    await group.taps(yusuf, "Go")
    [tap] = await heard(bot, sandbox)
    query = tap["callback_query"]
    assert (query["from"]["id"], query["message"]) == (yusuf.id, said)
    assert (
        await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Only you")
    ).status == 200
    await yusuf.look()
    await amina.look()
    assert (yusuf.toasts, amina.toasts) == (["Only you"], [])

    which = {"chat_id": group.id, "message_id": said["message_id"]}
    edited = (await bot.call("editMessageText", **which, text="y")).result
    assert problems_of_object("Message", edited) == []
    await group.says(amina, "mine")
    theirs = {"chat_id": group.id, "message_id": group.messages[-1].id}
    for method in ("editMessageText", "deleteMessage"):
        what = "edited" if method.startswith("edit") else "deleted"
        answer = await bot.call(method, **theirs, **({"text": "z"} if what == "edited" else {}))
        assert answer.refusal == (400, BAD + f"message can't be {what}")
    await group.promotes_the_bot()
    assert (await bot.call("deleteMessage", **theirs)).result is True
    assert (await bot.call("deleteMessage", **which)).result is True
    await group.look()
    assert [one.text for one in group.messages if one.text] == []


async def test_a_group_becomes_a_supergroup_and_both_say_so(
    bot: WireBot, sandbox: Sandbox, group: Assembly, yusuf: Resident
) -> None:
    await group.lets_the_bot_in()
    await heard(bot, sandbox)
    old = group.id
    await group.upgrades()
    assert str(group.id).startswith("-100")
    to, since = (update["message"] for update in await heard(bot, sandbox))
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (old, group.id)
    assert (since["chat"]["type"], since["migrate_from_chat_id"]) == ("supergroup", old)
    late = await bot.call("sendMessage", chat_id=old, text="x")
    assert late.refusal == (400, BAD + "group chat was upgraded to a supergroup chat")
    assert late.body["parameters"] == {"migrate_to_chat_id": group.id}
    assert (await bot.call("sendMessage", chat_id=group.id, text="x")).status == 200
    await group.puts_the_bot_out()
    gone = await bot.call("sendMessage", chat_id=group.id, text="x")
    assert gone.refusal == (403, NO + "bot was kicked from the supergroup chat")
    with pytest.raises(AssertionError, match="This group is a supergroup now"):
        body = {"text": "x", "group": old}
        await yusuf.town.ask("POST", f"/people/{yusuf.id}/say", json=body)


async def test_where_only_administrators_write_a_bot_needs_to_be_one(
    town: Town, bot: WireBot, group: Assembly, amina: Resident, yusuf: Resident
) -> None:
    await group.lets_the_bot_in()
    body = {"person_id": amina.id, "muted": True, "title": "Brent news"}
    assert (await town.ask("PATCH", f"/groups/{group.id}", json=body))["title"] == "Brent news"
    say = {"chat_id": group.id, "text": "x"}
    refused = (400, BAD + "not enough rights to send text messages to the chat")
    assert (await bot.call("sendMessage", **say)).refusal == refused
    with pytest.raises(AssertionError, match="Only administrators may write in this group"):
        await group.says(yusuf, "hello")
    await group.promotes_the_bot()
    assert (await bot.call("sendMessage", **say)).status == 200
    place = {"keyboard": [[{"text": "Here", "request_location": True}]]}
    answer = await bot.call("sendMessage", **say, reply_markup=place)
    assert answer.refusal == (400, BAD + "location can be requested in private chats only")


async def test_who_is_in_a_group(bot: WireBot, group: Assembly, amina: Resident) -> None:
    await group.lets_the_bot_in()
    await group.promotes_the_bot()
    runs_it = (await bot.call("getChatAdministrators", chat_id=group.id)).result
    assert [(one["user"]["first_name"], one["status"]) for one in runs_it] == [
        ("Amina", "creator"),
        ("Baobab", "administrator"),
    ]
    member = (await bot.call("getChatMember", chat_id=group.id, user_id=amina.id)).result
    assert problems_of_object("ChatMemberOwner", member) == []
    assert problems_of_object("ChatMemberAdministrator", runs_it[1]) == []
    assert (await bot.call("getChatMemberCount", chat_id=group.id)).result == 3
    nobody = await bot.call("getChatMember", chat_id=group.id, user_id=1)
    assert nobody.refusal == (400, BAD + "invalid user_id specified")
    about = (await bot.call("getChat", chat_id=group.id)).result
    assert (about["type"], about["title"]) == ("group", "Think Tank")


async def test_a_card_shared_in_a_group_is_edited_there(
    bot: WireBot, sandbox: Sandbox, group: Assembly, yusuf: Resident, town: Town
) -> None:
    asked = await town.ask(
        "POST", f"/people/{yusuf.id}/inline", json={"query": "health", "group": group.id}
    )
    [update] = await heard(bot, sandbox)
    assert update["inline_query"]["chat_type"] == "group"
    result = {
        "type": "article",
        "id": "e1",
        "title": "Health day",
        "input_message_content": {"message_text": "Health day"},
        "reply_markup": {"inline_keyboard": [[{"text": "See", "url": "https://x.example"}]]},
    }
    number = asked["inline_query_id"]
    await bot.call("answerInlineQuery", inline_query_id=number, results=[result])
    body = {"inline_query_id": number, "result_id": "e1", "group": group.id}
    await town.ask("POST", f"/people/{yusuf.id}/choose", json=body)
    [chosen] = await heard(bot, sandbox)  # it is not in the group, and hears of the choice alone
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert chosen["chosen_inline_result"]["result_id"] == "e1"
    edited = await bot.call("editMessageText", inline_message_id=inline_id, text="Cancelled")
    assert edited.result is True
    await group.look()
    assert group.messages[-1].text == "Cancelled"


def test_twenty_messages_a_minute_go_into_a_group() -> None:
    flood = Flood()
    for _ in range(20):
        flood.check(-100, 0.0)
    with pytest.raises(RefusedError, match="Too Many Requests: retry after 3"):
        flood.check(-100, 0.0)
    flood.check(-100, 3.0)


async def test_who_is_not_in_a_group_says_nothing_there(
    town: Town, group: Assembly, yusuf: Resident
) -> None:
    grace = await town.person("Grace")
    with pytest.raises(AssertionError, match="Grace is not in this group"):
        await group.says(grace, "hello")
    await town.ask("POST", f"/groups/{group.id}/join", json={"person_id": grace.id})
    await group.says(grace, "hello")
    await town.ask("POST", f"/groups/{group.id}/leave", json={"person_id": grace.id})
    with pytest.raises(AssertionError, match="Yusuf does not run this group"):
        await town.ask("POST", f"/groups/{group.id}/upgrade", json={"person_id": yusuf.id})
    await group.look()
    assert group.about["members"][-1] == {"person_id": grace.id, "status": "left"}
    assert await town.ask("GET", "/groups") == [group.about]
