"""Groups at Telegram: coming in, saying what one is for, and pointing to the private chat.

Whatever is asked in a group, the answer to it is for one person, and so in their own chat.
"""

from bot.chat.context import Turn
from bot.chat.in_groups import COMMAND, JOINED, LEFT, MOVED, TAP, TITLED
from bot.chat.routes import Routes
from bot.delivery.posts.service import Posts
from bot.errors import NotAllowed, OutsideRole
from bot.groups import views
from bot.groups.models import LINK, GroupChat, GroupKind
from bot.groups.service import Groups
from bot.i18n import LANGUAGES, Translator
from bot.people.acts import Acts
from bot.people.models import Act

THIS_GROUP = "thisgroup"


async def joined(turn: Turn) -> None:
    """The bot was let in, or has other rights now."""
    group = await _met(turn)
    if turn.in_group.is_new:
        command = f"/{THIS_GROUP}@{turn.house.username}"
        turn.reply(views.hello(_voice(turn, group), turn.house.link(LINK), command))


async def left(turn: Turn) -> None:
    """The bot was put out."""
    await Posts(turn.work).left(turn.in_group.chat_id, turn.now)


async def moved(turn: Turn) -> None:
    """The group became a supergroup."""
    happened = turn.in_group
    await Posts(turn.work).moved(happened.moved_from, happened.chat_id, happened.title, turn.now)


async def titled(turn: Turn) -> None:
    """The group has another name."""
    await Groups(turn.work).titled(turn.in_group.chat_id, turn.in_group.title)


async def command(turn: Turn) -> None:
    """A command for the bot: one short answer, once a minute at most."""
    group = await _met(turn)
    if not await Groups(turn.work).may_answer(group, turn.now):
        return
    t = _voice(turn, group)
    if turn.in_group.command == THIS_GROUP:
        turn.reply(views.what_for(t, group, turn.house.content.boroughs))
    else:
        turn.reply(views.in_private(t, turn.house.link(LINK)))


async def tapped(turn: Turn) -> None:
    """A button under what the bot says about the group; not everybody may press it."""
    group = await Groups(turn.work).of_chat(turn.in_group.chat_id)
    if group is None or turn.tap.verb != views.VERB:
        return
    try:
        changed = await _changed(turn, group)
    except OutsideRole:
        turn.toast(views.outside_role(_voice(turn, group)), alert=True)
        return
    except NotAllowed:
        turn.toast(views.not_allowed(_voice(turn, group)), alert=True)
        return
    if changed is not None:
        await _note(turn, group, changed)
        turn.show(views.what_for(_voice(turn, changed), changed, turn.house.content.boroughs))


async def _changed(turn: Turn, group: GroupChat) -> GroupChat | None:
    """The group after what a button does; None where the button asks more."""
    groups, person, boroughs = Groups(turn.work), turn.person.id, turn.house.content.boroughs
    match turn.tap.args:
        case ("tank",):
            return await groups.name_for(group, GroupKind.THINK_TANK, None, person)
        case ("none",):
            return await groups.name_for(group, GroupKind.NONE, None, person)
        case ("borough", str(key)) if key in boroughs:
            return await groups.name_for(group, GroupKind.BOROUGH, key, person)
        case ("speak", str(code)) if code in LANGUAGES:
            return await groups.speak_in(group, code, person)
        case ("boroughs",):
            await groups.check(group, person)
            turn.show(views.which_borough(_voice(turn, group), boroughs))
            return None
        case _:
            return group


async def _note(turn: Turn, before: GroupChat, after: GroupChat) -> None:
    """Note who has decided what about the group."""
    acts, subject, who = Acts(turn.work), f"group {after.id}", turn.person.id
    if (after.kind, after.borough) != (before.kind, before.borough):
        details = {"kind": after.kind.value, "borough": after.borough or ""}
        await acts.note(who, Act.GROUP_NAMED, subject, turn.now, **details)
    if after.language != before.language:
        details = {"language": after.language}
        await acts.note(who, Act.GROUP_LANGUAGE, subject, turn.now, **details)


async def _met(turn: Turn) -> GroupChat:
    happened = turn.in_group
    hint = turn.telegram_language
    return await Groups(turn.work).met(happened.chat_id, happened.title, hint, turn.now)


def _voice(turn: Turn, group: GroupChat) -> Translator:
    return turn.house.catalogues.translator(group.language)


def register(routes: Routes) -> None:
    """Listen to what happens in groups."""
    routes.group(JOINED, joined)
    routes.group(LEFT, left)
    routes.group(MOVED, moved)
    routes.group(TITLED, titled)
    routes.group(COMMAND, command)
    routes.group(TAP, tapped)
