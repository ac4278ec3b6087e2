"""The bot in groups: what it says there, to whom it listens, and what it keeps."""

from datetime import timedelta

import pytest

from bot.app import Baobab
from bot.groups.models import GroupChat, GroupKind
from bot.groups.service import Groups
from bot.groups.store import GroupStore
from bot.people.acts import Acts
from bot.people.models import Act, Role, Scope
from bot.people.service import People
from tests.handlers.conftest import Traces, both_databases
from tests.handlers.test_changes import change
from tests.support.events import draft, hold
from tests.support.groups import Assembly, assembled
from tests.support.people import Resident, Town
from tests.support.roles import give_role, number_of, take_role

MINUTE = timedelta(minutes=1)
BOT = "baobab_demo_bot"
ASK_ME = "Open a private chat"
CHOICES = [
    ["Think Tank", "A borough"],
    ["No news here"],
    ["English", "Soomaali"],
    ["العربية", "Français"],
]


@pytest.fixture
async def volunteer(baobab: Baobab, amina: Resident) -> Resident:
    await give_role(baobab, amina, Role.VOLUNTEER)
    return amina


@pytest.fixture
async def yusuf(town: Town) -> Resident:
    return await town.person("Yusuf", language_code="fr")


@pytest.fixture
async def group(town: Town, volunteer: Resident, yusuf: Resident) -> Assembly:
    group = await assembled(town, "Brent friends", volunteer, yusuf)
    await group.lets_the_bot_in()
    return group


async def known(baobab: Baobab) -> list[GroupChat]:
    async with baobab.house.database.reading() as work:
        return await Groups(work).within(Scope())


async def later(town: Town) -> None:
    await town.forward(MINUTE)


@both_databases
async def test_a_volunteer_says_what_a_group_is_for(
    town: Town, baobab: Baobab, group: Assembly, volunteer: Resident, yusuf: Resident
) -> None:
    [hello] = group.from_bot
    assert hello.splitlines() == [
        "Thank you for letting me in.",
        "",
        "I do not keep what people write here, and I keep no list of who is here.",
        "",
        "Please ask me in a private chat. This group does not see it.",
        "",
        f"For volunteers: send /thisgroup@{BOT} to say which news I bring here.",
    ]
    assert await known(baobab) == []

    await group.says(yusuf, f"/thisgroup@{BOT}")
    asked = group.messages[-1]
    assert asked.text.splitlines()[0] == (
        "I bring no news to this group. A volunteer can change that."
    )
    assert asked.rows == CHOICES
    await group.taps(yusuf, "Think Tank")
    assert yusuf.toasts == ["Only volunteers and organisers can change this."]
    assert await known(baobab) == []

    await group.taps(volunteer, "Think Tank")
    assert group.messages[-1].text.splitlines()[0] == (
        "This group is for the Think Tank. I bring its news here."
    )
    await group.taps(volunteer, "A borough")
    await group.taps(yusuf, "Harrow")
    await group.taps(volunteer, "Brent")
    assert group.messages[-1].text.splitlines()[0] == (
        "This group is for Brent. I bring news of this borough here."
    )
    await group.taps(volunteer, "Soomaali")
    assert group.messages[-1].id == asked.id
    assert group.messages[-1].text.splitlines()[0] != (
        "This group is for Brent. I bring news of this borough here."
    )
    [kept] = await known(baobab)
    assert (kept.kind, kept.borough, kept.language, kept.title) == (
        GroupKind.BOROUGH,
        "brent",
        "so",
        "Brent friends",
    )
    await take_role(baobab, volunteer, Role.VOLUNTEER)
    await group.taps(volunteer, "Français")
    assert [each.language for each in await known(baobab)] == ["so"]
    async with baobab.house.database.reading() as work:
        acts = (await Acts(work).page(1)).acts
    noted = [(each.act, each.actor, each.subject, each.details) for each in acts]
    about = (await number_of(baobab, volunteer), f"group {kept.id}")
    assert [each for each in noted if each[2].startswith("group")] == [
        (Act.GROUP_LANGUAGE, *about, {"language": "so"}),
        (Act.GROUP_NAMED, *about, {"kind": "borough", "borough": "brent"}),
        (Act.GROUP_NAMED, *about, {"kind": "think tank"}),
    ]

    old = group.id
    await group.upgrades()
    [moved] = await known(baobab)
    assert (moved.id, moved.chat_id, old) == (kept.id, group.id, kept.chat_id)
    await group.puts_the_bot_out()
    assert await known(baobab) == []
    async with baobab.house.database.reading() as work:
        assert await Groups(work).of_chat(group.id) is None
    await later(town)
    await group.lets_the_bot_in()
    [back] = await known(baobab)
    assert (back.borough, back.title) == ("brent", "Brent friends")


async def test_a_role_for_a_borough_decides_about_groups_there_alone(
    baobab: Baobab, town: Town
) -> None:
    esi = await town.person("Esi", language_code="en")
    await give_role(baobab, esi, Role.VOLUNTEER, "brent")
    group = await assembled(town, "Brent friends", esi)
    await group.lets_the_bot_in()
    await group.says(esi, f"/thisgroup@{BOT}")
    for choice in ("Think Tank", "A borough", "Harrow"):
        await group.taps(esi, choice)
    elsewhere = "Your role is for another place, so you cannot change this."
    assert esi.toasts == [elsewhere, elsewhere]
    assert await known(baobab) == []
    await group.taps(esi, "Brent")
    await group.taps(esi, "Français")
    [kept] = await known(baobab)
    assert (kept.borough, kept.language) == ("brent", "fr")

    async with baobab.house.database.work() as work:
        await GroupStore(work).set_kind(kept.id, GroupKind.BOROUGH, "harrow")
    await group.taps(esi, "English")
    await group.taps(esi, "Pas de nouvelles ici")
    [kept] = await known(baobab)
    assert (kept.borough, kept.language) == ("harrow", "fr")


async def test_commands_in_a_group_get_one_short_answer_a_minute(
    town: Town, baobab: Baobab, group: Assembly, yusuf: Resident
) -> None:
    said = len(group.from_bot)
    for text in (f"/events@{BOT}", f"/survey@{BOT}", f"/mydata@{BOT}"):
        await group.says(yusuf, text)
    assert group.from_bot[said:] == ["I answer in a private chat. This group does not see it."]
    await later(town)
    await group.says(yusuf, "/help", reply_to=group.messages[-2].id)
    assert len(group.from_bot) == said + 1, "that was said to a person"
    mine = next(one for one in group.messages if not one.mine)
    await group.says(yusuf, "/help", reply_to=mine.id)
    assert len(group.from_bot) == said + 2
    await group.taps(yusuf, ASK_ME)
    assert yusuf.messages[0].text == "/start group"
    await yusuf.taps("English")
    assert yusuf.last.text.split("\n")[0] != "This link leads nowhere."


async def test_what_people_say_in_a_group_is_nothing_to_the_bot(
    town: Town, baobab: Baobab, group: Assembly, yusuf: Resident, traces: Traces
) -> None:
    await group.promotes_the_bot()  # so that Telegram lets it read along
    said = group.from_bot
    mine = next(one for one in group.messages if not one.mine)
    for text, to in (
        ("STOP", None),
        ("/delete", None),
        ("yes, my knee hurts", mine.id),
        (f"/help@{BOT} I want to kill myself", None),
        (f"@{BOT} I want to end my life", None),
        ("/start@another_bot", None),
    ):
        await later(town)
        await group.says(yusuf, text, to)
    await yusuf.look()
    assert group.from_bot == said
    assert yusuf.messages == []
    async with baobab.house.database.reading() as work:
        assert await People(work).find(yusuf.id) is None
    assert await traces(yusuf.id) == []
    assert await traces("my knee") == []


async def test_a_bot_that_may_not_speak_says_nothing_and_is_not_lost(
    town: Town, baobab: Baobab, group: Assembly, yusuf: Resident, volunteer: Resident
) -> None:
    before = len(group.from_bot)
    await group.puts_the_bot_out()
    body = {"text": f"/help@{BOT}", "group": group.id}
    await town.ask("POST", f"/people/{yusuf.id}/say", json=body)
    await town.quiet()
    await group.look()
    assert len(group.from_bot) == before
    await volunteer.says("/start")
    assert volunteer.last.buttons != []


@both_databases
async def test_a_card_in_a_group_stays_true(
    town: Town, baobab: Baobab, volunteer: Resident, yusuf: Resident
) -> None:
    now = baobab.house.clock.now()
    planned = draft(now)
    await hold(baobab, planned)
    group = await assembled(town, "Neighbours", volunteer, yusuf)  # the bot is not in it
    await group.gets_shared(volunteer, "brent")
    assert group.messages[-1].text.split("\n")[0] == "Brent health day"

    await change(baobab, draft(now, days=9))
    await group.look()
    moved = group.messages[-1].text
    assert "edit_date" in group.messages[-1].raw
    await town.forward(timedelta(hours=1))
    await change(baobab, draft(now, days=9, title={"en": "Brent day"}))
    await group.look()
    assert group.messages[-1].text == moved.replace("Brent health day", "Brent day")
    assert group.messages[-1].buttons == ["See and book"]
