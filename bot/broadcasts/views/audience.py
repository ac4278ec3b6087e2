"""For whom a broadcast is, as screens with ticks."""
# ruff: noqa: ERA001 -- comments for translators look like code to it

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from bot.broadcasts.audience import Audience, Basis, Condition, Recipients
from bot.broadcasts.models import Broadcast
from bot.broadcasts.views.desk import LINE, Desk, goes_to, to, to_draft
from bot.events.models import Event
from bot.events.views.labels import listing
from bot.i18n import N_, Translator
from bot.message import Button, Message
from bot.people.models import Group, Role
from bot.people.views import GAP
from bot.people.views.news import GROUPS, INTERESTS

TICK, NO_TICK = "☑", "☐"
DAYS: Final = (0, 1, 3, 7, 14)
"""For how many days nobody may have been told anything, as it can be chosen."""
ROLES: Final[Mapping[Role, str]] = {
    Role.VOLUNTEER: N_("Volunteers"),
    Role.ORGANISER: N_("Organisers"),
    Role.STEERING: N_("Race Steering Group"),
    Role.ANALYST: N_("Analysts"),
    Role.ADMIN: N_("Administrators"),
}
TITLES: Mapping[Condition, str] = {
    # Translators: button
    Condition.BOROUGHS: N_("Boroughs"),
    # Translators: button
    Condition.LANGUAGES: N_("Languages"),
    # Translators: button
    Condition.INTERESTS: N_("Topics"),
    # Translators: button
    Condition.GROUPS: N_("Think Tank, Listening Circles"),
    # Translators: button
    Condition.ROLES: N_("People with a role"),
    # Translators: button
    Condition.BOOKED: N_("Have a place at an event"),
    # Translators: button
    Condition.ATTENDED: N_("Had a place at a past event"),
    # Translators: button
    Condition.NOT_BOOKED: N_("Not: have a place at an event"),
}
EXPLAINED: Final[Mapping[str, str]] = {
    Condition.BOROUGHS: N_(
        "Tick the boroughs where people live, or that they follow. Nothing ticked: it does not "
        "matter."
    ),
    Condition.INTERESTS: N_(
        "Tick the topics that people follow. Nothing ticked: it does not matter."
    ),
    Condition.NOT_BOOKED: N_("Tick events. People who have a place there do not get it."),
}
EVERY_KIND: Final = N_("Tick what fits. Nothing ticked: it does not matter.")
BASES: Final[Mapping[Basis, str]] = {
    Basis.NEWS: N_("Only people who said yes to news get it."),
    Basis.BOOKING: N_("It goes to people with a place, also to those without news."),
    Basis.ROLE: N_("It goes to people with a role, also to those without news."),
    Basis.CORRECTION: N_("It goes to everybody who got what it corrects."),
}


def summary(desk: Desk, audience: Audience, events: Mapping[int, str] | None = None) -> Markup:
    """For whom it is, in a few lines."""
    t = desk.t
    lines = [t("For whom:")]
    for kind in TITLES:
        chosen = getattr(audience, kind)
        if chosen:
            names = [named(desk, kind, each, events or {}) for each in sorted(chosen)]
            lines.append(
                t("– {kind}: {names}", kind=t.plain(TITLES[kind]), names=listing(t, names))
            )
    if audience.conditions > 1:
        lines.append(
            t("– All of these must be so") if audience.every else t("– One of these is enough")
        )
    if audience.not_told_for:
        lines.append(_not_told(t, audience.not_told_for))
    lines.append(t("– {basis}", basis=t.plain(BASES[audience.basis])))
    return LINE.join(lines)


def _not_told(t: Translator, days: int) -> Markup:
    return t.plural(
        "– Not people who got a broadcast within {n} day",
        "– Not people who got a broadcast within {n} days",
        days,
    )


def named(desk: Desk, kind: str, key: Any, events: Mapping[int, str]) -> str:
    """What a choice is called."""
    t = desk.t
    match kind:
        case "boroughs":
            return desk.borough(key)
        case "languages":
            return desk.language(key)
        case "interests":
            return t.plain(INTERESTS[key]) if key in INTERESTS else str(key)
        case "groups":
            return t.plain(GROUPS[Group(key)])
        case "roles":
            return t.plain(ROLES[Role(key)])
        case _:
            return events.get(key) or t.plain("event {number}", number=key)


def menu(
    desk: Desk, broadcast: Broadcast, recipients: Recipients, events: Mapping[int, str]
) -> Message:
    """What can be chosen, and how many people it comes to."""
    t, audience = desk.t, broadcast.audience
    text = [summary(desk, audience, events), goes_to(t, recipients.people)]
    rows = [
        [Button(t.plain(title), to("choose", broadcast.id, kind))] for kind, title in TITLES.items()
    ]
    if audience.conditions > 1:
        label = t.plain("One is enough") if audience.every else t.plain("All must be so")
        rows.append([Button(label, to("every", broadcast.id, broadcast.revision))])
    rows.append([Button(t.plain("Not: told a short while ago"), to("days", broadcast.id))])
    return Message(GAP.join(text)).with_buttons(*rows, [to_draft(t, broadcast.id)])


def choices(
    desk: Desk,
    broadcast: Broadcast,
    kind: str,
    offered: Sequence[tuple[str | int, str]],
    more: Sequence[Button],
) -> Message:
    """One kind of condition, to tick.

    Args:
        desk: whom it is shown to.
        broadcast: whose audience it is.
        kind: of condition.
        offered: keys, and what they are called.
        more: buttons that turn pages.
    """
    t = desk.t
    chosen = {str(each) for each in getattr(broadcast.audience, kind)}
    rows = [
        [
            Button(
                f"{TICK if str(key) in chosen else NO_TICK} {label}",
                to("tick", broadcast.id, broadcast.revision, kind, key),
            )
        ]
        for key, label in offered
    ]
    text = [Markup("<b>{}</b>").format(t.plain(TITLES[Condition(kind)]))]
    text.append(
        t(EXPLAINED.get(kind, EVERY_KIND)) if rows else t("There is nothing to choose here now.")
    )
    return Message(GAP.join(text)).with_buttons(
        *rows, list(more), [Button(t.plain("Done"), to("aud", broadcast.id))]
    )


def fixed_choices(desk: Desk, kind: str) -> list[tuple[str | int, str]]:
    """What can be chosen of a kind whose choices are always the same."""
    keys: Iterator[str]
    match kind:
        case "boroughs":
            keys = (each.key for each in desk.boroughs)
        case "languages":
            keys = (each.language for each in desk.catalogues.all)
        case "interests":
            keys = iter(INTERESTS)
        case "groups":
            keys = (each.value for each in GROUPS)
        case _:
            keys = (each.value for each in ROLES)
    return [(key, named(desk, kind, key, {})) for key in keys]


def days(desk: Desk, broadcast: Broadcast) -> Message:
    """For how long nobody may have been told anything."""
    t = desk.t
    rows = [
        [
            Button(
                f"{TICK if each == broadcast.audience.not_told_for else NO_TICK} "
                + (
                    t.plain_plural("{n} day", "{n} days", each)
                    if each
                    else t.plain("It does not matter")
                ),
                to("told", broadcast.id, broadcast.revision, each),
            )
        ]
        for each in DAYS
    ]
    return Message(
        t("Leave out people who got a broadcast within the last days. How many days?")
    ).with_buttons(*rows, [Button(t.plain("Done"), to("aud", broadcast.id))])


def titles(t: Translator, events: Sequence[Event]) -> dict[int, str]:
    """What events are called."""
    return {each.id: t.pick(each.title)[0] for each in events}
