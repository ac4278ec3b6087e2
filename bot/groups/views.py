"""What the bot says in groups: little, and nothing about anybody."""

from collections.abc import Iterable

from markupsafe import Markup

from bot.groups.models import GroupChat, GroupKind
from bot.i18n import LANGUAGES, Translator
from bot.message import Button, Message, OpenLink, Tap
from bot.people.boroughs import Borough, Boroughs
from bot.people.views import GAP
from bot.people.views.welcome import in_pairs

VERB = "group"
"""The verb of every button under these messages."""


def hello(t: Translator, link: str, command: str) -> Message:
    """The bot has been let into a group.

    Args:
        t: the group's language.
        link: opens somebody's own chat with the bot.
        command: says what the group is for.
    """
    text = [
        t("<b>Thank you for letting me in.</b>"),
        t("I do not keep what people write here, and I keep no list of who is here."),
        t("Please ask me in a private chat. This group does not see it."),
        t("For volunteers: send {command} to say which news I bring here.", command=command),
    ]
    return Message(GAP.join(text)).with_buttons([_private(t, link)])


def in_private(t: Translator, link: str) -> Message:
    """Somebody typed a command in a group."""
    text = t("I answer in a private chat. This group does not see it.")
    return Message(text).with_buttons([_private(t, link)])


def what_for(t: Translator, group: GroupChat, boroughs: Boroughs) -> Message:
    """What a group is for, with buttons to change it."""
    named = Button(t.plain("Think Tank"), Tap.to(VERB, "tank"))
    places = Button(t.plain("A borough"), Tap.to(VERB, "boroughs"))
    nothing = Button(t.plain("No news here"), Tap.to(VERB, "none"))
    text = [
        _news(t, group, boroughs),
        t("I write here in {language}.", language=LANGUAGES[group.language].name),
        t("Only volunteers and organisers can change this."),
    ]
    spoken = [
        Button(language.name, Tap.to(VERB, "speak", code)) for code, language in LANGUAGES.items()
    ]
    return Message(GAP.join(text)).with_buttons([named, places], [nothing], *in_pairs(spoken))


def which_borough(t: Translator, boroughs: Iterable[Borough]) -> Message:
    """Which borough a group is for."""
    choices = [Button(each.button, Tap.to(VERB, "borough", each.key)) for each in boroughs]
    back = Button(t.plain("Back"), Tap.to(VERB, "back"))
    text = t("Which borough is this group for?")
    return Message(text).with_buttons(*in_pairs(choices), [back])


def not_allowed(t: Translator) -> str:
    """Whoever pressed a button may not decide that."""
    return t.plain("Only volunteers and organisers can change this.")


def outside_role(t: Translator) -> str:
    """Whoever pressed a button may decide that in other places."""
    return t.plain("Your role is for another place, so you cannot change this.")


def _news(t: Translator, group: GroupChat, boroughs: Boroughs) -> Markup:
    if group.kind is GroupKind.THINK_TANK:
        return t("<b>This group is for the Think Tank.</b> I bring its news here.")
    if group.kind is GroupKind.BOROUGH and group.borough in boroughs:
        return t(
            "<b>This group is for {borough}.</b> I bring news of this borough here.",
            borough=boroughs[str(group.borough)].name,
        )
    return t("<b>I bring no news to this group.</b> A volunteer can change that.")


def _private(t: Translator, link: str) -> Button:
    return Button(t.plain("Open a private chat"), OpenLink(link))
