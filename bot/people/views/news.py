"""Whether somebody wants news, and of what."""
# ruff: noqa: ERA001 -- comments for translators look like code to it

from collections.abc import Collection, Iterator, Mapping

from markupsafe import Markup

from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.boroughs import Boroughs
from bot.people.following import WORDING
from bot.people.interests import Interest
from bot.people.models import Followed, FollowKind, Group, Person
from bot.people.views import GAP, beside_english
from bot.people.views.welcome import go_home, in_pairs, my_reminders, start_messages_again

INTERESTS: Mapping[Interest, str] = {
    # Translators: button
    Interest.HEART: N_("Blood pressure and heart"),
    # Translators: button
    Interest.DIABETES: N_("Diabetes"),
    # Translators: button
    Interest.CANCER: N_("Cancer checks"),
    # Translators: button
    Interest.MIND: N_("Mental wellbeing"),
    # Translators: button
    Interest.WOMEN: N_("Women's health and maternity"),
    # Translators: button
    Interest.MEN: N_("Men's health"),
    # Translators: button
    Interest.SICKLE_CELL: N_("Sickle cell"),
    # Translators: button
    Interest.VACCINES: N_("Vaccines"),
    # Translators: button
    Interest.LIVING: N_("Healthy food and activity"),
    # Translators: button
    Interest.CAREERS: N_("Work and careers in the NHS"),
    # Translators: button
    Interest.SAY: N_("Research and having a say"),
}
GROUPS: Mapping[Group, str] = {
    # Translators: button
    Group.THINK_TANK: N_("African Caribbean Think Tank"),
    # Translators: button
    Group.CIRCLES: N_("Listening Circles"),
}
TOPICS, BOROUGHS, GROUPS_PAGE = "topics", "boroughs", "groups"
"""The screens behind the first one."""
HERE = "here"
"""On the button that stops news: the message may go, since it was a screen and no news."""


def ask(t: Translator, english: Translator) -> Message:
    """The question whether they want news, with what would be kept and who would see it.

    Whoever changes it gives it another name: `following.WORDING`.
    """

    def view(t: Translator) -> Message:
        text = [
            t(
                "<b>Would you like news?</b>\n"
                "I would write to you about new events, and about other things that matter for "
                "health. Some news is for everybody. Some is for your area, or for what you choose."
            ),
            t(
                "<b>What I keep</b>\n"
                "I keep that you said yes. I also keep the topics, boroughs and groups that you "
                "choose. You do not have to choose any. A topic can say something about your "
                "health, so choose only what you are happy for me to keep."
            ),
            t(
                "<b>Who sees it</b>\n"
                "Whoever writes news can see how many people chose a topic, and not who. "
                "People who run this bot can see who."
            ),
            t(
                "You can stop news at any time with one tap. Then I erase what you chose. "
                "Your bookings and reminders stay as they are."
            ),
        ]
        return Message(GAP.join(text))

    return beside_english(t, english, view).with_buttons(
        # What they saw goes with the tap, and into the ledger of consents.
        [Button(t.plain("Yes, send me news"), Tap.to("newsyes", WORDING, t.language))],
        [Button(t.plain("No news, thank you"), Tap.to("nonews", HERE))],
        [my_reminders(t)],
    )


def screen(t: Translator, boroughs: Boroughs, person: Person, followed: Followed) -> Message:
    """What news somebody gets who wants it.

    Args:
        t: the reader's language.
        boroughs: all of ours.
        person: who reads it.
        followed: what they follow.
    """
    stopped = not person.wants_messages
    text = [t("<b>News</b>"), *_gets(t, boroughs, person.borough, followed)]
    if stopped:
        text.append(t("Messages are stopped, so no news comes now."))
    return Message(GAP.join(text)).with_buttons(
        [Button(t.plain("My topics"), Tap.to("news", TOPICS))],
        [
            Button(t.plain("More boroughs"), Tap.to("news", BOROUGHS)),
            Button(t.plain("Groups"), Tap.to("news", GROUPS_PAGE)),
        ],
        [my_reminders(t), stop_news(t, HERE)],
        [start_messages_again(t)] if stopped else [],
        [go_home(t)],
    )


def _gets(
    t: Translator, boroughs: Boroughs, area: str | None, followed: Followed
) -> Iterator[Markup]:
    always = [t("You get news that is for everybody.")]
    if area is not None and area in boroughs:
        always.append(t("You get news for your area, {area}.", area=boroughs[area].name))
    yield Markup("\n").join(always)
    chosen = {
        t("<b>Topics</b>"): _topics(t, followed),
        t("<b>Boroughs</b>"): _boroughs(boroughs, followed, area),
        t("<b>Groups</b>"): _groups(t, followed),
    }
    yield from (_lines(t, heading, names) for heading, names in chosen.items() if names)
    if not any(chosen.values()):
        yield t("You have not chosen any topics, boroughs or groups. You do not have to.")


def topics(t: Translator, english: Translator, followed: Followed) -> Message:
    """All topics, and which of them are chosen."""

    def view(t: Translator) -> Message:
        text = [
            t(
                "<b>My topics</b>\n"
                "Which news would you like? Press a topic to choose it. Press it again to take it "
                "away."
            ),
            _chosen(t, _topics(t, followed)),
            t(
                "A topic can say something about your health. Choose only what you are happy for "
                "me to keep."
            ),
        ]
        return Message(GAP.join(text))

    labels = {key.value: t.plain(label) for key, label in INTERESTS.items()}
    ticks = _ticks(t, FollowKind.INTEREST, labels, followed.interests)
    return beside_english(t, english, view).with_buttons(*([tick] for tick in ticks), [_done(t)])


def more_boroughs(
    t: Translator, boroughs: Boroughs, area: str | None, followed: Followed
) -> Message:
    """All boroughs but their own, and which of them are chosen.

    Args:
        t: the reader's language.
        boroughs: all of ours.
        area: where they live, if they said; its news comes to them in any case.
        followed: what they follow.
    """
    text = [t("<b>More boroughs</b>")]
    if area is not None and area in boroughs:
        text.append(t("Your area is {area}. You get its news already.", area=boroughs[area].name))
    text += [
        t(
            "Would you like news of other boroughs, such as where your family lives? Press a "
            "borough to choose it. Press it again to take it away."
        ),
        _chosen(t, _boroughs(boroughs, followed, area)),
    ]
    labels = {each.key: each.button for each in boroughs if each.key != area}
    ticks = _ticks(t, FollowKind.BOROUGH, labels, followed.boroughs)
    return Message(GAP.join(text)).with_buttons(*in_pairs(ticks), [_done(t)])


def groups(t: Translator, followed: Followed) -> Message:
    """All groups, and which of them are chosen."""
    text = [
        t(
            "<b>Groups</b>\n"
            "Would you like news from a group? Press a group to choose it. Press it again to take "
            "it away."
        ),
        _chosen(t, _groups(t, followed)),
    ]
    labels = {key.value: t.plain(label) for key, label in GROUPS.items()}
    ticks = _ticks(t, FollowKind.GROUP, labels, followed.groups)
    return Message(GAP.join(text)).with_buttons(*([tick] for tick in ticks), [_done(t)])


def _topics(t: Translator, followed: Followed) -> list[str]:
    return [t.plain(label) for key, label in INTERESTS.items() if key in followed.interests]


def _boroughs(boroughs: Boroughs, followed: Followed, area: str | None) -> list[str]:
    return [each.name for each in boroughs if each.key in followed.boroughs and each.key != area]


def _groups(t: Translator, followed: Followed) -> list[str]:
    return [t.plain(label) for key, label in GROUPS.items() if key in followed.groups]


def _chosen(t: Translator, names: list[str]) -> Markup:
    if not names:
        return t("You have chosen nothing here.")
    return _lines(t, t("You have chosen:"), names)


def _lines(t: Translator, heading: Markup, names: list[str]) -> Markup:
    return Markup("\n").join([heading, *(t("• {choice}", choice=name) for name in names)])


def _ticks(
    t: Translator, kind: FollowKind, labels: Mapping[str, str], chosen: Collection[str]
) -> Iterator[Button]:
    for key, name in labels.items():
        follows = key in chosen
        label = t.plain("{need}: yes", need=name) if follows else name
        # The button says what will be, so that pressing it twice changes nothing more.
        yield Button(label, Tap.to("follow", kind.value, key, int(not follows)))


def _done(t: Translator) -> Button:
    return Button(t.plain("Done"), Tap.to("news"))


def stop_news(t: Translator, *here: str) -> Button:
    """Ends all news; without HERE, the message under which it stands stays as it is."""
    return Button(t.plain("Stop news"), Tap.to("nonews", *here))


def agreed(t: Translator) -> str:
    """A word that fades: news will come."""
    return t.plain("Thank you. You get news now.")


def withdrawn(t: Translator) -> Markup:
    """No news comes any more."""
    return t("You get no more news. I have erased the topics, boroughs and groups you chose.")


def declined(t: Translator) -> Markup:
    """They want no news, and had none."""
    return t("That is fine. You get no news.")
